import type { Analysis, Predicate, Stage } from '../../model';
import { check } from './check';
import { lex, tokensOf } from './lexer';
import { lower } from './lower';
import { parse } from './parser';

/** The analysis of one query: a single stage `query` over the text without the blanks around it. */
export function analyse(text: string): Analysis {
  const lexemes = lex(text);
  const { tree, diagnostics } = parse(text, lexemes);
  const all = { start: 0, end: text.length };
  const predicate: Predicate = tree === null ? { kind: 'all', span: all, of: [] } : lower(tree);
  const start = lexemes[0]!.start;
  const end = lexemes[Math.max(0, lexemes.length - 2)]!.end;
  const stages: readonly Stage[] = tree === null ? [] : [{ kind: 'query', role: 'filter', span: { start, end }, predicate }];
  const found = [...diagnostics, ...(tree === null ? [] : check(text, tree))].sort((a, b) => a.span.start - b.span.start);
  return {
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
    diagnostics: found,
  };
}
