import type { ReactNode } from 'react';
import { editor } from '../../state/editor-handle';
import { refresh } from '../../state/threads/analysis';
import { tallyOf } from '../../state/analysis-state';
import { useDiagnostics, useStale } from '../../state/select';
import { useStore } from '../../state/store';
import { Banner } from '../../ui/Banner';
import { agoOf, counted, useNow } from '../format';
import { linesOf } from '../lineAt';

const SECOND = 1000;

/** Over a panel whose text is broken or cannot be analysed: the last good result stays, and this says since when and where the error is. */
export function StaleBanner({ children }: { readonly children: ReactNode }) {
  const stale = useStale();
  const trouble = useStore((state) => state.analysis.trouble);
  return (
    <>
      {trouble === null ? null : (
        <Banner
          kind="error"
          actions={
            <button type="button" className="btn" onClick={() => void refresh()}>
              Try again
            </button>
          }
        >
          {trouble}
        </Banner>
      )}
      {stale === null || trouble !== null ? null : <Since {...stale} />}
      <div className={stale === null ? undefined : 'is-stale'}>{children}</div>
    </>
  );
}

function Since({ since, firstError }: NonNullable<ReturnType<typeof useStale>>) {
  const now = useNow(SECOND);
  const text = useStore((state) => state.analysis.newest?.text ?? '');
  const { error } = tallyOf(useDiagnostics());
  return (
    <Banner kind="warning">
      As of the last text that was understood, {agoOf(Math.max(0, now - since))}.{' '}
      {firstError === null ? null : (
        <>
          {counted(error, 'error')} to fix:{' '}
          <button type="button" className="link" onClick={() => editor()?.reveal(firstError.span)}>
            line {linesOf(text)(firstError.span.start).line}
          </button>{' '}
          <kbd>F8</kbd>
        </>
      )}
    </Banner>
  );
}
