import type { CatalogUse } from '../../model';
import { VERSION } from '../../state/build';
import { tallyOf } from '../../state/analysis-state';
import { editor } from '../../state/editor-handle';
import { useDiagnostics, useFormat } from '../../state/select';
import { showCatalogs } from '../../state/threads/own-catalog';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { controlShortcut } from '../../ui/shortcut';
import { useNarrow } from '../../ui/useMedia';
import { counted } from '../format';
import { useUnread } from '../unread/useUnread';
import { TestsState } from './TestsState';
import './status.css';

/** Milliseconds from which an analysis is told of while it goes on: the panels then speak of a text some keys ago. */
const NOTICED = 50;

/** The draft's and the catalog's state in one line. */
export function StatusLine() {
  const format = useFormat();
  const narrow = useNarrow();
  const { line, column } = useStore((state) => state.cursor);
  const ms = useStore((state) => state.analysis.newest?.answer.ms ?? null);
  const isBehind = useStore(({ analysis: { newest }, doc }) => newest !== null && newest.answer.ms > NOTICED && newest.revision !== doc.revision);
  const trouble = useStore((state) => state.analysis.trouble);
  const tabFree = useStore((state) => state.tabFree);
  return (
    <footer className="status" aria-label="Status">
      {format === null ? null : <span>{format.label}</span>}
      {trouble === null ? <Tally /> : <span className="error">not analysed</span>}
      {ms === null || trouble !== null ? null : <UnreadCount />}
      {ms === null || trouble !== null ? null : <span className="minor">{isBehind ? 'reading what was typed…' : `parsed in ${msText(ms)}`}</span>}
      <TestsState />
      {narrow ? null : <SamplesState />}
      {narrow ? null : <CatalogState />}
      <span className="space" />
      {narrow ? null : (
        <span className="gives">
          {tabFree ? 'Tab leaves the editor, ' : 'Tab stays in the editor, '}
          <kbd>{controlShortcut('M')}</kbd> {tabFree ? 'keeps it' : 'frees it'}
        </span>
      )}
      <span className="minor">
        Ln {line}, Col {column}
      </span>
      <Saved />
      {narrow || VERSION === '' ? null : <span title="The version of this build">Rulewright {VERSION}</span>}
    </footer>
  );
}

/** How much of the text is not read; leads to the first such part. */
function UnreadCount() {
  const { parts, isAllUnderstood } = useUnread();
  const [first] = parts;
  if (first === undefined) return isAllUnderstood ? <span className="minor">all understood</span> : null;
  return (
    <button type="button" className="link" title={`${first.name}: ${first.why}`} onClick={() => editor()?.reveal(first.span)}>
      {counted(parts.length, 'part')} not read
    </button>
  );
}

/** How long the draft took over the reader's events. */
function SamplesState() {
  const read = useStore((state) => state.samples.read);
  const ms = useStore((state) => state.samples.judged?.ms ?? null);
  return read === null || ms === null ? null : <span>{`${counted(read.events, 'sample')} judged in ${msText(ms)}`}</span>;
}

const msText = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

function Tally() {
  const { error, warning } = tallyOf(useDiagnostics());
  return (
    <output>
      {error > 0 ? (
        <span className="error">
          <Icon name="error" size="small" />
          {counted(error, 'error')}
        </span>
      ) : (
        '0 errors'
      )}
      {', '}
      {warning > 0 ? (
        <span className="warning">
          <Icon name="warning" size="small" />
          {counted(warning, 'warning')}
        </span>
      ) : (
        '0 warnings'
      )}
    </output>
  );
}

const NAMES: Readonly<Record<CatalogUse, string>> = { bundled: 'catalog', own: 'own catalog', both: 'catalog and own,' };

function CatalogState() {
  const catalog = useStore((state) => state.catalog);
  const build = useStore((state) => state.ownBuild);
  if (build?.kind === 'building')
    return (
      <button type="button" className="link" onClick={() => showCatalogs(true)}>
        building your catalog{build.progress === null ? '' : `, ${build.progress.read.toLocaleString('en')} of ${counted(build.progress.files, 'file')}`}
      </button>
    );
  switch (catalog.kind) {
    case 'closed':
      return null;
    case 'opening':
      return <span>catalog opening</span>;
    case 'failed':
      return <span className="error">no catalog</span>;
    case 'open':
      return (
        <button type="button" className="link" title="Which catalogs are open" onClick={() => showCatalogs(true)}>
          {NAMES[catalog.use]} {catalog.info.rules.toLocaleString('en')} rules{catalog.info.newest === '' ? null : ` (${catalog.info.newest.slice(0, 7)})`}
        </button>
      );
    default:
      return catalog satisfies never;
  }
}

const SAVED = { starting: '', saved: 'saved in this browser', saving: 'saving', failed: 'not saved' } as const;
const UNKEPT = { example: 'example, kept when you change it', shared: 'shared, not kept', draft: '' } as const;

function Saved() {
  const storage = useStore((state) => state.storage);
  const kind = useStore((state) => state.doc.kind);
  const text = (storage.kind === 'failed' ? '' : UNKEPT[kind]) || SAVED[storage.kind];
  return (
    <span className={storage.kind === 'failed' ? 'error' : undefined} title={storage.kind === 'failed' ? storage.message : undefined}>
      {text}
    </span>
  );
}
