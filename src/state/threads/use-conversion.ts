import { useEffect, useState } from 'react';
import type { ConversionAnswer } from '../../model';
import { useActive } from '../select';
import { askAnalysis } from './analysis';

/** The rule under the cursor in another language; the last answer while a newer is on its way, null before the first. */
export function useConversion(target: string, as: string | null): { readonly answer: ConversionAnswer | null; readonly error: string | null } {
  const active = useActive();
  const [held, setHeld] = useState<{ readonly answer: ConversionAnswer | null; readonly error: string | null }>({ answer: null, error: null });
  useEffect(() => {
    if (active === null) return undefined;
    let isWanted = true;
    const { analysed, index } = active;
    askAnalysis((api) => api.convert({ text: analysed.text, format: analysed.answer.format, index, target, as })).then(
      (answer) => isWanted && setHeld({ answer, error: null }),
      () => isWanted && setHeld((before) => ({ ...before, error: 'This rule could not be converted now. It is tried again when the text changes.' })),
    );
    return () => {
      isWanted = false;
    };
  }, [active, target, as]);
  return active === null ? { answer: null, error: null } : held;
}
