import type { Predicate, Printed } from '../../../model';
import { searchName, quotedRegex, type Refusals, unwrapped } from './values';
import { searchText } from './search';
import { whereText } from './where';

/** Conditions of one command; several commands filter one after another. */
interface Filter {
  readonly command: 'search' | 'where' | 'regex';
  readonly texts: string[];
}

/** The conjuncts in order, each in the words of a search where it can be, else as a regular expression or an expression of where. */
export function print(whole: Predicate): Printed {
  const predicate = unwrapped(whole);
  const filters: Filter[] = [];
  const refused: Refusals = [];
  const put = (command: Filter['command'], text: string): void => {
    const last = filters.at(-1);
    if (last?.command === command && command !== 'regex') last.texts.push(text);
    else filters.push({ command, texts: [text] });
  };
  const conjuncts = predicate.kind === 'all' && predicate.of.length > 0 ? predicate.of : [predicate];
  for (const conjunct of conjuncts) {
    const part = unwrapped(conjunct);
    const isChoice = (part.kind === 'any' || part.kind === 'all') && part.of.length > 1 && conjuncts.length > 1;
    const enclosed = (text: string): string => (isChoice ? `(${text})` : text);
    const asSearch = searchText(part, []);
    const asRegex = asSearch === null ? regexText(part) : null;
    const own: Refusals = [];
    if (asSearch !== null) put('search', enclosed(asSearch));
    else if (asRegex !== null) put('regex', asRegex);
    else {
      const asWhere = whereText(part, own);
      if (asWhere === null) for (const one of own) refused.push(one);
      else put('where', enclosed(asWhere));
    }
  }
  if (refused.length > 0) return { refused };
  const commands = filters.map(({ command, texts }, index) => {
    const text = texts.join(command === 'where' ? ' AND ' : ' ');
    return index === 0 && command === 'search' ? text : `| ${command} ${text}`;
  });
  return { text: commands.join(' ') };
}

/** `regex field="…"`, or `regex field!="…"`. */
function regexText(part: Predicate): string | null {
  const isNegated = part.kind === 'not';
  const test = part.kind === 'not' ? unwrapped(part.of) : part;
  if (test.kind !== 'test' || test.compare !== 'regex' || test.word !== 'regex_match' || test.missing !== 'false') return null;
  const [value] = test.values;
  const name = test.left?.kind === 'field' ? searchName(test.left, []) : null;
  if (name === null || value?.kind !== 'regex' || value.flags !== '' || value.whole !== undefined) return null;
  if ((test.case === 'fold') !== /^\(\?[a-z]*i/.test(value.text)) return null;
  return `${name}${isNegated ? '!=' : '='}${quotedRegex(value)}`;
}
