import type { KeptTest, SampleRow } from '../../model';
import { ValueText } from '../../ui/ValueText';
import { column, type Column } from '../../ui/table/features';
import { Icon } from '../../ui/Icon';
import { MadeWords, VerdictMark } from './VerdictMark';

/** Rows by which it is told which fields tell samples apart. */
const MOST_COMPARED = 200;

interface Shown {
  readonly rows: readonly SampleRow[];
  /** Fields of the rule, as the events call them. */
  readonly fields: readonly string[];
  /** How many of them there is room for. */
  readonly most: number;
  /** What is said of a sample without a verdict. */
  readonly none: string;
  readonly tests: readonly KeptTest[];
  readonly whyOf: ReadonlyMap<string, string | null>;
}

/** What is said of each sample, then what it holds; a column that says nothing of any of them is not there. */
export function sampleColumns({ rows, fields, most, none, tests, whyOf }: Shown): readonly Column<SampleRow>[] {
  const some = (of: (row: SampleRow) => unknown): boolean => rows.some((row) => of(row) !== null && of(row) !== undefined);
  const days = new Set(rows.flatMap(({ at }) => (at === null ? [] : [stampOf(at).slice(0, 10)])));
  return [
    column('number', '#', (row) => row.number, { end: true, width: 'var(--col-count)', cell: (row) => (row.number + 1).toLocaleString('en') }),
    column('verdict', 'Verdict', (row) => row.verdict ?? '', {
      width: 'var(--col-mark)',
      cell: ({ verdict }) => <VerdictMark verdict={verdict} none={none} />,
    }),
    ...(some(({ fails }) => fails)
      ? [column<SampleRow>('fails', 'Fails at', (row) => row.fails?.part ?? '', { className: 'clipped', width: 'var(--col-field-wide)', cell: FailsAt })]
      : []),
    ...(some(({ test }) => test)
      ? [
          column<SampleRow>('test', 'Test', (row) => row.test ?? '', {
            width: 'var(--col-field)',
            cell: ({ test }) => <TestWords test={tests.find(({ id }) => id === test)} why={test === null ? undefined : whyOf.get(test)} />,
          }),
        ]
      : []),
    ...(some(({ made }) => made)
      ? [
          column<SampleRow>('made', 'Made here', ({ made }) => (made === undefined ? '' : made.kind === 'match' ? 'made to match' : made.condition), {
            className: 'clipped',
            cell: ({ made }) => (made === undefined ? null : <MadeWords made={made} />),
          }),
        ]
      : []),
    ...(some(({ at }) => at)
      ? [
          column<SampleRow>('at', 'Time', (row) => row.at, {
            width: days.size > 1 ? 'var(--col-field)' : 'var(--col-count)',
            className: 'kind',
            cell: ({ at }) => (at === null ? null : <span title={`${stampOf(at)} UTC`}>{stampOf(at).slice(days.size > 1 ? 5 : 11)}</span>),
          }),
        ]
      : []),
    ...telling(rows, fields)
      .slice(0, most)
      .map((at) =>
        column<SampleRow>(`field ${fields[at]!}`, fields[at]!, (row) => row.cells[at] ?? '', {
          className: 'value clipped',
          cell: (row) => <Cell text={row.cells[at] ?? ''} />,
        }),
      ),
    ...(fields.length === 0 ? [column<SampleRow>('none', 'Fields', () => 'The rule compares no field.')] : []),
  ];
}

/** On a narrow screen: what is said of a sample above what tells it from the others. */
export function narrowColumns(shown: Shown): readonly Column<SampleRow>[] {
  const { rows, fields, none, tests, whyOf } = shown;
  const [at = 0] = telling(rows, fields);
  return [
    column('sample', fields[at] ?? 'Sample', (row) => row.number, {
      cell: (row) => (
        <div className="sample-card">
          <p>
            <VerdictMark verdict={row.verdict} none={none} /> <FailsAt {...row} />
            {row.test === null ? null : <TestWords test={tests.find(({ id }) => id === row.test)} why={whyOf.get(row.test)} />}
            {row.made === undefined ? null : <MadeWords made={row.made} />}
            <span className="label end">{(row.number + 1).toLocaleString('en')}</span>
          </p>
          <p className="value">
            <Cell text={row.cells[at] ?? ''} />
          </p>
        </div>
      ),
    }),
  ];
}

/** Places of fields, those whose values tell the samples apart best first. */
function telling(rows: readonly SampleRow[], fields: readonly string[]): readonly number[] {
  const values = fields.map((_, at) => new Set(rows.slice(0, MOST_COMPARED).map(({ cells }) => cells[at])).size);
  return fields.map((_, at) => at).sort((a, b) => values[b]! - values[a]! || a - b);
}

const FailsAt = ({ fails }: SampleRow) =>
  fails === null ? null : (
    <span className="failsat" title={fails.part}>
      {fails.part}
      {fails.more === 0 ? null : <span className="label"> and {fails.more} more</span>}
    </span>
  );

function TestWords({ test, why }: { readonly test: KeptTest | undefined; readonly why: string | null | undefined }) {
  if (test === undefined) return null;
  const hasFailed = typeof why === 'string';
  return (
    <span className={`verdict ${hasFailed ? 'fails' : 'matches'}`} title={why ?? undefined}>
      <Icon name={hasFailed ? 'error' : 'check'} size="small" /> {test.mustMatch ? 'must match' : 'must not'}
      {hasFailed ? <span className="sr">, and fails</span> : null}
    </span>
  );
}

const Cell = ({ text }: { readonly text: string }) => (text === '' ? <span className="label">not in this event</span> : <ValueText text={text} />);

/** A moment as `2026-10-01 09:00:00`. */
export const stampOf = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
