import { useEffect, useRef } from 'react';
import type { ConversionAnswer } from '../../model';
import { hasFocus, wishFor } from '../../state/threads/conversion';
import { useStore } from '../../state/store';
import { counted } from '../format';

type Target = ConversionAnswer['targets'][number];

const lossesOf = ({ losses, isRefused }: Target): string =>
  isRefused ? 'cannot be said' : losses === 0 ? 'nothing lost' : losses === 1 ? '1 loss' : counted(losses, 'loss', 'losses');

/** The languages, each with what it would lose, under whose they are. */
export function Targets({ answer }: { readonly answer: ConversionAnswer }) {
  const { target } = useStore((state) => state.conversion.wish);
  const wantsFocus = useStore((state) => state.conversion.wantsFocus);
  const choice = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!wantsFocus) return;
    choice.current?.focus();
    hasFocus();
  }, [wantsFocus]);
  // Its answer may still be on its way.
  const chosen = target === '' ? answer.conversion.to : target;
  return (
    <fieldset>
      <legend className="sr">Written in</legend>
      {[...new Set(answer.targets.map(({ group }) => group))].map((group) => (
        <div key={group} className="convert-group">
          <span className="label">{group}</span>
          {answer.targets
            .filter((one) => one.group === group)
            .map((one) => (
              <label key={one.id} className={one.id === chosen ? 'convert-target is-chosen' : 'convert-target'}>
                <input
                  ref={one.id === chosen ? choice : undefined}
                  type="radio"
                  name="convert-target"
                  value={one.id}
                  checked={one.id === chosen}
                  onChange={() => wishFor({ target: one.id })}
                />
                <span>{one.label}</span>
                <span className="label">{lossesOf(one)}</span>
              </label>
            ))}
        </div>
      ))}
    </fieldset>
  );
}
