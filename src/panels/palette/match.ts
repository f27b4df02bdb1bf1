/** Its words, in small letters, without the signs between them. */
const partsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}|]+/u)
    .filter((part) => part !== '');

/** How well words meet a name: 0 one is missing, 1 each stands in it, 2 each begins a word of it, 3 they begin it, 4 they are it. */
function quality(name: string, words: readonly string[]): number {
  const written = name.toLowerCase();
  if (!words.every((word) => written.includes(word))) return 0;
  const parts = partsOf(written);
  if (!words.every((word) => parts.some((part) => part.startsWith(word)))) return 1;
  const whole = words.join(' ');
  const all = parts.join(' ');
  return all === whole ? 4 : all.startsWith(whole) ? 3 : 2;
}

/** Characters that say which command is meant. */
const SAYING = 3;

/** What the typed words meet, the best first, equal ones in their own order; `isMeant`: every word begins one of its words. */
export function byMatch<T>(all: readonly T[], textOf: (one: T) => string, typed: string): readonly { readonly of: T; readonly isMeant: boolean }[] {
  const words = partsOf(typed);
  // What begins with a sign is a value (`/create`, `\net.exe`), whatever else it says.
  const isSaid = /^\s*[\p{L}\p{N}]/u.test(typed);
  return all
    .map((of) => ({ of, quality: quality(textOf(of), words) }))
    .filter((one) => one.quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map((one) => ({ of: one.of, isMeant: one.quality > 1 && isSaid && words.join('').length >= SAYING }));
}
