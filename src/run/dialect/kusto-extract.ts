import { refused, type Evaluate, type Row } from '../dialect';
import type { ExtractStep, Extractor } from '../pipeline-dialect';
import { type Value } from '../value';
import { kustoText, kustoTyped } from './kusto-values';

/** Cuts columns out of texts: pairs of keys and values. */
export function kustoExtractor(operation: ExtractStep, from: Evaluate, _pattern: string | null): Extractor | null {
  return operation.how === 'parse-kv' ? pairs(operation, from) : null;
}

/** `parse-kv`: the values of the named keys, by the delimiters given. */
function pairs(operation: ExtractStep, from: Evaluate): Extractor {
  const options = new Map((operation.options ?? []).map(({ name, value }) => [name, value]));
  for (const name of options.keys()) if (!['pair_delimiter', 'kv_delimiter', 'quote', 'escape', 'greedy'].includes(name)) throw refused(`the option \`${name}\``);
  if (/true/i.test(options.get('greedy') ?? '')) throw refused('the option `greedy`');
  const { pair, kv, quotes, escape } = { pair: options.get('pair_delimiter'), kv: options.get('kv_delimiter'), quotes: options.get('quote'), escape: options.get('escape') };
  return (row: Row) => {
    const found = pairsIn(kustoText(from(row)), pair, kv, quotes, escape);
    const made: Record<string, Value> = Object.create(null);
    for (const { name, type = 'string' } of operation.makes) made[name] = kustoTyped(found.get(name) ?? null, type);
    return made;
  };
}

/** Pairs by their delimiters; without any given, words parted by what is no word. */
function pairsIn(text: string, pair: string | undefined, kv: string | undefined, quotes: string | undefined, escape: string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const put = (key: string, value: string): void => {
    if (!found.has(key)) found.set(key, value);
  };
  if (pair === undefined && kv === undefined) throw refused('`parse-kv` without delimiters');
  const [open, close] = quotes === undefined ? [undefined, undefined] : [quotes[0], quotes[1] ?? quotes[0]];
  const by = kv ?? '=';
  let at = 0;
  while (at < text.length) {
    const middle = text.indexOf(by, at);
    if (middle < 0) break;
    const key = text.slice(at, middle);
    at = middle + by.length;
    let value = '';
    if (open !== undefined && text[at] === open) {
      at++;
      while (at < text.length && text[at] !== close) {
        if (escape !== undefined && escape !== '' && text.startsWith(escape, at) && at + escape.length < text.length) at += escape.length;
        value += text[at++];
      }
      at++;
      const next = pair === undefined ? -1 : text.indexOf(pair, at);
      at = next < 0 ? text.length : next + pair!.length;
    } else {
      const next = pair === undefined ? -1 : text.indexOf(pair, at);
      value = text.slice(at, next < 0 ? text.length : next);
      at = next < 0 ? text.length : next + pair!.length;
    }
    put(pair === undefined ? key.trim() : key.slice(key.lastIndexOf(pair) + 1 > 0 ? key.lastIndexOf(pair) + pair.length : 0).trim(), value);
  }
  return found;
}

