import type { Analysis, Operation, Stage } from '../../../model';
import { placeOf, truthAt } from '../../../syntax/predicates';
import { CHECKS } from '../lint/checks';
import { clauseRemarks, wordRemarks } from '../lint/clauses';
import { lex, tokensOf } from '../parse/lexer';
import { parse } from '../parse/parser';
import { lower } from './lower';
import { told } from '../../../syntax/told';

/** The analysis of one query: a single stage `query` over the text without the blanks around it. An empty query finds nothing. */
export function analyse(text: string): Analysis {
  const lexemes = lex(text);
  const { tree, diagnostics } = parse(text, lexemes);
  const { predicate, wishes } = tree === null ? { predicate: truthAt({ start: 0, end: text.length }, false), wishes: [] } : lower(text, tree);
  const span = { start: lexemes[0]!.start, end: lexemes[Math.max(0, lexemes.length - 2)]!.end };
  const operations: readonly Operation[] = [{ kind: 'filter', span, predicate }, ...wishes.map((wish): Operation => ({ kind: 'show', span: placeOf(wish) }))];
  const stages: readonly Stage[] = tree === null ? [] : [{ kind: 'query', role: 'filter', span, operations, predicate }];
  const analysis: Analysis = {
    language: 'lucene',
    tokens: tokensOf(text, lexemes),
    sources: [],
    stages,
    predicate,
    terms: [],
    bindings: [],
    outputs: [],
    groupBy: [],
    times: [],
    diagnostics,
  };
  const found = [...(tree === null ? [] : clauseRemarks(text, tree)), ...wordRemarks(text, lexemes), ...CHECKS.flatMap((check) => check.check(text, analysis))];
  return { ...analysis, diagnostics: told(text, [...diagnostics, ...found]) };
}
