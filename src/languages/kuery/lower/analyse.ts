import type { Analysis, Predicate, Stage } from '../../../model';
import { truthAt } from '../../../syntax/predicates';
import { CHECKS } from '../lint/checks';
import { lex, tokensOf } from '../parse/lexer';
import { parse } from '../parse/parser';
import { lower } from './lower';
import { told } from '../../../syntax/told';

/** The analysis of one query: a single stage `query` over the text without the blanks around it. An empty query finds everything. */
export function analyse(text: string): Analysis {
  const lexemes = lex(text);
  const { tree, diagnostics } = parse(text, lexemes);
  const predicate: Predicate = tree === null ? truthAt({ start: 0, end: text.length }) : lower(tree);
  const span = { start: lexemes[0]!.start, end: lexemes[Math.max(0, lexemes.length - 2)]!.end };
  const stages: readonly Stage[] = tree === null ? [] : [{ kind: 'query', role: 'filter', span, operations: [{ kind: 'filter', span, predicate }], predicate }];
  const analysis: Analysis = {
    language: 'kuery',
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
  // Run here, so that their places and fixes go with the query's wherever a container holds it.
  const found = CHECKS.flatMap((check) => check.check(text, analysis));
  return { ...analysis, diagnostics: told(text, [...diagnostics, ...found]) };
}
