import type { Operand, Span, Test } from '../model';
import { canHold, ecsFieldOf } from './ecs';

/** A value that a field's type cannot hold, with a sentence on it. */
interface UnfitValue {
  readonly span: Span;
  readonly message: string;
}

/** Values compared for equality with a core field of ECS whose type cannot hold them: a text for a number, no address for an address, a bare number for a text. */
export function unfitValues(tests: readonly Test[]): readonly UnfitValue[] {
  const found: UnfitValue[] = [];
  for (const { left, compare, values } of tests) {
    const known = left?.kind === 'field' && left.derived === undefined && compare === 'equals' ? ecsFieldOf(left.of ?? left.name) : undefined;
    if (known === undefined) continue;
    const isText = known.type === 'keyword' || known.type === 'wildcard' || known.type === 'text';
    const visit = (value: Operand): void => {
      if (value.kind === 'list') return value.of.forEach(visit);
      if (value.kind !== 'literal' || (value.type !== 'string' && value.type !== 'number')) return;
      // To Elastic Endpoint the numbers of users and groups are numbers.
      if (value.type === 'number' && /(?:^|[._])(?:user|group)\.id$/.test(known.name)) return;
      if (canHold(known.type, value.text) && !(isText && value.type === 'number')) return;
      const message = isText
        ? `\`${known.name}\` holds texts: write "${value.text}".`
        : `\`${known.name}\` holds ${known.type} values; "${value.text.slice(0, 60)}" is none.`;
      found.push({ span: value.span, message });
    };
    values.forEach(visit);
  }
  return found;
}

/** Values that a language with strict types refuses beside a field of ECS: a number in quotes, no single address, no time. */
export function refusedValues(tests: readonly Test[]): readonly UnfitValue[] {
  const found: UnfitValue[] = [];
  for (const { left, values } of tests) {
    const known = left?.kind === 'field' && left.derived === undefined ? ecsFieldOf(left.of ?? left.name) : undefined;
    if (known === undefined) continue;
    for (const value of values) {
      if (value.kind !== 'literal' || value.type !== 'string') continue;
      const meant = value.text.slice(0, 60);
      if (NUMBERS.has(known.type) && /^-?\d+(?:\.\d+)?$/.test(value.text))
        found.push({ span: value.span, message: `\`${known.name}\` is a number: write ${meant} without quotes.` });
      else if (known.type === 'ip' && value.text.includes('/'))
        found.push({ span: value.span, message: `\`${meant}\` is a network, no address: ask \`cidr_match( … )\`.` });
      else if (known.type === 'date' && /^now\b/i.test(value.text))
        found.push({ span: value.span, message: `\`${meant}\` is no time here: write \`now() - 1 day\`.` });
    }
  }
  return found;
}

const NUMBERS: ReadonlySet<string> = new Set(['long', 'integer', 'short', 'byte', 'double', 'float', 'unsigned_long']);
