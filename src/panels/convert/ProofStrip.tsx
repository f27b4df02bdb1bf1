import type { ConversionAnswer } from '../../model';
import { nameOfTest } from '../../state/threads/tests';
import { useStore } from '../../state/store';
import { Icon } from '../../ui/Icon';
import { counted } from '../format';

/** What was done to prove the text: it was read again, and the draft's tests were judged in both. */
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
      <Tests tests={answer.tests} />
    </div>
  );
}

function Tests({ tests: { agree, differ, untold } }: { readonly tests: ConversionAnswer['tests'] }) {
  const kept = useStore((state) => state.doc.tests);
  const told = agree + differ.length;
  const left = untold === 0 ? '' : ` ${counted(untold, 'test')} cannot be judged in both.`;
  if (told === 0)
    return <Proof holds={null} head="No tests compared" says={untold === 0 ? 'The draft has none: keep samples as tests to compare verdicts.' : left.trim()} />;
  const names = differ.flatMap((id) => kept.filter((test) => test.id === id)).map((test) => `“${nameOfTest(test)}”`);
  return (
    <Proof
      holds={differ.length === 0}
      head={differ.length === 0 ? 'Tests agree' : 'Tests differ'}
      says={`${agree} of ${counted(told, 'test')} ${agree === 1 ? 'gives' : 'give'} the same verdict in both, fields by the draft’s names.${names.length === 0 ? '' : ` Not: ${names.join(', ')}.`}${left}`}
    />
  );
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
