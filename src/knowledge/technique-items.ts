import type { Hover, Span, Suggestion } from '../model';
import { currentOf, isKnownTechnique, nameOfTechnique, tacticOf, tacticsEverOf, TACTICS, TECHNIQUES } from './attack';

const kept = new Map<string, readonly Suggestion[]>();

/** Every technique of today's release by ID, found by name too; `prefix`: written before each ID, which is then in small letters. */
export function techniqueItems(prefix: string): readonly Suggestion[] {
  let items = kept.get(prefix);
  if (items === undefined) {
    items = TECHNIQUES.map(({ id, name }) => ({
      label: prefix === '' ? id : prefix + id.toLowerCase(),
      kind: 'value',
      detail: name,
      also: `${id} ${name}${prefix === '' ? '' : ` ${prefix}${name}`}`,
    }));
    kept.set(prefix, items);
  }
  return items;
}

/** The tactics as a container writes them. */
export const tacticItems = (written: (tactic: (typeof TACTICS)[number]) => string): readonly Suggestion[] =>
  TACTICS.map((tactic) => ({ label: written(tactic), kind: 'value', detail: `Tactic ${tactic.name}`, also: tactic.name }));

/** What a technique's ID stands for: its name, its tactics, what it is called today; null for an ID of no release. */
export function techniqueHover(id: string, span: Span): Hover | null {
  const technique = id.toUpperCase();
  if (!isKnownTechnique(technique)) return null;
  const tactics = tacticsEverOf(technique).map((short) => tacticOf(short)?.name ?? short);
  const today = currentOf(technique);
  const told = [
    `ATT&CK technique ${technique}, ${nameOfTechnique(technique)}${tactics.length === 0 ? '' : ` (${tactics.join(', ')})`}.`,
    ...(today === technique ? [] : [`It is ${today}, ${nameOfTechnique(today)}, today.`]),
  ];
  return { span, text: told.join(' '), technique: today };
}

/** The technique's ID that stands at an offset of a text, between word boundaries; null where none does. */
export function techniqueAt(text: string, offset: number): Hover | null {
  const from = Math.max(0, offset - 12);
  for (const match of text.slice(from, offset + 12).matchAll(/(?<![\w./])T\d{4}(?:\.\d{3})?(?![\w.]*\w)/gi)) {
    const span = { start: from + match.index, end: from + match.index + match[0].length };
    if (span.start <= offset && offset <= span.end) return techniqueHover(match[0], span);
  }
  return null;
}
