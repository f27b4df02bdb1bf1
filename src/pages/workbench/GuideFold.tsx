import { useTechnique } from '../../state/select';
import { foldGuide } from '../../state/settings';
import { Icon } from '../../ui/Icon';

/** The edge of the guide: a press folds it into a strip with its name, or opens it again. */
export function GuideFold({ isFolded }: { readonly isFolded: boolean }) {
  const technique = useTechnique();
  return (
    <button
      type="button"
      className={isFolded ? 'guidefold is-folded inset-focus' : 'guidefold inset-focus'}
      aria-expanded={!isFolded}
      aria-label={isFolded ? 'Show the guide' : 'Fold the guide'}
      title={isFolded ? 'Show the guide' : 'Fold the guide'}
      onClick={() => foldGuide(!isFolded)}
    >
      <Icon name={isFolded ? 'left' : 'right'} size="tiny" />
      {isFolded ? <span>Guide {technique}</span> : null}
    </button>
  );
}
