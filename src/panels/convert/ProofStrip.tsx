import type { Agreement, ConversionAnswer } from '../../model';
import { nameOfTest } from '../../state/threads/tests';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { counted } from '../format';

/** What was done to prove the text: it was read again, and the draft's tests and events made of it were judged in both. */
export function ProofStrip({ answer }: { readonly answer: ConversionAnswer }) {
  const { text, proof } = answer.conversion;
  if (text === null) return null;
  return (
    <div className="convert-proof">
      <Proof
        holds={proof.readsBack}
        head={proof.readsBack ? 'Reads back' : 'Does not read back'}
        says={
          proof.readsBack
            ? 'Read again, it gives the conditions it was written from.'
            : 'Read again, it does not give the conditions it was written from: check it.'
        }
      />
      <Tests tests={answer.tests} also={answer.lostInJudging} />
      <Made made={answer.made} also={answer.lostInJudging} />
    </div>
  );
}

function Tests({ tests, also }: { readonly tests: Agreement } & Pick<JudgedProps, 'also'>) {
  const kept = useStore((state) => state.doc.tests);
  return (
    <Judged
      judged={tests}
      also={also}
      of="test"
      none="The draft has none: keep samples as tests to compare verdicts."
      nameOf={(id) => kept.filter((test) => test.id === id).map((test) => `“${nameOfTest(test)}”`)[0] ?? ''}
    />
  );
}

const Made = ({ made, also }: Pick<ConversionAnswer, 'made'> & Pick<JudgedProps, 'also'>) => (
  <Judged
    judged={made}
    also={also}
    of="made event"
    none={`None could be made: ${made.withheld}.`}
    nameOf={(condition) => (condition === '' ? 'the one that fires' : `the one that fails at “${condition}”`)}
  />
);

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
function Judged({ judged: { agree, differ, untold }, also, of, none, nameOf }: JudgedProps) {
  const told = agree + differ.length;
  const left = untold === 0 ? '' : ` ${counted(untold, of)} cannot be judged in both.`;
  if (told === 0) return <Proof holds={null} head={`No ${of}s compared`} says={untold === 0 ? none : left.trim()} />;
  const named = differ.slice(0, MOST_NAMED).map(nameOf).join(', ');
  const [first, ...others] = differ.length === 0 ? [] : also;
  const why = first === undefined ? '' : ` Lost by those names alone: ${first}${others.length === 0 ? '' : `, and ${counted(others.length, 'thing')} more`}.`;
  const more = differ.length > MOST_NAMED ? ` and ${differ.length - MOST_NAMED} more` : '';
  const sentence = `${agree} of ${counted(told, of)} ${agree === 1 ? 'gives' : 'give'} the same verdict in both, fields by the draft’s names.`;
  const head = `${of.charAt(0).toUpperCase()}${of.slice(1)}s ${differ.length === 0 ? 'agree' : 'differ'}`;
  return <Proof holds={differ.length === 0} head={head} says={`${sentence}${named === '' ? '' : ` Not: ${named}${more}.`}${why}${left}`} />;
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
