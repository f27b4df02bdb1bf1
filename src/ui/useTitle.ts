import { useEffect } from 'react';

/** Names the window while the component is there; the product's name follows. */
export function useTitle(name: string): void {
  useEffect(() => {
    document.title = name === '' ? 'Rulewright' : `${name} · Rulewright`;
    return () => {
      document.title = 'Rulewright';
    };
  }, [name]);
}
