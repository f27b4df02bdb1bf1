import { useEffect, useState } from 'react';
import { useAfter } from './useAfter';

const SETTLED = 300;

/**
 * What is typed, and how to type: it stands until the address says something else, and goes into the address when the typing pauses, or before whatever may
 * lead elsewhere, so that who comes back finds it.
 */
export function useAddressed(addressed: string, onSettled: (text: string) => void): readonly [text: string, change: (text: string) => void] {
  const [typed, setTyped] = useState({ at: addressed, text: addressed });
  const settle = useAfter();
  useEffect(() => {
    const mayLead = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || event.key === 'Enter') settle.now();
    };
    for (const kind of ['click', 'keydown']) window.addEventListener(kind, mayLead, { capture: true });
    return () => {
      for (const kind of ['click', 'keydown']) window.removeEventListener(kind, mayLead, { capture: true });
    };
  }, [settle]);
  const text = typed.at === addressed || typed.text.trim() === addressed ? typed.text : addressed;
  const change = (next: string): void => {
    setTyped({ at: addressed, text: next });
    const here = location.hash;
    // Who has gone elsewhere meanwhile is not fetched back.
    settle.run(SETTLED, () => location.hash === here && onSettled(next.trim()));
  };
  return [text, change];
}
