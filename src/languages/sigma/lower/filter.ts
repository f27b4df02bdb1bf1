import type { Remarks } from '../diagnostics';
import { replacing } from '../diagnostics';
import { walkCondition } from '../tree';
import { entryOf, headOf, type SigmaMap, type SigmaScalar, scalarsOf } from '../parse/yaml-node';
import type { Section } from './section';

/** Checks what only filters have: the rules they apply to, one condition, and that it drops what it describes. Gives the rules. */
export function checkFilter(filter: SigmaMap, section: Section, remarks: Remarks): readonly SigmaScalar[] {
  const rules = entryOf(filter, 'rules');
  if (rules === undefined || (rules.value.kind === 'scalar' && rules.value.type === 'null')) {
    remarks.remark('sigma/missing-key', rules?.span ?? headOf(filter), 'A filter needs `rules`: names or IDs, or `any` for every rule of its log source.');
  } else if (rules.value.kind === 'map') remarks.remark('sigma/wrong-type', rules.value.span, '`rules` is a list of names or IDs, or `any`.');
  const condition = entryOf(filter, 'condition');
  if (condition?.value.kind === 'seq') remarks.remark('sigma/wrong-type', condition.value.span, 'A filter has exactly one condition, a text.');
  else checkDropping(section, remarks);
  return rules === undefined ? [] : scalarsOf(rules.value).filter((rule) => rule.text !== '');
}

/** A filter's condition is joined to the rule's by `and`: one without any `not` keeps what it names and drops all else. */
function checkDropping({ conditions }: Section, remarks: Remarks): void {
  const [first] = conditions;
  if (first === undefined) return;
  let named = 0;
  let negated = 0;
  walkCondition(first.condition, (leaf, isNegated) => {
    if (leaf.kind === 'error') return;
    named++;
    if (isNegated) negated++;
  });
  if (named === 0 || negated > 0) return;
  const { span } = first.scalar;
  const simple = first.condition.kind === 'name' || first.condition.kind === 'of';
  remarks.remark(
    'sigma/filter-keeps',
    span,
    'This keeps only the events it describes, because a filter is joined to its rules by `and`. To drop them, write `not`.',
    simple ? replacing('Put not before it', { start: span.start, end: span.start }, 'not ') : undefined,
  );
}
