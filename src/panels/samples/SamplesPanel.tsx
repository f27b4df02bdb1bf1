import { useMemo } from 'react';
import type { SampleRow, SampleVerdict } from '../../model';
import { useStore } from '../../state/store';
import { chooseSample, filterSamples, forgetSamples } from '../../state/threads/samples';
import { Empty } from '../../ui/Empty';
import { DataTable } from '../../ui/table/DataTable';
import { nameColumn, valueColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { EmptySamples } from './EmptySamples';
import { keepSample } from './keepSample';
import { MadeStrip, MakeButton } from './MadeStrip';
import { SampleDetail } from './SampleDetail';
import { SampleResult } from './SampleResult';
import { TestsTable } from './TestsTable';
import { MadeWords, VERDICT_WORDS, VerdictMark } from './VerdictMark';
import { WhyStrip } from './WhyStrip';
import './samples.css';

const CHIPS: readonly (SampleVerdict | null)[] = [null, 'matches', 'does-not', 'cannot-tell'];

/** The reader's events beside what the draft says of each, and why. */
export function SamplesPanel() {
  const { read, reading, judged, filter, rows, chosen, trouble, ofExample } = useStore((state) => state.samples);
  const hasMade = rows.rows.some((row) => row.made !== undefined);
  const columns = useMemo<readonly Column<SampleRow>[]>(
    () => [
      column<SampleRow>('number', '#', (row) => row.number, { end: true, width: 'var(--col-count)', cell: (row) => (row.number + 1).toLocaleString('en') }),
      column<SampleRow>('verdict', 'Verdict', (row) => row.verdict ?? '', {
        width: 'var(--col-kind)',
        cell: ({ verdict }) => <VerdictMark verdict={verdict} />,
      }),
      ...(hasMade
        ? [
            column<SampleRow>('made', 'Made here', ({ made }) => (made === undefined ? '' : made.kind === 'match' ? 'made to match' : made.condition), {
              cell: ({ made }) => (made === undefined ? null : <MadeWords made={made} />),
            }),
          ]
        : []),
      ...(judged?.columns ?? []).map((name, at) => valueColumn<SampleRow>(`field ${name}`, name, (row) => row.cells[at] ?? '')),
      ...(judged?.columns.length === 0 ? [nameColumn<SampleRow>('none', 'Fields', () => 'The rule compares no field.')] : []),
    ],
    [judged?.columns, hasMade],
  );
  if (read === null)
    return (
      <>
        <TestsTable />
        <EmptySamples reading={reading} trouble={trouble} />
      </>
    );
  return (
    <div className="samples">
      <fieldset className="samples-bar">
        <legend className="sr">Samples with this verdict</legend>
        {CHIPS.map((verdict) => (
          <button key={verdict ?? 'all'} type="button" className="chip" aria-pressed={filter === verdict} onClick={() => filterSamples(verdict)}>
            {verdict === null ? 'All' : VERDICT_WORDS[verdict]}{' '}
            <span className="count">{(verdict === null ? read.events : (judged?.counts[verdict] ?? 0)).toLocaleString('en')}</span>
          </button>
        ))}
        <span className="label">
          {ofExample === '' ? read.format : 'Sample events that come with this example'}
          {judged !== null && judged.joined.length > 0 ? ` · names joined: ${judged.joined.map(({ rule, event }) => `${rule} is ${event}`).join(', ')}` : ''}
        </span>
        <span className="space" />
        <MakeButton />
        <button type="button" className="link" onClick={forgetSamples}>
          Close these events
        </button>
      </fieldset>
      {judged === null || judged.readings.length === 0 ? null : (
        <p className="samples-taken">Taken where the text leaves it open: {judged.readings.join('; ')}.</p>
      )}
      <MadeStrip />
      <TestsTable />
      {read.problems.length === 0 ? null : (
        <details className="samples-problems">
          <summary>{read.problems.length === 1 ? 'One thing could not be read' : `${read.problems.length} things could not be read`}</summary>
          <ul>
            {read.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </details>
      )}
      <WhyStrip />
      <SampleResult />
      {chosen === null ? null : <SampleDetail />}
      {rows.total === 0 ? (
        <Empty title={filter === null ? 'No events' : `None ${VERDICT_WORDS[filter]}`}>
          {filter === null ? 'These files hold no events that could be read.' : 'Choose another verdict above to see the others.'}
        </Empty>
      ) : (
        <DataTable
          label="Samples"
          className="fixed"
          columns={columns}
          rows={rows.rows}
          keyOf={(row) => String(row.number)}
          lit={rows.rows.findIndex(({ number }) => number === chosen)}
          onEnter={(row) => chooseSample(row.number)}
          onLetter={keepByLetter}
          onPoint={(row) => row !== null && chosen !== null && chosen !== row.number && chooseSample(row.number)}
        />
      )}
      {rows.total > rows.rows.length ? (
        <p className="label">{`The first ${rows.rows.length.toLocaleString('en')} of ${rows.total.toLocaleString('en')} are shown; choose a verdict to see others.`}</p>
      ) : null}
    </div>
  );
}

/** M and N on a row keep it as a test. */
function keepByLetter(letter: string, row: SampleRow): boolean {
  if (letter !== 'm' && letter !== 'n') return false;
  void keepSample(row.number, letter === 'm');
  return true;
}
