import type { Compare, Operator } from '../../../model';
import { ORDERS } from '../../../syntax/orders';

/** What a value is while modifiers are applied to it, left to right. */
export type ValueKind = 'string' | 'number' | 'boolean' | 'null' | 'regex' | 'network' | 'field' | 'comparison' | 'presence' | 'time-part';

interface Modifier {
  /** The spelling used in analyses, where an alias was written. */
  readonly name: string;
  /** Kinds it takes; null: it concerns the list, not a value. */
  readonly takes: readonly ValueKind[] | null;
  /** What it makes of a value; absent: the same kind. */
  readonly gives?: ValueKind;
  /** It must be the first. */
  readonly first?: true;
  /** The value may not hold wildcards, also those an earlier modifier added. */
  readonly plain?: true;
  readonly ascii?: true;
  /** It changes the value, so the value as written is not what is compared. */
  readonly changes?: true;
}

const STRING: readonly ValueKind[] = ['string'];
const TEXT: readonly ValueKind[] = ['string', 'regex', 'field'];
const COUNT: readonly ValueKind[] = ['number', 'time-part'];

/** Names and rules as the reference implementation has them, its aliases included. */
export const MODIFIERS: ReadonlyMap<string, Modifier> = new Map(
  (
    [
      { name: 'contains', takes: TEXT },
      { name: 'startswith', takes: TEXT },
      { name: 'endswith', takes: TEXT },
      { name: 'all', takes: null },
      { name: 'neq', takes: null },
      { name: 'exists', takes: ['boolean'], gives: 'presence', first: true },
      { name: 'cased', takes: STRING },
      { name: 'windash', takes: STRING, changes: true },
      { name: 're', takes: ['string', 'number', 'boolean', 'null'], gives: 'regex', first: true },
      { name: 'i', takes: ['regex'] },
      { name: 'm', takes: ['regex'], changes: true },
      { name: 's', takes: ['regex'], changes: true },
      { name: 'base64', takes: STRING, plain: true, changes: true },
      { name: 'base64offset', takes: STRING, plain: true, changes: true },
      { name: 'wide', takes: STRING, ascii: true, changes: true },
      { name: 'utf16', takes: STRING, ascii: true, changes: true },
      { name: 'utf16be', takes: STRING, ascii: true, changes: true },
      { name: 'lt', takes: COUNT, gives: 'comparison' },
      { name: 'lte', takes: COUNT, gives: 'comparison' },
      { name: 'gt', takes: COUNT, gives: 'comparison' },
      { name: 'gte', takes: COUNT, gives: 'comparison' },
      ...['minute', 'hour', 'day', 'week', 'month', 'year'].map((name) => ({ name, takes: ['number'] as const, gives: 'time-part' as const })),
      { name: 'cidr', takes: STRING, gives: 'network', first: true },
      { name: 'expand', takes: ['string', 'regex'], changes: true },
      { name: 'fieldref', takes: STRING, gives: 'field', plain: true },
    ] satisfies readonly Modifier[]
  ).flatMap((modifier): readonly (readonly [string, Modifier])[] => {
    const alias = ({ i: 'ignorecase', m: 'multiline', s: 'dotall', wide: 'utf16le' } as Readonly<Record<string, string>>)[modifier.name];
    return alias === undefined
      ? [[modifier.name, modifier]]
      : [
          [modifier.name, modifier],
          [alias, modifier],
        ];
  }),
);

/** One modifier as written; `modifier` is undefined where the name is unknown. */
export interface Link {
  readonly written: string;
  /** Offset from the key's first bar. */
  readonly at: number;
  readonly modifier: Modifier | undefined;
}

/** The modifiers of a key and what they come to. */
export interface Chain {
  readonly links: readonly Link[];
  /** The kind they ask for; null: by the value's own type and stars. */
  readonly op: Operator | null;
  readonly startStar: boolean;
  readonly endStar: boolean;
  readonly every: boolean;
  readonly negated: boolean;
  readonly caseSensitive: boolean;
  readonly regex: boolean;
  /** Of a regular expression: `i`, `m`, `s`, sorted. */
  readonly flags: string;
  readonly expands: boolean;
  /** What several of contains, startswith, endswith come to: how much of a referenced field is compared. */
  readonly parts: readonly string[];
  /** Modifiers that change the value, in written order. */
  readonly changes: readonly string[];
  readonly isKnown: boolean;
}

const OPERATORS: Readonly<Record<string, Operator>> = { lt: 'lt', lte: 'le', gt: 'gt', gte: 'ge', cidr: 'cidr_match', fieldref: 'field_eq', re: 'regex_match' };

/** What decides a comparison that a modifier asks for; the rest equals. */
export const COMPARES: Readonly<Partial<Record<Operator, Compare>>> = { ...ORDERS, cidr_match: 'cidr' };

/** Modifiers that seek another form of the value: a function around it. */
export const ENCODERS: ReadonlySet<string> = new Set(['windash', 'base64', 'base64offset', 'wide', 'utf16', 'utf16be']);

export const TIME_PARTS: ReadonlySet<string> = new Set(['minute', 'hour', 'day', 'week', 'month', 'year']);

/** Few combinations of modifiers exist; each is worked out once. */
const cache = new Map<string, Chain>();
const NO_CHAIN = chainOf([]);

/** The field and the modifiers of a key such as `Image|endswith`. */
export function keyPartsOf(key: string): { readonly field: string; readonly chain: Chain } {
  const bar = key.indexOf('|');
  if (bar === -1) return { field: key, chain: NO_CHAIN };
  const written = key.slice(bar + 1);
  let chain = cache.get(written);
  if (chain === undefined) {
    chain = chainOf(written.split('|'));
    if (cache.size > 1_000) cache.clear();
    cache.set(written, chain);
  }
  return { field: key.slice(0, bar), chain };
}

function chainOf(written: readonly string[]): Chain {
  const links: Link[] = [];
  let at = 1;
  for (const name of written) {
    links.push({ written: name, at, modifier: MODIFIERS.get(name) });
    at += name.length + 1;
  }
  const names = links.map((link) => link.modifier?.name);
  const starts = names.includes('startswith');
  const ends = names.includes('endswith');
  const contains = names.includes('contains');
  const last = names.findLast((name) => name !== undefined && name in OPERATORS);
  return {
    links,
    op: last === undefined ? null : OPERATORS[last]!,
    startStar: contains || ends,
    endStar: contains || starts,
    every: names.includes('all'),
    negated: names.includes('neq'),
    caseSensitive: names.includes('cased') || (names.includes('re') && !names.includes('i')),
    regex: names.includes('re'),
    flags: ['i', 'm', 's'].filter((flag) => names.includes(flag)).join(''),
    expands: names.includes('expand'),
    parts: contains || (starts && ends) ? ['contains'] : starts ? ['startswith'] : ends ? ['endswith'] : [],
    // Said twice it is said once.
    changes: [...new Set(links.flatMap((link) => (link.modifier?.changes === true ? [link.modifier.name] : [])))],
    isKnown: names.every((name) => name !== undefined),
  };
}
