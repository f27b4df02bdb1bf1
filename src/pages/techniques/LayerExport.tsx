import { platformName } from '../../panels/names';
import { download } from '../../state/download';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/overlay/Menu';
import type { MatrixView } from './MatrixFilters';
import type { TacticColumn } from './matrixOf';
import { type LayerKind, navigatorLayer } from './navigatorLayer';

interface LayerExportProps {
  readonly columns: readonly TacticColumn[];
  readonly view: MatrixView;
  /** The reader's own rules are counted beside others': their coverage can be exported too. */
  readonly hasOwn: boolean;
}

/** The matrix as it is shown, as a file for the ATT&CK Navigator. */
export function LayerExport({ columns, view, hasOwn }: LayerExportProps) {
  const save = (kind: LayerKind): void => {
    const layer = navigatorLayer(columns, kind, { platform: view.platform === '' ? '' : platformName(view.platform) });
    download(kind === 'coverage' ? 'rulewright-coverage.json' : 'rulewright-layer.json', 'application/json', layer);
  };
  if (!hasOwn)
    return (
      <button type="button" className="btn" disabled={columns.length === 0} onClick={() => save('rules')}>
        Export Navigator layer
      </button>
    );
  return (
    <Menu
      className="btn"
      disabled={columns.length === 0}
      items={[
        { name: 'Your coverage: where others have rules and you have none', run: () => save('coverage') },
        { name: 'All rules per technique', run: () => save('rules') },
      ]}
    >
      Export Navigator layer <Icon name="down" size="tiny" />
    </Menu>
  );
}
