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
      if (formula.of.length === 0) return formula.kind === 'all' ? 'anything' : 'nothing';
      const shown = formula.of.slice(0, NAMED).map((part) => (part.kind === 'all' || part.kind === 'any' ? `(${conditionText(part)})` : conditionText(part)));
      const rest = formula.of.length - shown.length;
      return `${shown.join(formula.kind === 'all' ? ' and ' : ' or ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    }
    default:
      return formula satisfies never;
  }
}

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
