const dark = window.matchMedia('(prefers-color-scheme: dark)');
const forced = window.matchMedia('(forced-colors: active)');

/** Whether the reader's system gives every colour, in place of the tokens. */
export const isForced = (): boolean => forced.matches;

/** Whether the dark theme shows now: by the system where it gives the colours, else by `data-theme` on the root, else by the system. */
export function isDark(): boolean {
  if (isForced()) return dark.matches;
  const set = document.documentElement.dataset['theme'];
  return set === undefined ? dark.matches : set === 'dark';
}

/** A colour token as `#rrggbb` in the theme that shows, for those who cannot read custom properties. */
export function tokenColour(name: `--${string}`): string {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const channels = getComputedStyle(probe).color.match(/\d+(\.\d+)?/g) ?? [];
  probe.remove();
  return `#${channels
    .slice(0, 3)
    .map((channel) => Math.round(Number(channel)).toString(16).padStart(2, '0'))
    .join('')}`;
}

/** A size token in pixels, for those who must count with it. */
export const tokenSize = (name: `--${string}`): number => Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name)) || 0;

/** Calls the listener after the theme changed, by hand or by the system; returns what stops it. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  for (const query of [dark, forced]) query.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    for (const query of [dark, forced]) query.removeEventListener('change', listener);
  };
}
