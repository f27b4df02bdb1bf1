import { isKnownTechnique } from './attack';
import type { Span } from '../model';

/** ATT&CK techniques that stretches of a text name, each once: as an ID, or in the address of its page (`techniques/T1059/001`). Of IDs that no release has only those in a list of techniques count. `span`: from the first name to the last. */
export function techniquesNamed(
  text: string,
  stretches: readonly Span[],
  isList = false,
): { readonly techniques: readonly string[]; readonly span: Span } | null {
  const found = new Set<string>();
  let start = -1;
  let end = -1;
  for (const stretch of stretches)
    for (const { 0: written, 1: id = '', 2: sub, index } of text.slice(stretch.start, stretch.end).matchAll(NAMED)) {
      const technique = sub === undefined ? id : `${id}.${sub}`;
      if (!isList && !isKnownTechnique(technique)) continue;
      found.add(technique);
      if (start < 0) start = stretch.start + index;
      end = stretch.start + index + written.length;
    }
  return found.size === 0 ? null : { techniques: [...found], span: { start, end } };
}

const NAMED = /(?<![\w.-])(T\d{4})(?:[./](\d{3}))?(?![\w-])/g;
