import type { Suggestion } from '../model';

/**
 * The suggestions that what was typed may begin, letters' case aside: those whose label begins with it first, then those of which a part does,
 * or further words; where none does, all of them, for the editor to judge.
 */
export function fitting(items: readonly Suggestion[], typed: string): readonly Suggestion[] {
  const start = typed.toLowerCase();
  if (start === '') return items;
  const whole = items.filter(({ label }) => label.toLowerCase().startsWith(start));
  // One letter begins a part of nearly everything.
  const parts =
    start.length < 2
      ? []
      : items.filter(({ label, also = '' }) => {
          const written = label.toLowerCase();
          return !written.startsWith(start) && (beginsPart(label, written, start) || beginsPart(also, also.toLowerCase(), start));
        });
  return whole.length + parts.length > 0 ? [...whole, ...parts] : items;
}

/** A part begins behind a sign, or with a capital. */
function beginsPart(written: string, lower: string, start: string): boolean {
  for (let at = lower.indexOf(start); at >= 0; at = lower.indexOf(start, at + 1))
    if (at === 0 || !/[a-z0-9]/.test(lower[at - 1]!) || (written[at] !== lower[at] && written[at - 1] === lower[at - 1])) return true;
  return false;
}
