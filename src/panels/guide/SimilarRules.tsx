import { useStore } from '../../state/store';
import { Disclosure } from '../../ui/layout/Disclosure';
import { RuleLines } from '../rules/RuleLines';

/** Rules that look for the same things as the draft, wherever they are tagged. */
export function SimilarRules() {
  const similar = useStore((state) => state.similar);
  if (similar === null || similar.length === 0) return null;
  return (
    <Disclosure title="Similar rules" count={similar.length}>
      <RuleLines
        rules={similar}
        noteOf={(rule) => (
          <span className="label" title="Values and exclusions shared with the draft, of all it has">
            {rule.shared} of {rule.of} shared
          </span>
        )}
      />
    </Disclosure>
  );
}
