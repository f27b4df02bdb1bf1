import type { GlobPart, Operand, Predicate, Test } from '../model';

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

function joined(kind: 'all' | 'any', parts: readonly Normal[]): Normal {
  const [neutral, deciding] = kind === 'all' ? [ALWAYS, NEVER] : [NEVER, ALWAYS];
  const of = [...new Set(parts.flatMap((part) => (part.kind === kind ? part.of : [textOf(part)])))].filter((part) => part !== neutral).sort();
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
      const said = `${compare}${test.over === undefined ? '' : ' over'} ${test.missing}`;
      if (compare === 'between') return { kind: 'one', text: `${side} ${said} ${values.map(operandText).join(' ')}` };
      const parts = values
        .flatMap((value) => (value.kind === 'list' ? value.of : [value]))
        .map((value): Normal => {
          const text = operandText(test.case === 'fold' ? lowered(value) : value);
          const exact = test.case === 'exact' && ((value.kind === 'literal' && value.type === 'string') || value.kind === 'glob' || value.kind === 'regex');
          return { kind: 'one', text: `${side} ${said}${exact && /\p{L}/u.test(text.slice(text.indexOf(' '))) ? ' exact' : ''} ${text}` };
        });
      return joined(test.every === true ? 'all' : 'any', parts);
    }
  }
}

/** Where letters' case does not count, texts are in small letters. */
function lowered(value: Operand): Operand {
  if (value.kind === 'literal') return value.type === 'string' ? { ...value, text: value.text.toLowerCase() } : value;
  if (value.kind !== 'glob') return value;
  return { ...value, parts: value.parts.map((part) => (typeof part === 'object' && 'text' in part ? { text: part.text.toLowerCase() } : part)) };
}

const partText = (part: GlobPart): string =>
  part === 'any-run' ? '*' : part === 'any-char' ? '?' : 'text' in part ? JSON.stringify(part.text) : `{${operandText(part.of)}}`;

function operandText(operand: Operand): string {
  switch (operand.kind) {
    case 'field':
      return `f ${JSON.stringify(operand.name)}`;
    case 'literal':
      // How a value is written does not count in a language that compares by writing; a number and its text differ elsewhere.
      return `v${operand.type === 'string' ? '' : ` ${operand.type}`} ${JSON.stringify(operand.text)}`;
    case 'glob':
      return operand.parts.some((part) => typeof part === 'string' || 'of' in part)
        ? `g ${operand.parts.map(partText).join('')}`
        : `v ${JSON.stringify(operand.parts.map((part) => (typeof part === 'object' && 'text' in part ? part.text : '')).join(''))}`;
    case 'regex':
      return `r ${operand.dialect} ${[...operand.flags].sort().join('')}${operand.whole === true ? ' whole' : ''} ${JSON.stringify(operand.text)}`;
    case 'time':
      return `t ${operand.text}`;
    case 'call':
      return `c ${operand.fn}(${operand.args.map(operandText).join(', ')})`;
    case 'list':
      return `l [${operand.of.map(operandText).join(', ')}]`;
    case 'condition':
      return `p {${meaningOf(operand.of)}}`;
    case 'unread':
      return `u ${operand.note ?? operand.written ?? operand.reason}`;
    default:
      return operand satisfies never;
  }
}
