import { refused, type Evaluate, type Row } from '../dialect';
import type { ExtractStep, Extractor } from '../pipeline-dialect';
import { regexOf } from '../regex';
import { type Value } from '../value';
import { pairs } from './kusto-pairs';
import { kustoText, kustoTyped } from './kusto-values';

/** Cuts columns out of texts: pairs of keys and values. */
export function kustoExtractor(operation: ExtractStep, from: Evaluate, _pattern: string | null): Extractor | null {
  if (operation.how === 'parse-kv') return pairs(operation, from);
  return operation.how === 'parse' || operation.how === 'parse-where' ? parsed(operation, from) : null;
}

/** A piece of a `parse` pattern: plain text, any text, or a column with the form its type has. */
type Piece = { readonly text: string } | 'any' | { readonly name: string; readonly type: string };

/** What a column of a type takes of the text where it stands; other types take all up to the next plain text. */
const FORMS: ReadonlyMap<string, RegExp> = new Map([
  ['long', /^\s*[-+]?\d+/],
  ['int', /^\s*[-+]?\d+/],
  ['real', /^\s*[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/],
  ['double', /^\s*[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/],
  ['decimal', /^\s*[-+]?\d+(?:\.\d+)?/],
]);

/** `parse s with * "a=" x:long "," *`: the columns in order between plain texts; nothing where the whole does not fit. */
function parsed(operation: ExtractStep, from: Evaluate): Extractor {
  const options = new Map((operation.options ?? []).map(({ name, value }) => [name, value]));
  for (const name of options.keys()) if (name !== 'kind' && name !== 'flags') throw refused(`the option \`${name}\``);
  const kind = options.get('kind') ?? 'simple';
  if (operation.pattern?.kind !== 'list') throw refused('a pattern that is no list');
  const types = new Map(operation.makes.toReversed().map(({ name, type }) => [name, type]));
  const pieces = operation.pattern.of.map((part): Piece => {
    if (part.kind === 'literal') return { text: part.text };
    if (part.kind === 'glob') return 'any';
    if (part.kind !== 'field') throw refused('a pattern with an expression in it');
    return { name: part.name, type: types.get(part.name) ?? 'string' };
  });
  if (kind !== 'simple' && kind !== 'relaxed' && kind !== 'regex') throw refused(`\`parse kind=${kind}\``);
  if (options.has('flags') && kind !== 'regex') throw refused('the option `flags`');
  const drops = operation.how === 'parse-where';
  const cut =
    kind === 'regex'
      ? regexCut(pieces, options.get('flags') ?? '')
      : (text: string): ReadonlyMap<string, Value> | null => fitted(text, pieces, kind === 'relaxed');
  return (row: Row) => {
    const found = cut(kustoText(from(row)));
    if (found === null && drops) return 'drop';
    const made: Record<string, Value> = Object.create(null);
    for (const { name, type = 'string' } of operation.makes) made[name] = found?.get(name) ?? (type === 'string' ? '' : null);
    return made;
  };
}

/** The same where the plain texts are regexes: a column takes as much as it can, or what its type is written as. The whole must fit. */
function regexCut(pieces: readonly Piece[], flags: string): (text: string) => ReadonlyMap<string, Value> | null {
  if (!/^[imsU]*$/.test(flags)) throw refused(`the flags \`${flags}\``);
  const columns = pieces.flatMap((piece) => (typeof piece === 'object' && 'name' in piece ? [piece] : []));
  let column = 0;
  const pattern = pieces
    .map((piece) => (piece === 'any' ? '.*?' : 'text' in piece ? piece.text : `(?P<column${column++}>${FORMS.get(piece.type)?.source.slice(1) ?? '.*'})`))
    .join('');
  const ready = regexOf({ text: `${flags === '' ? '' : `(?${flags})`}^${pattern}$`, dialect: 're2', flags: '' }, false);
  if (ready.refused !== undefined) throw refused(ready.refused);
  return (text) => {
    const matcher = ready.re.matcher(text);
    if (!matcher.find()) return null;
    return new Map(
      columns.map(({ name, type }, at) => {
        const raw = matcher.group(`column${at}`) ?? '';
        return [name, kustoTyped(type === 'string' ? raw : raw.trim(), type)] as const;
      }),
    );
  };
}

/** The columns of a text that fits the pattern from end to end. */
function fitted(text: string, pieces: readonly Piece[], isRelaxed: boolean): ReadonlyMap<string, Value> | null {
  const found = new Map<string, Value>();
  let at = 0;
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index]!;
    if (typeof piece === 'object' && 'text' in piece) {
      if (!text.startsWith(piece.text, at)) return null;
      at += piece.text.length;
      continue;
    }
    const next = pieces[index + 1];
    const form = piece === 'any' ? undefined : FORMS.get(piece.type)?.exec(text.slice(at))?.[0];
    let end = text.length;
    if (next !== undefined && typeof next === 'object' && 'text' in next) {
      end = form !== undefined && text.startsWith(next.text, at + form.length) ? at + form.length : text.indexOf(next.text, at);
      if (end < 0) return null;
    } else if (next !== undefined) {
      if (piece === 'any') end = at;
      else if (FORMS.has(piece.type)) {
        if (form === undefined) return null;
        end = at + form.length;
      }
    }
    if (piece !== 'any') {
      const raw = text.slice(at, end);
      const value = kustoTyped(piece.type === 'string' ? raw : raw.trim(), piece.type);
      if (value === null && !isRelaxed) return null;
      found.set(piece.name, value);
    }
    at = end;
  }
  return at === text.length || pieces.at(-1) === 'any' ? found : null;
}
