import type { ReasonLine } from '../../model';
import { VerdictMark } from '../../panels/samples/VerdictMark';

const JOINTS: Readonly<Record<Exclude<ReasonLine['kind'], 'test' | 'source'>, string>> = {
  all: 'all of',
  any: 'any of',
  not: 'not',
  unread: 'a part that is not read',
};

/** Each part of a rule with its verdict and the value it saw. */
export const ReasonTable = ({ lines }: { readonly lines: readonly ReasonLine[] }) => (
  <table className="reason" aria-label="Reason">
    <thead>
      <tr>
        <th scope="col">Verdict</th>
        <th scope="col">Part of the rule</th>
        <th scope="col">Value seen</th>
      </tr>
    </thead>
    <tbody>
      {lines.map((line, at) => (
        <tr key={at}>
          <td>
            <VerdictMark verdict={line.verdict} words="part" />
          </td>
          <td style={{ paddingInlineStart: `calc(var(--s2) + ${Math.min(line.depth, 8)} * var(--s3))` }}>
            <Part line={line} />
          </td>
          <td className="value">{line.why ?? line.seen ?? (line.kind === 'test' && line.field !== '' ? <span className="label">no value</span> : null)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

function Part({ line: { kind, field, word, values, more } }: { readonly line: ReasonLine }) {
  if (kind === 'source')
    return (
      <>
        reads <span className="label">{field === '' ? 'anything' : field}</span>
      </>
    );
  if (kind !== 'test') return <span className="label">{JOINTS[kind]}</span>;
  return (
    <>
      {field === '' ? 'any field' : field} <span className="label">{word}</span>{' '}
      {values.map((value, at) => (
        <code key={at}>
          {at === 0 ? '' : ', '}
          {value}
        </code>
      ))}
      {more > 0 ? <span className="label"> and {more.toLocaleString('en')} more</span> : null}
    </>
  );
}
