import { setTab } from '../../state/settings';
import { showTests } from '../../state/threads/samples';
import { Icon } from '../../ui/Icon';
import { useTests } from '../samples/useTests';

/** How many of the draft's tests hold; leads to them. */
export function TestsState() {
  const { tests, failing, sentence } = useTests();
  if (tests.length === 0) return null;
  return (
    <button
      type="button"
      className={failing > 0 ? 'link error' : 'link'}
      title="The tests kept with this draft"
      onClick={() => {
        setTab('samples');
        showTests(true);
      }}
    >
      {failing > 0 ? <Icon name="error" size="small" /> : null}
      {sentence}
    </button>
  );
}
