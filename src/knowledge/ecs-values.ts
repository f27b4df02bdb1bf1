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
