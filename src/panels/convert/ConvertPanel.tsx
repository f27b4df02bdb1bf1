import { useState } from 'react';
import { useActive } from '../../state/select';
import { useConversion } from '../../state/threads/use-conversion';
import { Empty } from '../../ui/Empty';
import { ConvertedText } from './ConvertedText';
import { LossTable } from './LossTable';
import { Targets } from './Targets';
import './convert.css';

/** The rule in another language beside what is lost on the way; it follows the draft while that is edited. */
export function ConvertPanel() {
  const active = useActive();
  const [target, setTarget] = useState('');
  const [container, setContainer] = useState('');
  const { answer, error } = useConversion(target, container === '' ? null : container);
  if (active === null)
    return <Empty title="Nothing to convert yet">Write a rule above; here it stands in another language, with what is lost on the way.</Empty>;
  if (answer === null)
    return <Empty title={error === null ? 'Converting …' : 'Not converted'}>{error ?? 'The rule is being written in the other languages.'}</Empty>;
  return (
    <div className="convert">
      <Targets answer={answer} container={container} chosen={target === '' ? answer.conversion.to : target} onTarget={setTarget} onContainer={setContainer} />
      <div className="convert-result">
        {error === null ? null : <p className="hint">{error}</p>}
        <ConvertedText answer={answer} title={active.report.rule.meta.title} />
        <LossTable conversion={answer.conversion} label={answer.targets.find(({ id }) => id === answer.conversion.to)?.label ?? ''} />
      </div>
    </div>
  );
}
