import { ParseError, parseTOML, type AST } from 'toml-eslint-parser';
import type { Diagnostic, Span, Token } from '../../model';
import { addParsed, growthOf, type Growth } from './nodes';
import type { ElasticDiagnostic } from './diagnostics';
import { statementsOf, type Statement } from './statements';
import { tableAt, type TableNode } from './tree';

/** A document, read: the root table, the editor's tokens in order, and what is wrong with its form. */
interface ReadDocument {
  readonly root: TableNode;
  readonly tokens: readonly Token[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads TOML with places. Total: a text the parser does not take is read statement by statement, each repaired as far as it can be;
 * a statement that cannot is remarked and left out, an open text ends before the next table header.
 */
export function readToml(text: string): ReadDocument {
  const { statements, comments, diagnostics } = statementsOf(text);
  const whole = statements.some(({ isTooMuch }) => isTooMuch) ? null : parse(text.replace(/^\uFEFF/, ' '));
  if (whole !== null && 'program' in whole) {
    const growth = growthOf(text, []);
    addParsed(growth, whole.program, { start: 0, end: text.length });
    return documentOf(
      growth,
      whole.program.comments.map(({ range: [start, end] }) => ({ start, end })),
    );
  }
  const growth = growthOf(text, diagnostics);
  addStatements(growth, statements);
  // The parser minds some things that do no harm to a statement, such as a table that was a list before.
  if (whole !== null && growth.diagnostics.length === 0) growth.diagnostics.push(remarkOf(text, whole, { start: 0, end: text.length }));
  return documentOf(growth, comments);
}

function documentOf({ root, tokens, diagnostics }: Growth, comments: readonly Span[]): ReadDocument {
  diagnostics.sort((a, b) => a.span.start - b.span.start);
  const remarks = comments.map(({ start, end }): Token => ({ type: 'comment', start, end }));
  return { root, tokens: apart([...remarks, ...tokens].sort((a, b) => a.start - b.start)), diagnostics };
}

/** Tokens in order without those that begin inside one before: a repair may have written a bracket where a comment stands. */
function apart(tokens: readonly Token[]): readonly Token[] {
  let last = 0;
  return tokens.filter(({ start, end }) => {
    if (start < last) return false;
    last = end;
    return true;
  });
}

interface Failure {
  readonly at: number;
  readonly reason: string;
}

function parse(source: string): { readonly program: AST.TOMLProgram } | Failure {
  try {
    // A zero that ends the text would have no digits.
    return { program: parseTOML(source.endsWith('0') ? `${source}\n` : source) };
  } catch (error) {
    return error instanceof ParseError ? { at: error.index, reason: error.message } : { at: 0, reason: '' };
  }
}

/** Remarks after which the rest of a document is left out: it is no TOML, and a broken line costs far more than one that is read. */
const MAX_REMARKS = 500;
/** Repairs of one statement; one that is wrong in more places is left out. */
const MAX_REPAIRS = 10;

function addStatements(growth: Growth, statements: readonly Statement[]): void {
  const most = growth.diagnostics.length + MAX_REMARKS;
  for (const statement of statements) {
    if (growth.diagnostics.length >= most) {
      const message = 'Too much is wrong above: the text is not read from here on.';
      growth.diagnostics.push({ code: 'elastic/syntax', severity: 'error', span: { start: statement.start, end: statement.end }, message });
      return;
    }
    if (!statement.isTooMuch) addStatement(growth, statement);
  }
}

/** Reads one statement, on which the parser is tried again after each repair. No repair moves a character. */
function addStatement(growth: Growth, statement: Statement): void {
  let source = sourceOf(growth.text, statement);
  for (let repairs = 0; ; repairs++) {
    const parsed = parse(source);
    if ('program' in parsed) {
      addParsed(growth, parsed.program, statement);
      return;
    }
    // What was left open is remarked already.
    const isRemarked = statement.missing !== '' && parsed.at >= statement.end - statement.start;
    if (!isRemarked) growth.diagnostics.push(remarkOf(growth.text, parsed, statement));
    const repaired = repairs < MAX_REPAIRS ? repairedAt(source, parsed) : null;
    if (repaired === null || repaired === source) {
      // What follows a header that cannot be read belongs to no table that can.
      if (/^\[\[?[ \t]*\w/.test(source)) growth.table = tableAt(statement.start, statement.end);
      return;
    }
    source = repaired;
  }
}

/** The statement closed, without the escapes and control characters that TOML does not have: texts are decoded from the document itself. */
function sourceOf(text: string, { start, end, missing, openLines }: Statement): string {
  let source = '';
  let from = start;
  for (const { at, quote } of openLines) {
    source += text.slice(from, at) + quote;
    from = at + 1;
  }
  source += text.slice(from, end);
  return source.replace(CONTROL, (found) => ' '.repeat(found.length)).replace(BACKSLASH, (found) => (found.length === 1 ? '_' : found)) + missing;
}
const CONTROL = /[^\P{Cc}\t\n\r]|\p{Cs}/gu;
/** An escape, or a lone backslash that begins none. */
const BACKSLASH = /\\(?:[btnfre"\\]|x[\da-fA-F]{2}|u(?![dD][89a-fA-F])[\da-fA-F]{4}|U000[\da-fA-F]{5}|[ \t]*\r?\n)?/g;

/** What the parser's reasons call for. */
const REASONS: Readonly<Record<string, 'comma' | 'end' | 'name'>> = {
  'Expected comma (,) token': 'comma',
  'Must be a newline': 'end',
  'Unterminated table-key': 'name',
};

/** The source with the place where the parser failed made good, as long as before up to there; null where nothing is known to help. */
function repairedAt(source: string, { at, reason }: Failure): string | null {
  const repair = REASONS[reason];
  if (repair === 'comma' && /\s/.test(source[at - 1] ?? '')) return `${source.slice(0, at - 1)},${source.slice(at)}`;
  if (repair === 'end') return source.slice(0, at);
  if (repair === 'name') return `${source.slice(0, at)}${source.startsWith('[[') ? ']]' : ']'}`;
  // A bare word in the place of a value: a number of the same length stands in for it.
  const { start, end } = wordAt(source, at);
  const isValue = /[=,[]\s*$/.test(source.slice(Math.max(0, start - 40), start));
  const numbered = isValue && end > start ? source.slice(0, start) + '1'.repeat(end - start) + source.slice(end) : source;
  return numbered === source ? withoutLine(source, at) : numbered;
}

/** A list over several lines without the members of the one that an offset is on; null on its first and last line. */
function withoutLine(source: string, at: number): string | null {
  const start = source.lastIndexOf('\n', at - 1) + 1;
  const end = source.indexOf('\n', at);
  return at === 0 || start === 0 || end < 0 ? null : source.slice(0, start) + ' '.repeat(end - start) + source.slice(end);
}

/** The characters around an offset that no blank and no mark of TOML parts. */
function wordAt(source: string, at: number): Span {
  let start = at;
  while (start > 0 && isInWord(source[start - 1]!)) start--;
  let end = at;
  while (end < source.length && isInWord(source[end]!)) end++;
  return { start, end };
}
const isInWord = (character: string): boolean => !/[\s=,#"'[\]{}]/.test(character);

const MESSAGES: Readonly<Record<string, readonly [ElasticDiagnostic, string]>> = {
  'Expected equal (=) token': ['elastic/syntax', 'Expected `=` and a value after the key.'],
  'Unspecified values are invalid': ['elastic/syntax', 'Expected a value.'],
  'Expected comma (,) token': ['elastic/syntax', 'Expected `,` or the closing bracket.'],
  'Must be a newline': ['elastic/syntax', 'Expected the end of the line.'],
  'Unterminated table-key': ['elastic/syntax', "Expected `]` at the end of the table's name."],
  'Defining a key multiple times is invalid': ['elastic/duplicate-key', 'This key is written twice.'],
  'Unexpected invalid date': ['elastic/syntax', 'Expected a day that there is.'],
  'Unexpected invalid time': ['elastic/syntax', 'Expected a time of day that there is.'],
  'Leading zeros are not allowed': ['elastic/syntax', 'Expected a number without zeros before it.'],
  'Underscores are allowed between digits': ['elastic/syntax', 'Expected a digit on both sides of `_`.'],
};
const KEY_EXPECTED = ['elastic/syntax', 'Expected a key: letters, digits, `_` and `-`, or a text in quotes.'] as const;
const VALUE_EXPECTED = ['elastic/syntax', 'Expected a text in quotes, a number, `true`, `false`, a date, a list or a table.'] as const;

/** What was expected where the parser failed. */
function remarkOf(text: string, { at, reason }: Failure, statement: Span): Diagnostic {
  const place = Math.min(statement.start + at, statement.end);
  const before = text.slice(statement.start, place);
  const [code, message] = MESSAGES[reason] ?? (before.includes('=') ? VALUE_EXPECTED : KEY_EXPECTED);
  const word = wordAt(text.slice(statement.start, statement.end), place - statement.start);
  const found = { start: statement.start + word.start, end: Math.max(statement.start + word.end, Math.min(place + 1, statement.end)) };
  // A missing sign is missing after the key.
  const span = reason === 'Expected equal (=) token' && place > statement.start ? { start: statement.start, end: place } : found;
  return { code, severity: 'error', span, message };
}
