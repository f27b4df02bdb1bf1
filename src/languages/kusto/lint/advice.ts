import type { Fix, Operand, Span } from '../../../model';
import { type Place, remarkAt } from '../lower/environment';
import { plainField } from '../lower/field';
import { columnIn } from '../lower/scope';
import { isNumber } from '../lower/type';
import { regexPieces } from '../../../syntax/regex';
import type { Expr } from '../tree';
import { STRING_OPERATORS } from '../vocabulary';

/** A comparison as written: its operator and the places of both. */
interface Written {
  readonly op: string;
  readonly opSpan: Span;
  readonly span: Span;
}

/** Columns in which Windows keeps names it compares without regard to letters' case. */
const CASELESS =
  /^(?:InitiatingProcess|InitiatingProcessParent|Target|Acting|Parent|New|Previous)?(?:Process|File|Folder)(?:Name|Path)$|^(?:InitiatingProcess)?(?:Process)?CommandLine$|^(?:InitiatingProcess)?ProcessVersionInfoOriginalFileName$|^RegistryKey$|^RegistryValueName$|^ParentProcessName$|^NewProcessName$/;

/** Operators that mind letters' case, with those that do not. */
const CASE_BLIND: Readonly<Record<string, string>> = { '==': '=~', '!=': '!~', '<>': '!~', in: 'in~', '!in': '!in~' };

const replacing = (title: string, span: Span, text: string): Fix => ({ title, edits: [{ span: { start: span.start, end: span.end }, text }] });

/** Remarks on a comparison that cannot do, or probably was not meant to do, what it says. Silent where the column's type is not known. */
export function adviseOn(written: Written, left: Expr, values: readonly Operand[], place: Place): void {
  adviseOnNull(written, values, place);
  const plain = plainField(left);
  if (plain === null || values.length === 0) return;
  const isBare = plain.transforms.length === 0 && plain.name === plain.root;
  const known = isBare ? columnIn(place.scope, plain.root) : null;
  if (known !== null && isMistyped(written, plain.name, known.type, values, place)) return;
  adviseOnStars(written, isBare && NAMES.test(plain.name), values, place);
  adviseOnPatterns(written, plain.name, values, place);
  if (plain.transforms[0] === 'tolower' || plain.transforms[0] === 'toupper') adviseOnLetters(written, plain.transforms[0], values, place);
  else if (CASELESS.test(plain.name) && values.some(hasLetters)) adviseOnCase(written, plain.name, place);
  // What the query made itself has no index.
  if ((written.op === 'contains' || written.op === '!contains') && values.length === 1 && !place.scope.own.has(plain.root))
    adviseOnTerm(written, values[0]!, place);
}

/** Nothing equals null, and nothing differs from it. */
function adviseOnNull({ op, span }: Written, values: readonly Operand[], place: Place): void {
  const isNull = values.some((value) => value.kind === 'literal' && value.type === 'null' && value.text === 'null' && isWritten(value));
  if (isNull && (op === '==' || op === '!='))
    remarkAt(
      place.lowering,
      'kusto/null-text',
      span,
      `Nothing is compared with null: write \`${op === '==' ? 'isnull' : 'isnotnull'}( … )\`, of a text \`${op === '==' ? 'isempty' : 'isnotempty'}( … )\`.`,
    );
}

/** The text of a value that is one; null for everything else. */
const textIn = (value: Operand): string | null => (value.kind === 'literal' && value.type === 'string' ? value.text : null);
const hasLetters = (value: Operand): boolean => {
  const text = textIn(value);
  return text !== null && text.toLowerCase() !== text.toUpperCase();
};

function isMistyped({ op, span }: Written, name: string, type: string, values: readonly Operand[], place: Place): boolean {
  if (STRING_OPERATORS.has(op) || (type !== 'string' && !isNumber(type))) return false;
  const isText = type === 'string';
  const value = values.find((candidate) => candidate.kind === 'literal' && candidate.type === (isText ? 'number' : 'string'));
  if (value?.kind !== 'literal' || (isText && !EQUALITIES.has(op))) return false;
  const at = isWritten(value) ? value.span : span;
  if (!isText && !/^\s*-?\d+(?:\.\d+)?\s*$/.test(value.text)) {
    remarkAt(place.lowering, 'kusto/type-mismatch', at, `\`${name}\` is a number (${type}) and can never be compared with the text \`${value.text}\`.`);
    return true;
  }
  const proper = isText ? `"${value.text}"` : value.text.trim();
  const fix = at === value.span ? replacing(`Write ${proper}`, at, proper) : undefined;
  remarkAt(
    place.lowering,
    'kusto/implicit-conversion',
    at,
    `\`${name}\` is ${isText ? 'text' : `a number (${type})`}: the other side is converted for every comparison; write ${proper}.`,
    fix,
  );
  return true;
}

const EQUALITIES: ReadonlySet<string> = new Set(['==', '!=', '<>', '=~', '!~', 'in', '!in', 'in~', '!in~']);

/** Whether the value stands in the comparison itself and was not folded in from a let. */
const isWritten = (value: Operand): boolean => !('origin' in value) || value.origin === undefined;

/** Stars that logs really hold: LDAP's filters (`objectcategory=*`, `name=*pass*`), comments of other languages, a star as a word of its own (`SELECT *`). */
const STARS_IN_LOGS = /=\*|\/\*|\*\/|(?:^|\s)\*(?:\s|$)/;

/** Stars are no wildcards here; a file's name (`isName`) holds none anywhere. */
function adviseOnStars({ op, span }: Written, isName: boolean, values: readonly Operand[], place: Place): void {
  if (op === 'matches regex' || op.includes('like') || op === ':') return;
  const value = values.find((one) => {
    const text = textIn(one);
    return (
      text !== null &&
      text.length > 2 &&
      (isName ? text.includes('*') : text.startsWith('*') || text.endsWith('*')) &&
      /[\p{L}\p{N}]/u.test(text) &&
      !STARS_IN_LOGS.test(text)
    );
  });
  if (value?.kind !== 'literal') return;
  remarkAt(
    place.lowering,
    'kusto/literal-star',
    isWritten(value) ? value.span : span,
    `\`${op}\` knows no wildcards: the star in \`${value.text}\` must stand in the data. Use \`contains\`, \`startswith\` or \`endswith\` without it.`,
  );
}

/** Columns that hold a file's name without its folder. */
const NAMES = /^(?:InitiatingProcess|InitiatingProcessParent)?FileName$|^PreviousFileName$/;
/** Whether a pattern has what RE2 has not: look-around, back references, atomic groups, possessive repetition. */
const isBeyondRe2 = (pattern: string): boolean =>
  regexPieces(pattern, 'pcre').some(
    (piece) =>
      piece.kind === 'reference' ||
      (piece.kind === 'open' && (piece.group === 'look' || piece.group === 'atomic')) ||
      (piece.kind === 'escape' && /[1-9kg]/.test(piece.letter)) ||
      (piece.kind === 'repeat' && piece.manner === 'possessive'),
  );

function adviseOnPatterns({ op, opSpan, span }: Written, name: string, values: readonly Operand[], place: Place): void {
  for (const value of values) {
    const text = textIn(value);
    if (text === null) continue;
    const at = isWritten(value) ? value.span : span;
    if (op === 'matches regex' && isBeyondRe2(text))
      return remarkAt(
        place.lowering,
        'kusto/regex',
        at,
        'Kusto matches with RE2, which has no look-around and no back references: this pattern is an error there.',
      );
    if (op.includes('like') && text.includes('%'))
      return remarkAt(
        place.lowering,
        'kusto/like-percent',
        opSpan,
        `\`${op}\` knows no percent signs: use \`contains\`, \`startswith\` or \`endswith\` without them.`,
      );
    if (NAMES.test(name) && /^(?:==|=~|in~?|startswith(?:_cs)?)$/.test(op) && /[\\/]/.test(text))
      return remarkAt(
        place.lowering,
        'kusto/name-is-path',
        at,
        `\`${name}\` is a file's name alone, without its folder: this never holds. \`FolderPath\` has the whole path.`,
      );
  }
}

/** `tolower(x) == "ABC"` never holds. */
function adviseOnLetters({ op, span }: Written, transform: 'tolower' | 'toupper', values: readonly Operand[], place: Place): void {
  if (!(op in CASE_BLIND) && !op.endsWith('_cs')) return;
  const value = values.find((one) => {
    const written = textIn(one);
    return written !== null && (transform === 'tolower' ? written.toLowerCase() : written.toUpperCase()) !== written;
  });
  if (value?.kind !== 'literal') return;
  const text = transform === 'tolower' ? 'small' : 'capital';
  remarkAt(
    place.lowering,
    'kusto/never-equal',
    isWritten(value) ? value.span : span,
    `\`${transform}\` gives ${text} letters only, so this is never equal to \`${value.text}\`.`,
  );
}

function adviseOnCase({ op, opSpan }: Written, name: string, place: Place): void {
  const blind = CASE_BLIND[op];
  if (blind === undefined) return;
  remarkAt(
    place.lowering,
    'kusto/case-matters',
    opSpan,
    `\`${op}\` minds letters' case, and Windows does not in \`${name}\`; \`${blind}\` finds every spelling.`,
    replacing(`Write ${blind}`, opSpan, blind),
  );
}

/** A whole word is found faster by its index. */
function adviseOnTerm({ op, opSpan }: Written, value: Operand, place: Place): void {
  const text = textIn(value);
  if (text === null || !/^[A-Za-z0-9]{4,}$/.test(text)) return;
  const term = op === 'contains' ? 'has' : '!has';
  remarkAt(
    place.lowering,
    'kusto/contains-term',
    opSpan,
    `\`${op}\` reads every text to its end; if \`${text}\` always stands as a whole word, \`${term}\` uses the index.`,
    replacing(`Write ${term}`, opSpan, term),
  );
}
