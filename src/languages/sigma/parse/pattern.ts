/** A Sigma string without its escapes; `wild` are the offsets of the `*` and `?` that are wildcards. */
export interface Pattern {
  readonly text: string;
  readonly wild: readonly number[];
}

const NO_WILD: readonly number[] = [];

/** A backslash escapes `*`, `?` and itself; before anything else, and at the end, it is a backslash. */
export function decodePattern(raw: string): Pattern {
  let first = 0;
  for (; first < raw.length; first++) {
    const unit = raw.charCodeAt(first);
    if (unit === 42 || unit === 63 || unit === 92) break;
  }
  if (first === raw.length) return { text: raw, wild: NO_WILD };
  const wild: number[] = [];
  let text = raw.slice(0, first);
  for (let i = first; i < raw.length; i++) {
    const unit = raw[i]!;
    if (unit === '\\') {
      const next = raw[i + 1];
      if (next === '*' || next === '?' || next === '\\') i++;
      text += next === '*' || next === '?' ? next : '\\';
    } else {
      if (unit === '*' || unit === '?') wild.push(text.length);
      text += unit;
    }
  }
  return { text, wild };
}

/** A text as Sigma writes it: wildcards and the backslashes before them escaped. The inverse of `decodePattern`. */
export function encodePattern(text: string, wild: readonly number[] = NO_WILD): string {
  let raw = '';
  let seen = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text[i]!;
    const next = text[i + 1];
    if (wild[seen] === i) {
      seen++;
      raw += unit;
    } else if (unit === '*' || unit === '?') raw += `\\${unit}`;
    else if (unit === '\\' && (next === '\\' || next === '*' || next === '?')) raw += '\\\\';
    else raw += unit;
  }
  return raw;
}

/** How a pattern is compared, by the place of its stars; outer stars are stripped but from a true wildcard. */
export interface Placed extends Pattern {
  readonly op: 'eq' | 'contains' | 'starts_with' | 'ends_with' | 'wildcard' | 'is_not_null';
}

/** `*x*` contains, `*x` ends with, `x*` starts with, an inner star or any `?` is a wildcard, stars alone mean presence. */
export function placePattern({ text, wild }: Pattern): Placed {
  if (wild.length === 0) return { op: 'eq', text, wild };
  const inner = stripStars({ text, wild }, true, true);
  if (inner.text === '' && text !== '') return { op: 'is_not_null', text, wild };
  if (inner.wild.length > 0) return { op: 'wildcard', text, wild };
  const leads = text[0] === '*' && wild[0] === 0;
  const trails = text[text.length - 1] === '*' && wild[wild.length - 1] === text.length - 1;
  return { op: leads ? (trails ? 'contains' : 'ends_with') : 'starts_with', ...inner };
}

/** The pattern with a wildcard star at its start and end where it has none. */
export function withStars({ text, wild }: Pattern, start: boolean, end: boolean): Pattern {
  const leads = start && !(wild[0] === 0 && text[0] === '*');
  const trails = end && !(text !== '' && wild[wild.length - 1] === text.length - 1 && text[text.length - 1] === '*');
  const shift = leads ? 1 : 0;
  const stars = wild.length === 0 || shift === 0 ? [...wild] : wild.map((offset) => offset + 1);
  if (leads) stars.unshift(0);
  if (trails) stars.push(text.length + shift);
  return { text: `${leads ? '*' : ''}${text}${trails ? '*' : ''}`, wild: stars };
}

/** The pattern without the wildcard stars at its start and end. */
function stripStars({ text, wild }: Pattern, start: boolean, end: boolean): Pattern {
  let from = 0;
  let to = text.length;
  let low = 0;
  let high = wild.length;
  if (start) for (; low < high && wild[low] === from && text[from] === '*'; from++) low++;
  if (end) for (; high > low && wild[high - 1] === to - 1 && text[to - 1] === '*'; to--) high--;
  if (from === 0 && to === text.length) return { text, wild };
  return { text: text.slice(from, to), wild: low === high ? NO_WILD : wild.slice(low, high).map((offset) => offset - from) };
}
