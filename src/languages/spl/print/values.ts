import type { FieldRef, GlobPart, Operand, Predicate, Refusal, Regex, Span, Unread } from '../../../model';
import { regexText } from '../lower/expressions';
import { isTimeBound } from '../lower/search';

/** A condition without the conjunctions and choices of one part around it. */
export const unwrapped = (predicate: Predicate): Predicate =>
  (predicate.kind === 'all' || predicate.kind === 'any') && predicate.of.length === 1 ? unwrapped(predicate.of[0]!) : predicate;

/** Where what cannot be said is noted while a predicate is printed. */
export type Refusals = Refusal[];

/** Notes why a part cannot be said; gives what stands for a text that is none. */
export function refuse(refusals: Refusals, { start, end }: Span, why: string): null {
  refusals.push({ span: { start, end }, why });
  return null;
}

/** A text in double quotes. */
export const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** A regular expression in double quotes, as it was written where that is known. */
export function quotedRegex({ text, written }: Regex): string {
  if (written !== undefined && regexText(written) === text && /^(?:[^"\\]|\\[^])*$/.test(written)) return `"${written}"`;
  return `"${text.replace(/\\(?=[\\"]|$)|"/g, '\\$&')}"`;
}

const RESERVED: ReadonlySet<string> = new Set('and or not xor in like contains true false null term case'.split(' '));
const isReserved = (name: string): boolean => RESERVED.has(name.toLowerCase());

/** A field's name where it is compared in a search. */
export function searchName(field: FieldRef, refusals: Refusals): string | null {
  const { name } = field;
  if (!isOwn(field, refusals)) return null;
  if (name === '') return refuse(refusals, field.span, 'a field without a name');
  return /^[A-Za-z_][\w.{}:@/-]*$/.test(name) && !isReserved(name) ? name : quoted(name);
}

/** A field's name in an expression. */
export function expressionName(field: FieldRef, refusals: Refusals): string | null {
  const { name } = field;
  if (!isOwn(field, refusals)) return null;
  if (/^[A-Za-z_]\w*$/.test(name) && !isReserved(name)) return name;
  return name === '' || /['"|\n]/.test(name) ? refuse(refusals, field.span, `the name ${name} in an expression`) : `'${name}'`;
}

/** What an earlier stage made is not there for a condition alone. */
function isOwn({ name, span, derived, of, made, member }: FieldRef, refusals: Refusals): boolean {
  // A member of a list that an earlier step took apart is no field of the event.
  const isMade = derived === true || made === true || member === true || (of !== undefined && !isTimeBound(name));
  if (isMade) refuse(refusals, span, `${name} is made by an earlier stage`);
  return !isMade;
}

/** A value in a search, where every star stands for any text and a network for what lies in it; `isNetwork`: that is meant. */
export function searchValue(value: Operand, refusals: Refusals, isNetwork = false): string | null {
  switch (value.kind) {
    case 'literal':
      if (value.type === 'number' && /^-?\d+(?:\.\d+)?$/.test(value.text)) return value.text;
      if (value.type !== 'string') return refuse(refusals, value.span, `a ${value.type} in a search`);
      if (value.text.includes('*')) return refuse(refusals, value.span, 'a star of its own in a search');
      return !isNetwork && NETWORK.test(value.text) ? refuse(refusals, value.span, 'a network as a text in a search') : quoted(value.text);
    case 'glob':
      return value.letters === 'percent' ? refuse(refusals, value.span, 'a pattern of like( )') : starred(value.parts, value.span, refusals);
    case 'time':
      return /^[\w@+:./-]+$/.test(value.text) ? value.text : quoted(value.text);
    case 'unread':
      return macroText(value) ?? refuse(refusals, value.span, 'a value that is not read');
    case 'field':
    case 'regex':
    case 'call':
    case 'list':
    case 'condition':
      return refuse(refusals, value.span, 'a comparison with something that is no text');
    default:
      return value satisfies never;
  }
}

const NETWORK = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]*:[\da-f:.]*)\/\d{1,3}$/i;

function starred(parts: readonly GlobPart[], span: Span, refusals: Refusals): string | null {
  let text = '';
  for (const part of parts) {
    if (part === 'any-run') text += '*';
    else if (part === 'any-char') return refuse(refusals, span, 'one character of any kind in a search');
    else if ('of' in part) return refuse(refusals, span, 'a pattern out of a field in a search');
    else if (part.text.includes('*')) return refuse(refusals, span, 'a star of its own in a search');
    else text += part.text;
  }
  return quoted(text);
}

/** The macro that an unread part is, as it is written; null for any other. */
export const macroText = ({ note }: Unread): string | null => /^(?:macro|the author's own filter) (`[^`]+`)$/.exec(note ?? '')?.[1] ?? null;
