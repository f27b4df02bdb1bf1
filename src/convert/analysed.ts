import type { FieldRef, Operand, Test } from '../model';
import type { Work } from './side';

/** A comparison with analysed text on one side or both, as the target compares it; null: there is none. */
export function analysedIn(test: Test, source: string, field: FieldRef, work: Work): Test | null {
  const [was, is] = [work.from?.isAnalysed?.(source) === true, work.manner.isAnalysed?.(field.name) === true];
  if ((!was && !is) || (test.compare !== 'equals' && test.compare !== 'regex')) return null;
  if (was) {
    // Several words without quotes are any of them.
    const values = test.values.flatMap((value): readonly Operand[] =>
      value.kind === 'literal' && value.words === true ? value.text.split(/\s+/).map((text) => ({ ...value, text })) : [value],
    );
    return is ? { ...test, values } : { ...test, compare: 'token', case: 'fold', values };
  }
  work.lose(field.span, 'words', `\`${field.name}\` is analysed text in ${work.label}: its words are compared, whatever stands around them`, 'either');
  return { ...test, case: 'exact', values: test.values.map(phraseOf) };
}

/** What is sought as a part of a text, as words that follow each other. */
function phraseOf(value: Operand): Operand {
  if (value.kind !== 'glob') return value;
  const [only, ...others] = value.parts.filter((part) => part !== 'any-run');
  return typeof only === 'object' && 'text' in only && others.length === 0 ? { kind: 'literal', span: value.span, type: 'string', text: only.text } : value;
}
