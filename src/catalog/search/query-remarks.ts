import { FACETS, OPERATORS, type Facet, type Facets, type QueryRemark } from '../../model';
import { nearest } from '../../syntax/nearest';
import { ALTERNATIVES, KEYS, wordsIn, needleOf, tripleIn, type QueryWord } from './query';
import { matchCondition } from './match-conditions';
import type { SearchTexts } from './search-texts';

/** So many of a key's values are named. */
const NAMED = 12;

/** What in a search cannot mean what its writer thinks: keys that do not exist, keys with nothing behind them, quotes left open, values no rule has. */
export function remarksOn(texts: SearchTexts, facets: () => Facets, query: string): readonly QueryRemark[] {
  const words = wordsIn(query, texts.isField);
  return words.flatMap((word, index) => {
    if (!word.isClosed) return [remark(word.text, 'opens a quote that nothing closes: everything after it belongs to it.')];
    if (ALTERNATIVES.has(word.text)) return [remark(word.text, 'is looked for as a word: a search has no alternatives, all its parts must be found.')];
    if (word.text === 'NOT') return [];
    if (word.key === '') return [...minus(word), ...unknownKey(word)];
    if ((word.key === 'indicator' || word.key === 'exclusion') && word.value !== '' && tripleIn(word.value) === null)
      return [
        remark(word.text, `meets no rule: ${word.key}: takes a field, a comparison and a value in quotes, such as ${word.key}:"process_name eq net.exe".`),
      ];
    if (word.value === '') return emptyKey(word, words[index + 1]);
    return unmet(texts, facets, word);
  });
}

const remark = (part: string, says: string, instead: string | null = null): QueryRemark => ({ part, says, instead });

/** A minus leaves out rules of a key; before a plain word it may as well be a switch of a command. */
const minus = ({ text, isQuoted }: QueryWord): readonly QueryRemark[] =>
  isQuoted || !/^-[a-z]\w{3,}$/i.test(text) ? [] : [remark(text, 'is looked for as it stands, its hyphen too.', `NOT ${text.slice(1)}`)];

/** A word that looks like a key or a field with a value; drives and addresses do not. */
function unknownKey({ text, isQuoted }: QueryWord): readonly QueryRemark[] {
  const [, minus = '', key, sign, value] = (isQuoted ? null : /^(-?)([a-z@_][\w.@-]{2,})([:=])([^\\/:=].*)$/i.exec(text.replace(/^NOT /, ''))) ?? [];
  if (key === undefined) return [];
  const meant = nearest(key.toLowerCase(), KEYS);
  return [
    remark(
      text,
      `is looked for as it stands: there is no key “${key}${sign}”, and no rule compares a field of that name.`,
      meant === undefined ? null : `${minus}${meant}:${value}`,
    ),
  ];
}

/** The last part of a search may still be on its way. */
function emptyKey(word: QueryWord, next: QueryWord | undefined): readonly QueryRemark[] {
  if (next === undefined) return [];
  const isValue = next.key === '';
  return [
    remark(
      isValue ? `${word.text} ${next.text}` : word.text,
      `leaves “${word.key}:” empty: what it asks for must follow without a blank.`,
      isValue ? word.text + next.text : null,
    ),
  ];
}

const isFacet = (key: string): key is Facet => FACETS.some((facet) => facet === key);

/** A value that no rule has, of a key that has few. */
function unmet(texts: SearchTexts, facets: () => Facets, word: QueryWord): readonly QueryRemark[] {
  const { key, isNegated, text } = word;
  if (key === 'kind' && OPERATORS.some((name) => name === word.value.toLowerCase())) return [];
  if (key !== 'technique' && !isFacet(key)) return [];
  if (matchCondition(texts, { kind: 'column', column: key, needle: needleOf(word), isNegated }).some((mark) => mark > 0)) return [];
  if (key === 'technique') return [remark(text, 'meets no rule: none is tagged with a technique of this ID or name.')];
  const known = facets()[key].map(([value]) => value);
  const meant = nearest(word.value, known);
  const names = known.slice(0, NAMED).join(', ') + (known.length > NAMED ? ' …' : '');
  const says = key === 'kind' ? `meets no rule: it is no kind of rule (${names}) and no comparison.` : `meets no rule: a ${key} here is one of ${names}.`;
  return [remark(text, says, meant === undefined ? null : `${isNegated ? '-' : ''}${key}:${/\s/.test(meant) ? `"${meant}"` : meant}`)];
}
