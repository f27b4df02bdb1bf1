import type { GlobPart, Operand, Predicate, Test } from '../model';
import { spelledAlike } from './regex-forms';

/*
 * What a predicate means, as a text that two trees of one meaning share: one comparison a value, conjunctions and choices opened and in one order,
 * absence as the negation of presence, letters' case only where there are letters.
 */

/** The predicate as such a text. */
export const meaningOf = (predicate: Predicate): string => textOf(normal(predicate));

type Normal = { readonly kind: 'all' | 'any'; readonly of: readonly string[] } | { readonly kind: 'one'; readonly text: string };

const ALWAYS = 'all[]';
const NEVER = 'any[]';

const textOf = (node: Normal): string => (node.kind === 'one' ? node.text : `${node.kind}[${node.of.join(' ')}]`);

function normal(node: Predicate): Normal {
  switch (node.kind) {
    case 'all':
    case 'any':
      if (node.kind === 'all' && node.same !== undefined) return { kind: 'one', text: `same ${node.same.name} ${textOf(joined('all', node.of.map(normal)))}` };
      return joined(node.kind, node.of.map(normal));
    case 'not':
      return negated(normal(node.of));
    case 'unread':
      return { kind: 'one', text: `unread ${node.note ?? node.reason}` };
    case 'test':
      return testNormal(node);
    default:
      return node satisfies never;
  }
}

function negated(node: Normal): Normal {
  const text = textOf(node);
  if (text === ALWAYS || text === NEVER) return { kind: text === ALWAYS ? 'any' : 'all', of: [] };
  return { kind: 'one', text: text.startsWith('!') ? text.slice(1) : `!${text}` };
}

const joined = (kind: 'all' | 'any', parts: readonly Normal[]): Normal =>
  together(
    kind,
    parts.flatMap((part) => (part.kind === kind ? part.of : textOf(part))),
  );

/** What all hold, or one of them, each said once. */
function together(kind: 'all' | 'any', parts: readonly string[]): Normal {
  if (parts.length === 1) return { kind: 'one', text: parts[0]! };
  const [neutral, deciding] = kind === 'all' ? [ALWAYS, NEVER] : [NEVER, ALWAYS];
  const of = parts.toSorted().filter((part, at, all) => part !== neutral && part !== all[at - 1]);
  if (of.includes(deciding)) return { kind: kind === 'all' ? 'any' : 'all', of: [] };
  return of.length === 1 ? { kind: 'one', text: of[0]! } : { kind, of };
}

function testNormal(test: Test): Normal {
  const { compare, left, values } = test;
  const side = left === null ? '*' : operandText(left);
  switch (compare) {
    case 'exists':
    case 'filled':
      if (left === null) return { kind: 'all', of: [] };
      return { kind: 'one', text: `${compare}(${side})` };
    case 'absent':
      return { kind: 'one', text: `!exists(${side})` };
    case 'empty':
      return { kind: 'one', text: `!filled(${side})` };
    default: {
      const said = `${side} ${compare}${test.over === undefined ? '' : ' over'} ${test.missing} `;
      if (compare === 'between') return { kind: 'one', text: said + values.map((value) => operandText(value)).join(' ') };
      return together(
        test.every === true ? 'all' : 'any',
        values.flatMap((value) => (value.kind === 'list' ? value.of : value)).map((value) => said + valueText(value, test.case)),
      );
    }
  }
}

/** A value with how letters count in it, where it has such. */
function valueText(value: Operand, letters: Test['case']): string {
  const text = operandText(value, letters === 'fold');
  const isExact = letters === 'exact' && ((value.kind === 'literal' && value.type === 'string') || value.kind === 'glob' || value.kind === 'regex');
  return isExact && /\p{L}/u.test(textsOf(value)) ? `exact ${text}` : text;
}

/** The letters that a value has, without what stands for others. */
export const textsOf = (value: Operand): string =>
  value.kind === 'glob' ? value.parts.map((part) => (typeof part === 'object' && 'text' in part ? part.text : '')).join('') : 'text' in value ? value.text : '';

const partText = (part: GlobPart, folds: boolean): string =>
  part === 'any-run' ? '*' : part === 'any-char' ? '?' : 'text' in part ? textIn(part.text, folds) : `{${operandText(part.of)}}`;

const textIn = (text: string, folds: boolean): string => JSON.stringify(folds ? text.toLowerCase() : text);

/** `folds`: letters' case does not count, so that texts are in small letters. */
function operandText(operand: Operand, folds = false): string {
  switch (operand.kind) {
    case 'field':
      return `f ${JSON.stringify(operand.name)}`;
    case 'literal':
      // How a value is written does not count in a language that compares by writing; a number and its text differ elsewhere.
      return operand.type === 'string' ? `v ${textIn(operand.text, folds)}` : `v ${operand.type} ${JSON.stringify(operand.text)}`;
    case 'glob': {
      const isPattern = operand.parts.some((part) => typeof part === 'string' || 'of' in part);
      if (isPattern) return `g ${operand.parts.map((part) => partText(part, folds)).join('')}`;
      return `v ${textIn(operand.parts.map((part) => (typeof part === 'object' && 'text' in part ? part.text : '')).join(''), folds)}`;
    }
    case 'regex':
      return `r ${operand.dialect} ${[...operand.flags].sort().join('')}${operand.whole === true ? ' whole' : ''} ${JSON.stringify(spelledAlike(operand.text, operand.dialect))}`;
    case 'time':
      return `t ${operand.text}`;
    case 'call':
      return `c ${operand.fn}(${operand.args.map((arg) => operandText(arg)).join(', ')})`;
    case 'list':
      return `l [${operand.of.map((one) => operandText(one)).join(', ')}]`;
    case 'condition':
      return `p {${meaningOf(operand.of)}}`;
    case 'unread':
      return `u ${operand.note ?? operand.written ?? operand.reason}`;
    default:
      return operand satisfies never;
  }
}
