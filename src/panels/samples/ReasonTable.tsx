import type { ReasonLine } from '../../model';
import { ValueText } from '../../ui/ValueText';
import { VerdictMark } from './VerdictMark';
import './reason.css';

const JOINTS: Readonly<Record<Exclude<ReasonLine['kind'], 'test' | 'source'>, string>> = {
  all: 'all of',
  any: 'any of',
  not: 'not',
  unread: 'a part that is not read',
};

/** Each part of a rule with its verdict and the value it saw; what decides is lit. */
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
        <tr key={at} className={line.decides ? 'decides' : undefined}>
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

function Part({ line: { kind, name, field, word, values, more } }: { readonly line: ReasonLine }) {
  const called = name === '' ? null : <b>{name} </b>;
  if (kind === 'source')
    return (
      <>
        reads <span className="label">{field === '' ? 'anything' : field}</span>
      </>
    );
  if (kind !== 'test')
    return (
      <>
        {called}
        <span className="label">{JOINTS[kind]}</span>
      </>
    );
  return (
    <>
      {called}
      {field === '' ? 'any field' : field} <span className="label">{word}</span>{' '}
      {values.map((value, at) => (
        <code key={at}>
          {at === 0 ? '' : ', '}
          <ValueText text={value} />
        </code>
      ))}
      {more > 0 ? <span className="label"> and {more.toLocaleString('en')} more</span> : null}
    </>
  );
}
