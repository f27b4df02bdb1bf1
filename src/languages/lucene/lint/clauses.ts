import type { Diagnostic, Span } from '../../../model';
import { DIAGNOSTICS, type LuceneDiagnostic } from '../diagnostics';
import type { LuceneLexeme } from '../parse/lexer';
import type { Clause, Node } from '../tree';
import { excerptAt } from '../../../syntax/written';

const remarkOf = (code: LuceneDiagnostic, { start, end }: Span, message: string, fix?: Diagnostic['fix']): Diagnostic => ({
  code,
  severity: DIAGNOSTICS[code].severity,
  span: { start, end },
  message,
  ...(fix === undefined ? null : { fix }),
});

/** Where Lucene's clauses mean another thing than their words seem to say. */
export function clauseRemarks(text: string, node: Node): readonly Diagnostic[] {
  if (node.kind !== 'clauses') return [];
  const must = node.of.find(({ demand }) => demand === 'must');
  const isMixed = node.of.some(({ joined }) => joined === 'and') && node.of.some(({ joined }) => joined === 'or');
  return node.of.flatMap((clause) => {
    const inner = clauseRemarks(text, clause.node);
    const span = { start: clause.start, end: clause.node.end };
    if (clause.node.kind === 'lost') return inner;
    if (clause.demand === 'should' && must !== undefined) return [wishRemark(text, span, must, isMixed), ...inner];
    if (clause.demand !== 'not' || clause.joined !== 'or') return inner;
    const message = '`OR NOT` excludes this whatever the other clauses say; for one or the other write `OR (NOT …)`.';
    const edits = [
      { span: { start: span.start, end: span.start }, text: '(' },
      { span: { start: span.end, end: span.end }, text: ')' },
    ];
    return [remarkOf('lucene/or-not', span, message, { title: 'Put it in parentheses', edits }), ...inner];
  });
}

function wishRemark(text: string, span: Span, must: Clause, isMixed: boolean): Diagnostic {
  const shown = (at: Span): string => `\`${excerptAt(text, at)}\``;
  const wish = `${shown({ start: must.start, end: must.node.end })} must hold, so ${shown(span)} changes only the order of what is found`;
  return isMixed
    ? remarkOf('lucene/mixed-operators', span, `Lucene has no precedence: ${wish}. Write parentheses: \`(… OR …) AND …\`.`)
    : remarkOf('lucene/wish', span, `${wish}.`);
}

/** Joining words in lower case, which only search; `and not` is one to put right. */
export function wordRemarks(text: string, lexemes: readonly LuceneLexeme[]): readonly Diagnostic[] {
  const wordAt = (index: number): string => {
    const lexeme = lexemes[index];
    const isWord = lexeme?.kind === 'word' && lexeme.end - lexeme.start <= 3 && lexemes[index + 1]?.kind !== ':';
    return isWord ? (/^(?:and|or|not)$/.exec(text.slice(lexeme.start, lexeme.end))?.[0] ?? '') : '';
  };
  return lexemes.flatMap((lexeme, index) => {
    const word = wordAt(index);
    if (word === '') return [];
    const together = word === 'not' ? [index - 1, index] : [index, index + 1];
    const meant = together.filter((at) => at === index || wordAt(at) !== '');
    const fix = {
      title: `Write ${meant.map((at) => wordAt(at).toUpperCase()).join(' ')}`,
      edits: meant.map((at) => ({ span: { start: lexemes[at]!.start, end: lexemes[at]!.end }, text: wordAt(at).toUpperCase() })),
    };
    return [remarkOf('lucene/keyword-case', lexeme, `In lower case \`${word}\` is a word to search for; the operator is \`${word.toUpperCase()}\`.`, fix)];
  });
}
