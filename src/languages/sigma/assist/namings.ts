import type { Naming, Span } from '../../../model';
import { parseCondition } from '../parse/condition';
import type { SigmaDocument } from '../lower/document';
import { openSigma } from '../lower/documents';
import { entryOf } from '../parse/yaml-node';
import { walkCondition } from '../tree';

/** More names or patterns than these are not told apart by one form, nor patterns with so many stars. */
const MOST = 200;
const MOST_STARS = 5;

/** Search identifiers with the conditions that name them, and the names of rules with the documents that refer to them. */
export function namings(text: string): readonly Naming[] {
  const { documents } = openSigma(text);
  return [...documents.flatMap((document) => searchNames(document, text)), ...ruleNames(documents)];
}

function searchNames({ section, conditions }: SigmaDocument, text: string): readonly Naming[] {
  const searches = new Map((section?.searches ?? []).map((search) => [search.name, search]));
  const isTwice = searches.size < (section?.searches.length ?? 0);
  const names = [...searches.keys()];
  const uses = new Map<string, Span[]>(names.map((name) => [name, []]));
  const patterns = new Set<string>();
  for (const { scalar, place } of conditions)
    walkCondition(parseCondition(scalar.text, new Set(names)).condition, (leaf) => {
      if (leaf.kind === 'name') uses.get(leaf.name)?.push(place(leaf.span));
      if (leaf.kind === 'of') patterns.add(leaf.pattern);
    });
  const fixed = isTwice
    ? 'Two search identifiers have the same name.'
    : names.length > MOST || patterns.size > MOST || [...patterns].some((pattern) => pattern.split('*').length > MOST_STARS)
      ? 'There are too many names and patterns here to tell which name is free.'
      : null;
  const forms = fixed === null ? [...patterns].map(formOfPattern) : [];
  return [...searches].map(([name, { entry }]): Naming => {
    const at = entry.keySpan.start + Math.max(text.slice(entry.keySpan.start, entry.keySpan.end).indexOf(name), 0);
    return {
      name,
      kind: 'search identifier',
      definition: { start: at, end: at + name.length },
      uses: uses.get(name)!,
      ...(fixed === null ? { form: formOf(name, names, forms) } : { fixed, form: '' }),
    };
  });
}

interface PatternForm {
  readonly source: string;
  readonly whole: RegExp;
}

function formOfPattern(pattern: string): PatternForm {
  const source = pattern === 'them' ? '[^_].*' : pattern.split('*').map(escaped).join('.*');
  return { source, whole: new RegExp(`^(?:${source})$`) };
}

/** Another name is free, and the patterns of the conditions mean it as they mean this one. */
function formOf(name: string, names: readonly string[], patterns: readonly PatternForm[]): string {
  const taken = ['condition', 'timeframe', 'rules', 'and', 'or', 'not', 'of', 'them', ...names].map(escaped).join('|');
  const kept = patterns.map(({ source, whole }) => `(?${whole.test(name) ? '=' : '!'}(?:${source})$)`);
  return `(?!(?:${taken})$)${kept.join('')}[A-Za-z_][\\w-]*`;
}

const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');

/** A rule is referred to by its name, or by its ID. */
function ruleNames(documents: readonly SigmaDocument[]): readonly Naming[] {
  const references = documents.flatMap((document) => document.references);
  return documents.flatMap(({ root }) =>
    (['name', 'id'] as const).flatMap((key): readonly Naming[] => {
      const value = entryOf(root, key)?.value;
      if (value?.kind !== 'scalar' || value.text === '') return [];
      const uses = references.filter(({ text }) => text === value.text).map(({ span }) => span);
      if (key === 'id' && uses.length === 0) return [];
      return [
        {
          name: value.text,
          kind: key === 'name' ? 'rule' : 'rule ID',
          definition: value.span,
          uses,
          ...(key === 'id' ? { fixed: 'An ID stays with its rule: other files may refer to it.' } : null),
          form: '[A-Za-z_][\\w-]*',
        },
      ];
    }),
  );
}
