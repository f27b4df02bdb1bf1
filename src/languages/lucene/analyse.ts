import type { Analysis, Diagnostic, Predicate, Stage } from '../../model';
import { canHold, ecsFieldOf } from '../../knowledge/ecs';
import { walkTests } from '../../syntax/walk';
import { lex, tokensOf, type LuceneLexeme } from './lexer';
import { lower } from './lower';
import { parse } from './parser';
import type { LuceneRemark } from './remarks';
import { subjectOf, valuesOf } from '../../syntax/classify';

/** The analysis of one query: a single stage `query` over the text without the blanks around it. */
export function analyse(text: string): Analysis {
  const lexemes = lex(text);
  const { tree, diagnostics } = parse(text, lexemes);
  const predicate: Predicate = tree === null ? { kind: 'all', span: { start: 0, end: text.length }, of: [] } : lower(tree);
  const span = { start: lexemes[0]!.start, end: lexemes[Math.max(0, lexemes.length - 2)]!.end };
  const stages: readonly Stage[] = tree === null ? [] : [{ kind: 'query', role: 'filter', span, predicate }];
  const found = [...diagnostics, ...wordRemarks(text, lexemes), ...valueRemarks(text, predicate)];
  return {
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
    diagnostics: found.sort((a, b) => a.span.start - b.span.start),
  };
}

const remarkOf = (code: LuceneRemark, severity: Diagnostic['severity'], { start, end }: { start: number; end: number }, message: string): Diagnostic => ({
  code,
  severity,
  span: { start, end },
  message,
});

function wordRemarks(text: string, lexemes: readonly LuceneLexeme[]): readonly Diagnostic[] {
  return lexemes.flatMap((lexeme, index) => {
    if (lexeme.kind !== 'word' || lexeme.end - lexeme.start > 3 || lexemes[index + 1]?.kind === ':') return [];
    const word = text.slice(lexeme.start, lexeme.end);
    if (!/^(?:and|or|not)$/.test(word)) return [];
    const fix = { title: `Write ${word.toUpperCase()}`, edits: [{ span: { start: lexeme.start, end: lexeme.end }, text: word.toUpperCase() }] };
    return [
      {
        ...remarkOf('lucene/keyword-case', 'warning', lexeme, `In lower case \`${word}\` is a word to search for; the operator is \`${word.toUpperCase()}\`.`),
        fix,
      },
    ];
  });
}

function valueRemarks(text: string, predicate: Predicate): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  walkTests(predicate, (test) => {
    const field = subjectOf(test.left);
    const op = test.word;
    for (const { span, wild, text: value } of valuesOf(test)) {
      if (text[span.start] === '*' && op !== 'eq')
        found.push(remarkOf('lucene/leading-wildcard', 'info', span, 'A value that starts with a star makes the search read every term of the field.'));
      const known = field === null ? undefined : ecsFieldOf(field.name);
      if (known !== undefined && op === 'eq' && wild === undefined && !canHold(known.type, value)) {
        found.push(remarkOf('lucene/wrong-kind', 'warning', span, `\`${known.name}\` holds ${known.type} values; \`${value.slice(0, 60)}\` is none.`));
      }
    }
  });
  return found;
}
