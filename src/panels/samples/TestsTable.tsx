import { useMemo, useState } from 'react';
import type { KeptTest } from '../../model';
import { useFormat } from '../../state/select';
import { exportRegression, exportTests } from '../../state/drafts/test-files';
import { readSampleText } from '../../state/threads/samples';
import { nameOfTest, removeTest, renameTest, turnTest } from '../../state/threads/tests';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/overlay/Menu';
import { DataTable } from '../../ui/table/DataTable';
import { column, type Column } from '../../ui/table/features';
import { RenameBox } from '../RenameBox';
import { useTests } from './useTests';

interface Row {
  readonly test: KeptTest;
  /** Undefined: not judged yet; null: it holds. */
  readonly why: string | null | undefined;
}

/** The tests kept with the draft and what became of each. */
export function TestsTable() {
  const { tests, whyOf, sentence, trouble } = useTests();
  const hasFolders = useFormat()?.regressionFolders === true;
  const [renamed, setRenamed] = useState<string | null>(null);
  const rows = useMemo<readonly Row[]>(() => tests.map((test) => ({ test, why: whyOf.get(test.id) })), [tests, whyOf]);
  const columns = useMemo<readonly Column<Row>[]>(
    () => [
      column<Row>('state', 'State', ({ why }) => (why === null ? 'holds' : why === undefined ? '' : 'fails'), {
        width: 'var(--col-kind)',
        cell: ({ why }) => <TestState why={why} />,
      }),
      column<Row>('wants', 'The rule', ({ test }) => (test.mustMatch ? 'must match' : 'must not match'), { width: 'var(--col-field)' }),
      column<Row>('name', 'Test', ({ test }) => nameOfTest(test), {
        className: 'name',
        rowHead: true,
        cell: ({ test }) =>
          renamed === test.id ? (
            <RenameBox label="Name of the test" name={test.name} onName={(name) => renameTest(test.id, name)} onDone={() => setRenamed(null)} />
          ) : (
            nameOfTest(test)
          ),
      }),
      column<Row>('why', 'Why it fails', ({ why }) => why ?? '', { width: 'var(--col-field-page)' }),
      column<Row>('events', 'Events', ({ test }) => test.events.length, { end: true, width: 'var(--col-count)' }),
      column<Row>('actions', 'Actions', () => '', {
        width: 'var(--col-count)',
        unseenHead: true,
        cell: ({ test }) => <TestMenu test={test} onRename={() => setRenamed(test.id)} />,
      }),
    ],
    [renamed],
  );
  if (tests.length === 0) return null;
  return (
    <section className="tests" aria-label="Tests of this draft">
      <header>
        <strong>Tests</strong>
        <output className={`label${rows.some(({ why }) => typeof why === 'string') ? ' fails' : ''}`}>{trouble ?? sentence}</output>
        <span className="space" />
        <button type="button" className="link" onClick={exportTests}>
          Export the tests
        </button>
        {hasFolders ? (
          <button type="button" className="link" onClick={() => void exportRegression()}>
            Export as regression data
          </button>
        ) : null}
      </header>
      <DataTable label="Tests" columns={columns} rows={rows} keyOf={({ test }) => test.id} first={20} onEnter={({ test }) => showEvents(test)} />
    </section>
  );
}

const TestState = ({ why }: { readonly why: string | null | undefined }) =>
  why === undefined ? (
    <span className="label">judging</span>
  ) : (
    <span className={why === null ? 'verdict matches' : 'verdict fails'}>
      <Icon name={why === null ? 'check' : 'error'} size="small" /> {why === null ? 'holds' : 'fails'}
    </span>
  );

/** The test's events in place of the samples: why they are judged so is seen there. */
const showEvents = (test: KeptTest): void => void readSampleText(test.events.map((event) => JSON.stringify(event)).join('\n'));

const TestMenu = ({ test, onRename }: { readonly test: KeptTest; readonly onRename: () => void }) => (
  <Menu
    className="btn plain square"
    aria-label={`Actions for the test ${nameOfTest(test)}`}
    items={[
      { name: 'Open its events as samples', run: () => showEvents(test) },
      { name: 'Rename', run: onRename },
      { name: test.mustMatch ? 'Must not match instead' : 'Must match instead', run: () => turnTest(test.id) },
      { name: 'Take it away', apart: true, run: () => removeTest(test.id) },
    ]}
  >
    <Icon name="more" />
  </Menu>
);
