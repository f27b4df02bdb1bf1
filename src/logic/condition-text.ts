import type { Formula, Literal } from './formula';
import { WHOLE_EVENT } from './formula';
import type { ValueSet } from './value-set';

/** The values a formula looks for: its comparisons without a negation, through choices too. */
export function asked(formula: Formula): readonly Literal[] {
  if (formula.kind === 'literal') return formula.sign && formula.set.kind !== 'every' ? [formula] : [];
  return formula.kind === 'unread' ? [] : formula.of.flatMap(asked);
}

/** Parts of a condition that are named before "and n more". */
const NAMED = 3;

/** A condition in a few words, for people: `process_name is net.exe or net1.exe`, `not User contains admin`. */
export function conditionText(formula: Formula): string {
  switch (formula.kind) {
    case 'literal':
      return literalText(formula);
    case 'unread':
      return 'a part that is not read';
    case 'all':
    case 'any': {
      const listed = listText(formula);
      if (listed !== null) return listed;
      if (formula.of.length === 0) return formula.kind === 'all' ? 'anything' : 'nothing';
      const shown = formula.of.slice(0, NAMED).map((part) => (part.kind === 'all' || part.kind === 'any' ? `(${conditionText(part)})` : conditionText(part)));
      const rest = formula.of.length - shown.length;
      return `${shown.join(formula.kind === 'all' ? ' and ' : ' or ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    }
    default:
      return formula satisfies never;
  }
}

/** A choice among values of one field compared in one way: `CommandLine contains -c, /c, –c and 2 more`; null for any other. */
function listText({ kind, of }: Extract<Formula, { kind: 'all' | 'any' }>): string | null {
  const literals = of.flatMap((part) => (part.kind === 'literal' && part.set.kind !== 'every' ? [part] : []));
  const [first] = literals;
  if (first === undefined || literals.length < 2 || literals.length < of.length) return null;
  if (literals.some(({ field, sign }) => field !== first.field || sign !== first.sign) || first.sign !== (kind === 'any')) return null;
  const texts = literals.map(({ set }) => setText(set as Exclude<ValueSet, { kind: 'every' }>));
  const verb = VERBS.find((one) => texts.every((text) => text.startsWith(one)));
  if (verb === undefined) return null;
  const rest = texts.length - NAMED_VALUES;
  const values = texts.slice(0, NAMED_VALUES).map((text) => text.slice(verb.length));
  const last = rest > 0 ? ` and ${rest} more` : '';
  const shown = rest > 0 ? values.join(', ') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
  return `${first.sign ? '' : 'not '}${first.field === WHOLE_EVENT ? 'any field' : first.field} ${verb}${shown}${last}`;
}

/** Values that are named before "and n more". */
const NAMED_VALUES = 6;
const VERBS = ['is ', 'contains ', 'ends with ', 'starts with ', 'fits ', 'has the word '];

function literalText({ field, sign, set }: Literal): string {
  const name = field === WHOLE_EVENT ? 'any field' : field;
  if (set.kind === 'every') return `${name} ${sign ? 'is there' : 'is missing'}`;
  return `${sign ? '' : 'not '}${name} ${setText(set)}`;
}

function setText(set: Exclude<ValueSet, { kind: 'every' }>): string {
  switch (set.kind) {
    case 'pattern': {
      const text = set.pattern.replaceAll('\uE000', '*').replaceAll('\uE001', '?');
      const [head, tail] = [set.pattern.startsWith('\uE000'), set.pattern.endsWith('\uE000')];
      const inner = set.pattern.slice(head ? 1 : 0, tail ? -1 : undefined);
      if (/[\uE000\uE001]/.test(inner)) return `fits ${text}`;
      return `${head ? (tail ? 'contains' : 'ends with') : tail ? 'starts with' : 'is'} ${inner === '' ? '""' : inner}`;
    }
    case 'range':
      if (set.low === -Infinity) return `${set.highOpen ? 'below' : 'at most'} ${set.high}`;
      if (set.high === Infinity) return `${set.lowOpen ? 'above' : 'at least'} ${set.low}`;
      return `from ${set.low} to ${set.high}`;
    case 'network':
      return `in a network of ${set.bits} bits`;
    case 'word':
      return `has the word ${set.text}`;
    case 'named':
      return set.key;
    default:
      return set satisfies never;
  }
}
