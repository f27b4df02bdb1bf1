import type { Predicate, Span, Test } from '../../model';
import { ValueText } from '../../ui/ValueText';
import { subjectOf, valuesOf } from '../../syntax/classify';

const VALUES = 12;
const PARTS = 60;

const JOINTS = { all: 'all of', any: 'any of', not: 'not' } as const;

interface PredicateTreeProps {
  readonly predicate: Predicate;
  /** Lights the text of what is pointed at. */
  readonly onPoint: (spans: readonly Span[] | null) => void;
}

/** The tree of a predicate, a line per node; pointing at a line lights its text. */
export function PredicateTree({ predicate, onPoint }: PredicateTreeProps) {
  return (
    <ul className="predicates">
      <Node predicate={predicate} onPoint={onPoint} />
    </ul>
  );
}

function Node({ predicate, onPoint }: PredicateTreeProps) {
  const light = { onMouseEnter: () => onPoint([predicate.span]), onMouseLeave: () => onPoint(null) };
  if (predicate.kind === 'test')
    return (
      <li {...light}>
        <TestLine test={predicate} />
      </li>
    );
  if (predicate.kind === 'unread')
    return (
      <li {...light} className="label">
        {predicate.reason === 'syntax-error' ? 'not understood' : 'not modelled'}
        {predicate.note === undefined ? null : `: ${predicate.note}`}
      </li>
    );
  const parts = predicate.kind === 'not' ? [predicate.of] : predicate.of;
  if (predicate.kind !== 'not' && parts.length === 1) return <Node predicate={parts[0]!} onPoint={onPoint} />;
  return (
    <li>
      <span className="joint">{parts.length === 0 ? (predicate.kind === 'all' ? 'everything' : 'nothing') : JOINTS[predicate.kind]}</span>
      <ul>
        {parts.slice(0, PARTS).map((part, index) => (
          <Node key={index} predicate={part} onPoint={onPoint} />
        ))}
        {parts.length > PARTS ? <li className="label">and {(parts.length - PARTS).toLocaleString('en')} more</li> : null}
      </ul>
    </li>
  );
}

function TestLine({ test }: { readonly test: Test }) {
  const all = valuesOf(test);
  const values = all.slice(0, VALUES);
  const rest = all.length - values.length;
  const subject = subjectOf(test.left);
  return (
    <>
      {subject === null ? 'any field' : (subject.written ?? subject.name)} <span className="label">{test.word}</span>{' '}
      {values.map((value, index) => (
        <code key={index}>
          {index === 0 ? '' : test.every ? ' and ' : ', '}
          <ValueText text={value.text} secret={value.secret} />
        </code>
      ))}
      {rest > 0 ? <span className="label"> and {rest.toLocaleString('en')} more</span> : null}
      {test.macro === undefined ? null : (
        <>
          {' '}
          <span className="badge">from {test.macro}</span>
        </>
      )}
    </>
  );
}
