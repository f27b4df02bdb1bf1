import type { ConversionAnswer } from '../../model';
import { Select } from '../../ui/Select';
import { counted } from '../format';

interface TargetsProps {
  readonly answer: ConversionAnswer;
  /** The target's ID; its answer may still be on its way. */
  readonly chosen: string;
  readonly container: string;
  readonly onTarget: (id: string) => void;
  readonly onContainer: (id: string) => void;
}

const lossesOf = ({ losses, isRefused }: ConversionAnswer['targets'][number]): string =>
  isRefused ? 'cannot be said' : losses === 0 ? 'nothing lost' : losses === 1 ? '1 loss' : counted(losses, 'loss', 'losses');

/** The languages with what each would lose, and what the text is put into. */
export function Targets({ answer, chosen, container, onTarget, onContainer }: TargetsProps) {
  return (
    <div className="convert-targets">
      <fieldset>
        <legend className="label">Written in</legend>
        {answer.targets.map((target) => (
          <label key={target.id} className={target.id === chosen ? 'convert-target is-chosen' : 'convert-target'}>
            <input type="radio" name="convert-target" value={target.id} checked={target.id === chosen} onChange={() => onTarget(target.id)} />
            <span>{target.label}</span>
            <span className="label">{lossesOf(target)}</span>
          </label>
        ))}
      </fieldset>
      {answer.containers.length === 0 ? null : (
        <div className="convert-container">
          <span className="label">Written as</span>
          <Select
            label="Written as"
            value={answer.containers.some(({ id }) => id === container) ? container : ''}
            options={[{ value: '', name: 'The query alone' }, ...answer.containers.map(({ id, label }) => ({ value: id, name: label }))]}
            onChange={onContainer}
          />
        </div>
      )}
    </div>
  );
}
