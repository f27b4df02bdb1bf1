import type { Analysis, Context, Diagnostic, Fix, Token } from '../../model';
import { CHECKS } from './lint/checks';
import { fixOf } from './parse/reader';
import { type Findings, prefixesOf } from './lower/lowering-context';
import { type Lexed, lex, type SplLexeme } from './parse/lexer';
import { withLeftovers } from './lower/leftovers';
import { lower } from './lower/pipeline';
import { expandTokens } from './parse/macros';
import { parse } from './parse/parser';
import { told } from '../../syntax/told';

/** Analyses a text of SPL; total, linear, and the same for the same text and macros. */
export function analyse(text: string, { macros }: Context): Analysis {
  const lexed = lex(text);
  const expanded = macros === undefined ? { lexed, remarks: [] } : expandTokens(text, lexed, macros);
  const { pipeline, diagnostics } = parse(text, expanded.lexed);
  const remarks = [...lexicalRemarks(text, lexed), ...expanded.remarks, ...diagnostics];
  const findings: Findings = { text, terms: [], knownTerms: new Set(), sources: [], times: [], diagnostics: remarks, prefixes: prefixesOf(text) };
  const { stages, predicate, outputs, groupBy } = lower(pipeline, findings);
  const tokens = tokensOf(lexed);
  const analysis: Analysis = {
    language: 'spl',
    tokens,
    sources: findings.sources,
    stages: withLeftovers({ stages, tokens, ...findings }),
    predicate,
    terms: findings.terms,
    bindings: [],
    outputs,
    groupBy,
    times: findings.times,
    diagnostics: [],
  };
  const all = [...findings.diagnostics, ...CHECKS.flatMap((check) => check.check(text, analysis))];
  return { ...analysis, diagnostics: told(text, aboutMacros(all, expanded.lexed)) };
}

/**
 * A remark on what a macro's definition says stands at the macro. It is a warning, says so once for each macro, and has no fix: that would change
 * the query where the definition is meant.
 */
function aboutMacros(remarks: readonly Diagnostic[], { lexemes }: Lexed): Diagnostic[] {
  const names = new Map<number, { readonly name: string; readonly end: number }>();
  for (const { start, end, macro } of lexemes) if (macro !== undefined && !names.has(start)) names.set(start, { name: macro, end });
  if (names.size === 0) return [...remarks];
  const said = new Set<number>();
  return remarks.flatMap((remark) => {
    const { code, span, message } = remark;
    const definition = names.get(span.start);
    if (definition === undefined || span.end > definition.end || code.startsWith('spl/macro-') || code === 'spl/unknown-macro') return [remark];
    if (said.has(span.start)) return [];
    said.add(span.start);
    return [{ code, severity: 'warning', span: { start: span.start, end: definition.end }, message: `In the definition of ${definition.name}: ${message}` }];
  });
}

/** What the editor colours: lexemes as the parser painted them, and comments. */
export function tokensOf({ lexemes, comments }: Lexed): readonly Token[] {
  const tokens: Token[] = [];
  let next = 0;
  for (const { start, end, type } of lexemes) {
    for (; next < comments.length && comments[next]!.start < start; next++)
      tokens.push({ start: comments[next]!.start, end: comments[next]!.end, type: 'comment' });
    if (end > start) tokens.push({ start, end, type });
  }
  for (; next < comments.length; next++) tokens.push({ start: comments[next]!.start, end: comments[next]!.end, type: 'comment' });
  return tokens;
}

/** Quotes, backticks, brackets and comments without their partners. */
function lexicalRemarks(text: string, { lexemes, comments }: Lexed): readonly Diagnostic[] {
  const remarks: Diagnostic[] = [];
  let depth = 0;
  for (const lexeme of lexemes) {
    if (lexeme.kind === '[') depth++;
    if (lexeme.kind === ']' && --depth < 0) {
      depth = 0;
      remarks.push({
        code: 'spl/stray-bracket',
        severity: 'error',
        span: place(lexeme),
        message: 'This bracket closes nothing.',
        fix: fixOf('Remove the bracket', lexeme, ''),
      });
    }
    const remark = openRemark(text, lexeme);
    if (remark !== null) remarks.push(remark);
  }
  for (const comment of comments)
    if (comment.open)
      remarks.push({
        code: 'spl/unclosed-comment',
        severity: 'error',
        span: place(comment),
        message: 'This comment is not closed: three backticks are missing.',
      });
  return remarks;
}

const place = ({ start, end }: { start: number; end: number }) => ({ start, end });

function openRemark(text: string, lexeme: SplLexeme): Diagnostic | null {
  const { kind, start, end } = lexeme;
  const span = { start, end };
  const atEnd = { start: end, end };
  if (kind === 'stray')
    return { code: 'spl/stray-quote', severity: 'error', span, message: 'This quote opens or closes nothing.', fix: fixOf('Remove the quote', span, '') };
  if (lexeme.open && kind === 'string')
    return {
      code: 'spl/unclosed-quote',
      severity: 'error',
      span: { start, end: start + 1 },
      message: 'This quoted text is not closed.',
      // A bracket inside most likely closes one before the quote: then the missing quote is somewhere else.
      ...(/[)\]]/.test(text.slice(start, end)) ? null : { fix: fixOf('Close the quote', atEnd, '"') }),
    };
  if (lexeme.open && kind === 'macro')
    return { code: 'spl/unclosed-macro', severity: 'error', span, message: 'This macro lacks its second backtick.', fix: fixOf('Close the macro', atEnd, '`') };
  if (kind === 'word' && TYPOGRAPHIC.test(text.slice(start, end))) return typographicRemark(text, lexeme);
  if (lexeme.entity)
    return {
      code: 'spl/html-entity',
      severity: 'error',
      span,
      message: `${text.slice(start, end)} is HTML; write the sign itself.`,
      fix: fixOf(`Write ${kind}`, span, kind),
    };
  return null;
}

const TYPOGRAPHIC = /[“”„]/;

/** A curly quote, as word processors write it; the fix makes it and its partner straight ones. A closing one has been said with its partner. */
function typographicRemark(text: string, { start, end }: SplLexeme): Diagnostic | null {
  const at = start + text.slice(start, end).search(TYPOGRAPHIC);
  const ahead = text.slice(at + 1, at + LONGEST_QUOTED).indexOf('”');
  const partner = ahead === -1 ? -1 : at + 1 + ahead;
  if (text[at] === '”' && partnerBefore(text, at)) return null;
  const span = { start: at, end: at + 1 };
  const remark = { code: 'spl/typographic-quote', severity: 'error', span, message: 'A curly quote is no quote to Splunk: write a straight one.' } as const;
  return partner === -1 || text[at] === '”' ? remark : { ...remark, fix: straightened('Write straight quotes', [at, partner]) };
}

/** Whether the curly quote before this one opens what it closes. */
function partnerBefore(text: string, at: number): boolean {
  for (let before = at - 1; before >= 0 && at - before < LONGEST_QUOTED; before--) {
    if (text[before] === '”') return false;
    if (text[before] === '“' || text[before] === '„') return true;
  }
  return false;
}

/** Quotes further apart are no pair. */
const LONGEST_QUOTED = 500;

const straightened = (title: string, places: readonly number[]): Fix => ({
  title,
  edits: places.map((at) => ({ span: { start: at, end: at + 1 }, text: '"' })),
});
