import { useActive } from '../../state/select';
import { setTab } from '../../state/settings';
import { useStore } from '../../state/store';
import { useFollowing } from '../../state/threads/conversion';
import { Banner } from '../../ui/Banner';
import { Empty } from '../../ui/Empty';
import { Disclosure } from '../../ui/layout/Disclosure';
import { useSingle } from '../../ui/useMedia';
import Converted from './Converted';
import { LossTable } from './LossTable';
import { Options } from './Options';
import { ProofStrip } from './ProofStrip';
import { Targets } from './Targets';
import './convert.css';

/** What the rule is written in, what is lost on the way and what proves it; the text stands beside the draft's, or here where there is no room for both. */
export function ConvertPanel() {
  useFollowing();
  const active = useActive();
  const { answer, trouble, heldSince } = useStore((state) => state.conversion);
  const isSingle = useSingle();
  if (active === null)
    return <Empty title="Nothing to convert yet">Write a rule above; here it stands in another language, with what is lost on the way.</Empty>;
  if (answer === null)
    return <Empty title={trouble === null ? 'Converting …' : 'Not converted'}>{trouble ?? 'The rule is being written in the other languages.'}</Empty>;
  return (
    <section className="convert" aria-label="Conversion">
      <div className="convert-targets">
        <Targets answer={answer} />
        {isSingle ? (
          <Disclosure title="Options">
            <Options answer={answer} />
          </Disclosure>
        ) : (
          <Options answer={answer} />
        )}
      </div>
      <div className="convert-result">
        {isSingle ? <Converted /> : null}
        {heldSince === null ? null : (
          <Banner kind="warning">
            The draft has an error: losses and proof are of its text from before it.{' '}
            <button type="button" className="link" onClick={() => setTab('problems')}>
              Problems
            </button>{' '}
            says where it is.
          </Banner>
        )}
        {trouble === null ? null : <p className="hint convert-whole">{trouble}</p>}
        <LossTable answer={answer} />
        <ProofStrip answer={answer} />
      </div>
    </section>
  );
}
