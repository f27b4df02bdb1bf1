import type { Analysis, Context, Diagnostic, Token } from '../../model';
import { fixOf } from './reader';
import { type Findings, prefixesOf } from './flow';
import { type Lexed, lex, type SplLexeme } from './lexer';
import { lower } from './lower';
import { expandTokens } from './macros';
import { parse } from './parser';

/** Analyses a text of SPL; total, linear, and the same for the same text and macros. */
export function analyse(text: string, { macros }: Context): Analysis {
  const lexed = lex(text);
  const expanded = macros === undefined ? { lexed, remarks: [] } : expandTokens(text, lexed, macros);
  const { pipeline, diagnostics } = parse(text, expanded.lexed);
  const remarks = [...lexicalRemarks(text, lexed), ...expanded.remarks, ...diagnostics];
  const findings: Findings = { text, terms: [], knownTerms: new Set(), sources: [], times: [], diagnostics: remarks, prefixes: prefixesOf(text) };
  const { stages, predicate, outputs, groupBy } = lower(pipeline, findings);
  return {
    language: 'spl',
    tokens: tokensOf(lexed),
    sources: findings.sources,
    stages,
    predicate,
    terms: findings.terms,
    bindings: [],
    outputs,
    groupBy,
    times: findings.times,
    diagnostics: findings.diagnostics.sort((a, b) => a.span.start - b.span.start),
  };
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
      fix: fixOf('Close the quote', atEnd, '"'),
    };
  if (lexeme.open && kind === 'macro')
    return { code: 'spl/unclosed-macro', severity: 'error', span, message: 'This macro lacks its second backtick.', fix: fixOf('Close the macro', atEnd, '`') };
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
