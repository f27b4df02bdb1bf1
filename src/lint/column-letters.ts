import type { Operand, Report, Span, Stage, Test } from '../model';
import { walkTests } from '../syntax/walk';

/** The functions, of whatever language, that leave small letters or capitals alone. */
const MAKING = /^(?:to_?)?(lower|upper)$/i;

type Letters = 'lower' | 'upper';

const lettersOf = (value: Operand, known: ReadonlyMap<string, Letters>): Letters | undefined =>
  value.kind === 'field' ? known.get(value.name) : value.kind === 'call' ? (MAKING.exec(value.fn)?.[1]?.toLowerCase() as Letters | undefined) : undefined;

/** Texts that a column of these letters is never equal to. */
function hasOthers(value: Operand, letters: Letters): boolean {
  if (value.kind === 'glob') return value.parts.some((part) => typeof part === 'object' && 'text' in part && isOther(part.text, letters));
  return value.kind === 'literal' && value.type === 'string' && isOther(value.text, letters);
}
const isOther = (text: string, letters: Letters): boolean => text !== (letters === 'lower' ? text.toLowerCase() : text.toUpperCase());

/** Comparisons, letters' case minded, of a column that an earlier step made of small letters or capitals with the others: they never hold. */
export function columnLetters({ rule }: Report): readonly { readonly span: Span; readonly message: string }[] {
  const found: { readonly span: Span; readonly message: string }[] = [];
  const visit = (stages: readonly Stage[]): void => {
    const known = new Map<string, Letters>();
    const compared = ({ left, compare, values, macro, ...test }: Test): void => {
      const letters = left?.kind === 'field' ? known.get(left.name) : undefined;
      if (letters === undefined || left?.kind !== 'field' || compare !== 'equals' || test.case !== 'exact' || macro !== undefined) return;
      for (const value of values)
        if (hasOthers(value, letters))
          found.push({
            span: { start: value.span.start, end: value.span.end },
            message: `An earlier step has left only ${letters === 'lower' ? 'small letters' : 'capitals'} in ${left.name}: it is never equal to this.`,
          });
    };
    for (const { operations = [], branches = [] } of stages) {
      for (const operation of operations) {
        if (operation.kind === 'filter') walkTests(operation.predicate, compared);
        if (operation.kind !== 'assign' && operation.kind !== 'project') continue;
        for (const { name, value } of operation.of) {
          const letters = lettersOf(value, known);
          if (letters === undefined) known.delete(name);
          else known.set(name, letters);
        }
      }
      for (const branch of branches) visit(branch.stages);
    }
  };
  visit(rule.analysis.stages);
  return found;
}
