import type { Span } from '../../model';

/** A fenced block: its first line's word, what stands in it, and the heading above it. */
export interface Fence {
  /** From the opening fence to the end of the closing one. */
  readonly span: Span;
  readonly body: Span;
  /** The word after the opening fence, in small letters; '' when there is none. */
  readonly info: string;
  readonly heading: string;
}

/** A heading with its level. */
export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly span: Span;
  /** What stands under it, up to the next heading. */
  readonly body: Span;
}

export interface Outline {
  readonly fences: readonly Fence[];
  readonly headings: readonly Heading[];
}

const OPENING = /^[ \t>]*(`{3,}|~{3,})([^`\n]*)$/;
const HEADING = /^ {0,3}(#{1,6})[ \t](.*)$/;

/** The headings and fenced blocks of a Markdown text, in order. Linear. A fence that is never closed reaches to the text's end. */
export function outlineOf(text: string): Outline {
  const fences: Fence[] = [];
  const headings: { level: number; text: string; span: Span; end: number }[] = [];
  let open: { start: number; body: number; mark: string; info: string } | null = null;
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    const line = text.slice(at, newline < 0 ? text.length : newline).replace(/\r$/, '');
    const fence = OPENING.exec(line);
    if (open !== null) {
      if (fence !== null && closes(fence, open)) {
        fences.push({
          span: { start: open.start, end: at + line.length },
          body: { start: open.body, end: at },
          info: open.info,
          heading: headings.at(-1)?.text ?? '',
        });
        open = null;
      } else if (at === open.body && open.info !== '' && line.trim().toLowerCase() === open.info) {
        // Pages made by a program say the word once more.
        open.body = next;
      }
    } else if (fence !== null) {
      open = { start: at, body: next, mark: fence[1]!, info: wordOf(fence[2]!) };
    } else {
      const heading = HEADING.exec(line);
      if (heading !== null) {
        const last = headings.at(-1);
        if (last !== undefined) last.end = at;
        headings.push({ level: heading[1]!.length, text: plainText(heading[2]!), span: { start: at, end: at + line.length }, end: text.length });
      }
    }
    at = next;
  }
  if (open !== null)
    fences.push({
      span: { start: open.start, end: text.length },
      body: { start: open.body, end: text.length },
      info: open.info,
      heading: headings.at(-1)?.text ?? '',
    });
  return { fences, headings: headings.map(({ end, ...heading }) => ({ ...heading, body: { start: heading.span.end, end } })) };
}

const wordOf = (info: string): string =>
  info
    .trim()
    .split(/[\s{,]/, 1)[0]!
    .toLowerCase();

/** A fence closes one of its own kind. Authors also close with the word they opened with: that begins no block inside a block. */
function closes([, mark = '', info = '']: RegExpExecArray, open: { readonly mark: string; readonly info: string }): boolean {
  if (mark[0] !== open.mark[0] || mark.length < open.mark.length) return false;
  return info.trim() === '' || languageOfWord(wordOf(info)) !== null;
}

const WORDS: Readonly<Record<string, string>> = {
  kql: 'kusto',
  kusto: 'kusto',
  csl: 'kusto',
  kkql: 'kusto',
  kuery: 'kusto',
  spl: 'spl',
  splunk: 'spl',
  eql: 'eql',
  esql: 'esql',
  'es|ql': 'esql',
  lucene: 'lucene',
};

/** The words that name a language best, as blocks are usually called. */
export const FENCE_WORDS: readonly string[] = ['kql', 'spl', 'eql', 'esql', 'lucene'];

/** The language that a block's word names; null where it names none of ours. Hunting pages write Kusto in blocks called kuery. */
export const languageOfWord = (info: string): string | null => (Object.hasOwn(WORDS, info) ? WORDS[info]! : null);

/** What a title may have. */
const MOST_CHARACTERS = 500;

/** A heading without the marks of emphasis, code and links, and those that close it. */
const plainText = (text: string): string =>
  text
    .trim()
    .slice(0, MOST_CHARACTERS)
    .replace(/(?<!#)#+$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}/g, (mark, at: number, whole: string) =>
      mark.includes('_') && /\w/.test(whole[at - 1] ?? '') && /\w/.test(whole[at + mark.length] ?? '') ? mark : '',
    )
    .trim();
