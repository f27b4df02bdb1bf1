import { useMemo } from 'react';
import type { SampleFilter, SampleRow } from '../../model';
import { useStore } from '../../state/store';
import { chooseSample, filterSamples, openSample } from '../../state/threads/samples';
import { Empty } from '../../ui/Empty';
import { DataTable } from '../../ui/table/DataTable';
import { useSingle, useWide } from '../../ui/useMedia';
import { EmptySamples } from './EmptySamples';
import { keepSample } from './keepSample';
import { MadeStrip } from './MadeStrip';
import { narrowColumns, sampleColumns } from './sampleColumns';
import { SampleDetail } from './SampleDetail';
import { SampleResult } from './SampleResult';
import { SamplesBar } from './SamplesBar';
import { SamplesTold } from './SamplesTold';
import { TestsTable } from './TestsTable';
import { useTests } from './useTests';
import { WhyStrip } from './WhyStrip';
import './samples.css';

/** The reader's events beside what the draft says of each, and why. */
export function SamplesPanel() {
  const { read, reading, trouble, isOpen, opened, isTests } = useStore((state) => state.samples);
  if (read === null)
    return (
      <>
        <TestsTable />
        <EmptySamples reading={reading} trouble={trouble} />
      </>
    );
  return (
    <div className="samples">
      <WhyStrip />
      {isOpen && opened !== null ? (
        <SampleDetail opened={opened} of={read.events} />
      ) : (
        <>
          <SamplesBar />
          <div className="samples-body" data-scrolls>
            <MadeStrip />
            {isTests ? (
              <TestsTable />
            ) : (
              <>
                <SamplesTold />
                <SampleResult />
                <Table />
              </>
            )}
          </div>
        </>
      )}
    </div>
  );
}

/** Fields that a row has room for. */
const FIELDS = 1;
const WIDE_FIELDS = 2;

function Table() {
  const { judged, counted, filter, rows, chosen, read } = useStore((state) => state.samples);
  const { tests, whyOf } = useTests();
  const isSingle = useSingle();
  const isWide = useWide();
  const fields = judged?.columns;
  const none = judged?.table === null ? 'not judged' : 'part of a result';
  const columns = useMemo(
    () => (isSingle ? narrowColumns : sampleColumns)({ rows: rows.rows, fields: fields ?? [], most: isWide ? WIDE_FIELDS : FIELDS, none, tests, whyOf }),
    [rows.rows, fields, none, tests, whyOf, isSingle, isWide],
  );
  if (rows.total === 0) return <None filter={filter} events={read?.events ?? 0} onePart={counted?.onePart ?? null} />;
  return (
    <>
      <DataTable
        label="Samples"
        className="fixed samples-table"
        columns={columns}
        rows={rows.rows}
        keyOf={(row) => String(row.number)}
        lit={rows.rows.findIndex(({ number }) => number === chosen)}
        onChoose={(row) => chooseSample(row.number)}
        onEnter={(row) => {
          chooseSample(row.number);
          openSample(true);
        }}
        onLetter={keepByLetter}
      />
      {rows.total > rows.rows.length ? (
        <p className="label">{`The first ${rows.rows.length.toLocaleString('en')} of ${rows.total.toLocaleString('en')} are shown; choose a verdict to see others.`}</p>
      ) : null}
    </>
  );
}

const NONE: Readonly<Record<Exclude<SampleFilter['only'], null>, string>> = {
  matches: 'match',
  'does-not': 'fail to match',
  'cannot-tell': 'cannot be told',
  'one-part': 'fail at one part only',
};

function None({ filter, events, onePart }: { readonly filter: SampleFilter; readonly events: number; readonly onePart: number | null }) {
  if (events === 0) return <Empty title="No events">These files hold no events that could be read.</Empty>;
  const what = [filter.only === null ? '' : NONE[filter.only], filter.find === '' ? '' : `hold “${filter.find}”`].filter((part) => part !== '').join(' and ');
  return (
    <Empty title={`None of ${events.toLocaleString('en')} samples ${what}`}>
      {onePart !== null && onePart > 0 && filter.only !== 'one-part' ? (
        <button type="button" className="link" onClick={() => filterSamples({ only: 'one-part', find: '' })}>
          {`Show those that fail at one part (${onePart.toLocaleString('en')})`}
        </button>
      ) : (
        'Choose others above.'
      )}
    </Empty>
  );
}

/** M and N on a row keep it as a test. */
function keepByLetter(letter: string, row: SampleRow): boolean {
  if (letter !== 'm' && letter !== 'n') return false;
  void keepSample(row.number, letter === 'm');
  return true;
}
