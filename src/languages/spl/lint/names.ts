import type { Test } from '../../../model';
import { nearest } from '../../../syntax/nearest';
import { type Finding, oddInWords } from '../../../syntax/query-check';
import { fixOf } from '../parse/reader';
import { FIELDS } from '../parse/search-slips';
import { check, visit } from './visit';

/** Fields of what is read that are one slip away from one there is: `CommandLne`, `Eventcode`. */
export const unknownField = check('spl/unknown-field', (text, { stages }) => {
  const found: Finding[] = [];
  const told = new Set<string>();
  const test = ({ left, macro }: Test): void => {
    if (left?.kind !== 'field' || left.derived === true || macro !== undefined || told.has(left.name) || told.size > MOST_NAMES) return;
    const { name, span } = left;
    told.add(name);
    if (name.length < SHORTEST_NAME || KNOWN_NAMES.has(name.toLowerCase()) !== (name.toLowerCase() === 'eventcode') || FIELDS.has(name)) return;
    const meant = nearest(name, LONG_NAMES);
    // Another convention writes `failure_reason` or `loginType`: no slip.
    if (
      meant === undefined ||
      meant[0] !== name[0] ||
      !/^\w+$/.test(name) ||
      (plain(meant) === plain(name) && name.toLowerCase() !== 'eventcode') ||
      text.slice(span.start, span.end) !== name
    )
      return;
    found.push({ span, message: `No field ${name} is known; ${meant} was probably meant.`, fix: fixOf(`Write ${meant}`, span, meant) });
  };
  visit(stages.filter(({ kind }) => kind === 'search').slice(0, 1), { test });
  return found;
});

/** A word on the right of an expression's equals sign that stands nowhere else in the query and is no field anyone knows: a text was probably meant. */
export const textWithoutQuotes = check('spl/text-without-quotes', (text, { stages }) => {
  const found: Finding[] = [];
  const test = ({ word, values, macro }: Test): void => {
    const [value] = values;
    if (word !== 'field_eq' || value?.kind !== 'field' || value.derived === true || macro !== undefined || found.length > MOST_NAMES) return;
    const { name, span } = value;
    if (!/^[A-Za-z][a-z]+$/.test(name) || KNOWN_NAMES.has(name.toLowerCase()) || text.slice(span.start, span.end) !== name) return;
    if (text.split(new RegExp(`\\b${name}\\b`, 'i')).length > 2) return;
    found.push({
      span,
      message: `Without quotes ${name} is a field here, and nothing in this search makes it: a text is "${name}".`,
      fix: fixOf(`Write "${name}"`, span, `"${name}"`),
    });
  };
  visit(stages, { test });
  return found;
});

const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** Shorter names are words of anyone's. */
const SHORTEST_NAME = 8;
/** More names in one query than these are not looked for. */
const MOST_NAMES = 100;
const LONG_NAMES: readonly string[] = [...FIELDS].filter((name) => name.length >= SHORTEST_NAME && !name.includes('.'));
const KNOWN_NAMES: ReadonlySet<string> = new Set([...FIELDS].map((name) => name.toLowerCase()));

// Curly double quotes are told where the query is read.
export const oddCharacters = check('spl/odd-character', (text, analysis) => oddInWords(text, analysis).filter(({ span }) => !/[“”„]/.test(text[span.start]!)));
