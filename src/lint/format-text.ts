import { meaningOf, sameTree } from '../logic/meaning';
import type { Analysis, Context, Format, HeldQuery, Rule, TextEdit } from '../model';
import { edited } from '../syntax/edits';

/** A document in its usual form, or why it stays as it is. */
export type Formatted = { readonly text: string } | { readonly refused: string };

/**
 * The document with every query in its language's usual form. Where one of them would then say something else, or lose a word or a comment, the whole
 * stays as it is. Written twice, nothing changes any more.
 */
export function formatText(text: string, format: Format, context: Context): Formatted {
  const edits: TextEdit[] = [];
  for (const query of format.queriesOf(text, context)) {
    const written = formatQuery(query, context);
    if ('refused' in written) return written;
    if (written.text === query.text) continue;
    const edit = query.rewrite(written.text);
    if (edit === null) return { refused: 'The query stands in quotes that cannot hold it over several lines, so it stays as it is.' };
    edits.push(edit);
  }
  const done = withLastLineEnd(edited(text, edits), text, format);
  return isSameDocument(text, done, format, context) ? { text: done } : { refused: DIFFERENT };
}

const DIFFERENT = 'Laid out in the usual form it would be read in another way, so it stays as it is.';

function formatQuery({ text, language }: HeldQuery, context: Context): Formatted {
  const before = language.analyse(text, context);
  const hasError = language.formatsErrors !== true && before.diagnostics.some(({ severity }) => severity === 'error');
  const laid = hasError ? null : (language.format?.(text, before.tokens) ?? null);
  if (laid === null) return { refused: 'It cannot be laid out before its form is sound: mend what Problems says first.' };
  const after = laid === text ? before : language.analyse(laid, context);
  return wordsOf(before, text) === wordsOf(after, laid) && isSameQuery(before, after) ? { text: laid } : { refused: DIFFERENT };
}

/** A query alone ends as text files do. */
const withLastLineEnd = (done: string, text: string, { id, language }: Format): string =>
  id !== language || done === '' || done.endsWith('\n') ? done : `${done}${text.includes('\r\n') ? '\r\n' : '\n'}`;

const isSameQuery = (a: Analysis, b: Analysis): boolean =>
  sameTree(a.predicate, b.predicate) &&
  JSON.stringify(a.stages.map(({ kind, role }) => [kind, role])) === JSON.stringify(b.stages.map(({ kind, role }) => [kind, role]));

/** Every word and comment in order, whatever its case and the blanks in it. */
const wordsOf = ({ tokens }: Analysis, text: string): string =>
  tokens.map(({ type, start, end }) => `${type} ${text.slice(start, end).replace(/\s+/g, ' ').trim().toLowerCase()}`).join('\n');

function isSameDocument(before: string, after: string, format: Format, context: Context): boolean {
  if (before === after) return true;
  const [was, is] = [format.open(before, context).rules, format.open(after, context).rules];
  return (
    was.length === is.length &&
    was.every((rule, index) => {
      const other = is[index]!;
      return isSameQuery(rule.analysis, other.analysis) && saidOf(rule.meta) === saidOf(other.meta);
    })
  );
}

/** What a container says about a rule, without its places; a description may hold the query, so blanks do not count. */
const saidOf = ({ places: _places, ...meta }: Rule['meta']): string => JSON.stringify(meaningOf(meta)).replace(/(?:\\[nrt]|\s)+/g, '');
