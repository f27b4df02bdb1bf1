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
import { activeOf, useDraftTechniques, useFormat } from '../../state/select';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/overlay/Menu';
import { Select } from '../../ui/Select';
import { shiftedShortcut } from '../../ui/shortcut';
import { useNarrow } from '../../ui/useMedia';
import { useTitle } from '../../ui/useTitle';
import './head.css';

const SHOWN = 3;

/** What the draft is: its title, its format, what it reads, its techniques. Each part listens to what it shows: a key draws none of them anew that stays as it was. */
export function DraftHead() {
  const narrow = useNarrow();
  return (
    <header className="drafthead">
      <Title />
      <FormatSelect />
      <Place />
      {narrow ? null : <Scope />}
      <Techniques />
      <span className="space" />
      <button type="button" className="btn plain" onClick={() => void copyText()}>
        Copy
      </button>
      {narrow ? null : (
        <button type="button" className="btn plain" onClick={() => void exportDraft()}>
          Export
        </button>
      )}
      <More />
    </header>
  );
}

function Title() {
  const title = useStore((state) => {
    const { doc, examples } = state;
    const example = examples.find(({ id }) => id === doc.id)?.name ?? '';
    return activeOf(state)?.report.rule.meta.title || doc.name || example || nameOf(doc);
  });
  useTitle(title);
  return (
    <h1 className="clip" title={title}>
      {title}
    </h1>
  );
}

/** Which of the document's rules the cursor is in. */
function Place() {
  const place = useStore((state) => {
    const active = activeOf(state);
    const rules = active?.analysed.answer.reports.length ?? 0;
    return rules < 2 ? '' : `rule ${active!.index + 1} of ${rules}`;
  });
  return place === '' ? null : <span className="label small">{place}</span>;
}

function Scope() {
  const logsource = useStore((state) => activeOf(state)?.report.rule.meta.logsource);
  return (
    <span className="scope clip" title={logsource}>
      {scopeOf(logsource ?? '')}
    </span>
  );
}

function More() {
  const id = useStore((state) => state.doc.id);
  const isDraft = useStore((state) => state.doc.kind === 'draft');
  const hasMacros = useFormat()?.hasMacros === true;
  return (
    <Menu
      className="btn plain square"
      aria-label="More for this draft"
      items={[
        { name: 'Copy a link that holds it', run: () => void shareDraft() },
        { name: 'Duplicate', run: () => void duplicateDraft(id) },
        { name: 'Export as a file', run: () => void exportDraft() },
        { name: 'History…', off: isDraft ? undefined : 'Only drafts have a history', run: () => showHistory(id) },
        { name: 'Format', note: <kbd>Shift+Alt+F</kbd>, run: () => void formatDraft() },
        ...(hasMacros
          ? [
              { name: 'Show macros written out', note: <kbd>{shiftedShortcut('E')}</kbd>, apart: true, run: () => void showExpansion() },
              { name: 'Own search macros', run: () => showMacros(true) },
            ]
          : []),
        { name: 'Delete', apart: true, off: isDraft ? undefined : 'Only drafts can be deleted', run: () => void removeDraft(id) },
      ]}
    >
      <Icon name="more" />
    </Menu>
  );
}

/** "windows / process_creation" of "product windows, category process_creation"; other lines as they are. */
const scopeOf = (logsource: string): string => logsource.replace(/\b(?:product|category|service) /g, '').replaceAll(', ', ' / ');

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

function Techniques() {
  const ids = useDraftTechniques();
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
