import { cancelBuild } from '../../state/threads/own-build';
import { useStore } from '../../state/store';
import { Banner } from '../../ui/Banner';
import { Progress } from '../../ui/Progress';
import { counted } from '../format';
import './catalogs.css';

/** How far building the reader's own catalog is, or why there is none; nothing where none is being built. */
export function BuildStrip() {
  const build = useStore((state) => state.ownBuild);
  if (build === null) return null;
  if (build.kind === 'failed')
    return (
      <Banner
        kind="error"
        actions={
          <button type="button" className="btn plain" onClick={cancelBuild}>
            Dismiss
          </button>
        }
      >
        No catalog was built of “{build.from}”. {build.message} What was open stays open.
      </Banner>
    );
  const { from, step, progress } = build;
  return (
    <section className="building" aria-label="Building your own catalog">
      <p>
        <b>Building your own catalog from “{from}”</b>
        <span className="space" />
        {step === 'opening' ? null : (
          <button type="button" className="btn" onClick={cancelBuild}>
            Cancel
          </button>
        )}
      </p>
      <p className="figures">
        {progress === null ? (
          'Looking for its files.'
        ) : (
          <>
            <span>
              <b>{progress.read.toLocaleString('en')}</b> of {counted(progress.files, 'file')} read
            </span>
            <span>
              <b>{progress.rules.toLocaleString('en')}</b> {progress.rules === 1 ? 'rule' : 'rules'}
            </span>
            {progress.passedOver === 0 ? null : (
              <span>
                <b>{progress.passedOver.toLocaleString('en')}</b> passed over: no rule in them
              </span>
            )}
            {progress.unread === 0 ? null : (
              <span>
                <b>{progress.unread.toLocaleString('en')}</b> could not be read
              </span>
            )}
            {step === 'writing' ? <span>Writing the catalog.</span> : step === 'opening' ? <span>Opening it beside the public ones.</span> : null}
          </>
        )}
      </p>
      <Progress label="Files read" loaded={progress?.read ?? 0} total={progress?.files ?? 0} />
    </section>
  );
}
