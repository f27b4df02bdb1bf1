import type { Agreement, Comparison, ConversionAnswer } from '../../model';
import { nameOfTest } from '../../state/threads/tests';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { counted } from '../format';

/** What was done to prove the text: it was read again, and the draft's tests, events made of it and the reader's samples were judged in both. */
export function ProofStrip({ answer }: { readonly answer: ConversionAnswer }) {
  const { text, to, proof } = answer.conversion;
  const comparison = useStore((state) => state.conversion.comparison);
  if (text === null) return null;
  const isRead = proof.readsBack === true;
  return (
    <div className="convert-proof" aria-live="polite">
      <Proof
        holds={isRead}
        head={isRead ? 'Reads back' : 'Does not read back'}
        says={
          isRead ? 'Read again, it gives the conditions it was written from.' : 'Read again, it does not give the conditions it was written from: check it.'
        }
      />
      {comparison === 'failed' ? (
        <Proof holds={null} head="Verdicts not compared" says="Tests and events could not be judged now. It is tried again when the text changes." />
      ) : comparison?.to === to ? (
        <Compared comparison={comparison} />
      ) : (
        <Proof holds={null} head="Comparing verdicts …" says="Tests and events are being judged in both." />
      )}
    </div>
  );
}

function Compared({ comparison: { tests, made, samples, lostInJudging: also } }: { readonly comparison: Comparison }) {
  const kept = useStore((state) => state.doc.tests);
  return (
    <>
      <Judged
        judged={tests}
        also={also}
        of="test"
        none="The draft has none: keep samples as tests to compare verdicts."
        nameOf={(id) => kept.filter((test) => test.id === id).map((test) => `“${nameOfTest(test)}”`)[0] ?? ''}
      />
      <Judged
        judged={made}
        also={also}
        of="made event"
        none={`None could be made: ${made.withheld}.`}
        nameOf={(condition) => (condition === '' ? 'the one that fires' : `the one that fails at “${condition}”`)}
      />
      {samples.isTogether && samples.untold === 0 ? (
        <Proof
          holds={samples.differing === 0}
          head={`Samples ${samples.differing === 0 ? 'agree' : 'differ'}`}
          says={`The rule takes several events together: over all samples ${samples.differing === 0 ? 'both texts find something, or neither does' : 'one text finds something and the other does not'}.`}
        />
      ) : (
        <Judged
          judged={samples}
          also={also}
          of="sample"
          none="There are none: open events under Samples to compare verdicts."
          nameOf={(number) => `sample ${(Number(number) + 1).toLocaleString('en')}`}
        />
      )}
      <p>Verdicts are compared with fields by the draft’s names.</p>
    </>
  );
}

interface JudgedProps {
  readonly judged: Agreement;
  /** What is lost under the names that it was judged by, and not under those of the text. */
  readonly also: readonly string[];
  /** What was judged, in the singular. */
  readonly of: string;
  /** Why there is nothing to judge. */
  readonly none: string;
  readonly nameOf: (id: string) => string;
}

const MOST_NAMED = 3;

/** Verdicts of the rule and of its text beside each other. */
function Judged({ judged: { agree, differing, differ, untold }, also, of, none, nameOf }: JudgedProps) {
  const told = agree + differing;
  const left = untold === 0 ? '' : ` ${counted(untold, of)} cannot be judged in both.`;
  if (told === 0) return <Proof holds={null} head={`No ${of}s compared`} says={untold === 0 ? none : left.trim()} />;
  const named = differ.slice(0, MOST_NAMED).map(nameOf).join(', ');
  const [first, ...others] = differing === 0 ? [] : also;
  const why =
    first === undefined ? '' : ` Lost by the draft’s names alone: ${first}${others.length === 0 ? '' : `, and ${counted(others.length, 'thing')} more`}.`;
  const more = differing > MOST_NAMED ? ` and ${(differing - MOST_NAMED).toLocaleString('en')} more` : '';
  const sentence = `${agree.toLocaleString('en')} of ${counted(told, of)} ${agree === 1 ? 'gives' : 'give'} the same verdict in both.`;
  const head = `${of.charAt(0).toUpperCase()}${of.slice(1)}s ${differing === 0 ? 'agree' : 'differ'}`;
  return <Proof holds={differing === 0} head={head} says={`${sentence}${named === '' ? '' : ` Not: ${named}${more}.`}${why}${left}`} />;
}

/** `holds` null: it was not done. */
const Proof = ({ holds, head, says }: { readonly holds: boolean | null; readonly head: string; readonly says: string }) => (
  <div className={holds === null ? 'none' : holds ? 'ok' : 'warn'}>
    <b>
      <Icon name={holds === null ? 'none' : holds ? 'check' : 'warning'} size="small" />
      {head}
    </b>
    <span>{says}</span>
  </div>
);
