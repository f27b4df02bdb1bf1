import type { Report } from '../../model';
import { nameOf } from '../../state/drafts/document';
import { chooseFormat, duplicateDraft, removeDraft } from '../../state/drafts/documents';
import { showExpansion } from '../../state/expansion';
import { exportDraft } from '../../state/drafts/export-drafts';
import { copyText } from '../../state/clipboard';
import { formatDraft } from '../../state/threads/format';
import { pickTechnique } from '../../state/threads/guide';
import { showHistory } from '../../state/history';
import { showMacros } from '../../state/macros';
import { shareDraft } from '../../state/links/links';
import { pathOf } from '../../state/links/routes';
import { useActive, useFormat } from '../../state/select';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/overlay/Menu';
import { Select } from '../../ui/Select';
import { shiftedShortcut } from '../../ui/shortcut';
import { useNarrow } from '../../ui/useMedia';
import { useTitle } from '../../ui/useTitle';
import './head.css';

const SHOWN = 3;

/** What the draft is: its title, its format, what it reads, its techniques. */
export function DraftHead() {
  const doc = useStore((state) => state.doc);
  const active = useActive();
  const hasMacros = useFormat()?.hasMacros === true;
  const narrow = useNarrow();
  const meta = active?.report.rule.meta ?? null;
  const example = useStore((state) => state.examples.find(({ id }) => id === doc.id)?.name ?? '');
  const title = meta?.title || doc.name || example || nameOf(doc);
  useTitle(title);
  return (
    <header className="drafthead">
      <h1 className="clip" title={title}>
        {title}
      </h1>
      <FormatSelect />
      {active === null || active.analysed.answer.reports.length < 2 ? null : (
        <span className="label small">
          rule {active.index + 1} of {active.analysed.answer.reports.length}
        </span>
      )}
      {narrow ? null : (
        <span className="scope clip" title={meta?.logsource}>
          {scopeOf(meta)}
        </span>
      )}
      <Techniques ids={meta?.techniques ?? []} />
      <span className="space" />
      <button type="button" className="btn plain" onClick={() => void copyText()}>
        Copy
      </button>
      {narrow ? null : (
        <button type="button" className="btn plain" onClick={() => void exportDraft()}>
          Export
        </button>
      )}
      <Menu
        className="btn plain square"
        aria-label="More for this draft"
        items={[
          { name: 'Copy a link that holds it', run: () => void shareDraft() },
          { name: 'Duplicate', run: () => void duplicateDraft(doc.id) },
          { name: 'Export as a file', run: () => void exportDraft() },
          { name: 'History…', off: doc.kind === 'draft' ? undefined : 'Only drafts have a history', run: () => showHistory(doc.id) },
          { name: 'Format', note: <kbd>Shift+Alt+F</kbd>, run: () => void formatDraft() },
          ...(hasMacros
            ? [
                { name: 'Show macros written out', note: <kbd>{shiftedShortcut('E')}</kbd>, apart: true, run: () => void showExpansion() },
                { name: 'Own search macros', run: () => showMacros(true) },
              ]
            : []),
          { name: 'Delete', apart: true, off: doc.kind === 'draft' ? undefined : 'Only drafts can be deleted', run: () => void removeDraft(doc.id) },
        ]}
      >
        <Icon name="more" />
      </Menu>
    </header>
  );
}

/** "windows / process_creation" of "product windows, category process_creation"; other lines as they are. */
const scopeOf = (meta: Report['rule']['meta'] | null): string => meta?.logsource.replace(/\b(?:product|category|service) /g, '').replaceAll(', ', ' / ') ?? '';

function FormatSelect() {
  const formats = useStore((state) => state.registry?.formats) ?? [];
  const format = useStore((state) => state.doc.format);
  return (
    <Select
      label="Format"
      value={format ?? ''}
      disabled={formats.length === 0}
      options={[
        ...(format === null ? [{ value: '', name: 'Detecting' }] : []),
        ...formats.map(({ id, label }) => ({ value: id, name: label })),
        { value: 'detect', name: 'Detect again' },
      ]}
      onChange={(id) => void chooseFormat(id === 'detect' ? null : id)}
    />
  );
}

function Techniques({ ids }: { readonly ids: readonly string[] }) {
  return (
    <span className="techniques">
      {ids.slice(0, SHOWN).map((id) => (
        <a key={id} href={`#${pathOf.technique(id)}`}>
          {id}
        </a>
      ))}
      {ids.length > SHOWN ? (
        <Menu className="link" aria-label="All techniques of this draft" items={ids.map((id) => ({ name: id, note: 'Guide', run: () => pickTechnique(id) }))}>
          {ids.length - SHOWN} more
        </Menu>
      ) : null}
    </span>
  );
}
