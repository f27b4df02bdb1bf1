import type { FieldRef, Glob, Literal, Operand, Predicate, Printed, Refusal, Span, Test } from '../../model';
import { type SqlDialect, sqlName, sqlText } from './dialect';

/** A predicate as a condition of SQL, whose logic has three values as those of the languages with nulls have. */
export function sqlCondition(predicate: Predicate, dialect: SqlDialect): Printed {
  const refused: Refusal[] = [];
  const text = conditionText(predicate, dialect, (span, why) => {
    refused.push({ span: { start: span.start, end: span.end }, why });
    return '';
  });
  return refused.length > 0 ? { refused } : { text };
}

type Refuse = (span: Span, why: string) => string;

function conditionText(node: Predicate, dialect: SqlDialect, refuse: Refuse): string {
  switch (node.kind) {
    case 'all':
    case 'any': {
      if (node.of.length === 0) return node.kind === 'all' ? '(1 = 1)' : '(1 = 0)';
      const parts = node.of.map((part) => (part.kind === 'test' ? conditionText(part, dialect, refuse) : `(${conditionText(part, dialect, refuse)})`));
      return parts.join(node.kind === 'all' ? ' AND ' : ' OR ');
    }
    case 'not':
      return `NOT (${conditionText(node.of, dialect, refuse)})`;
    case 'unread':
      return refuse(node.span, 'a part that is not read');
    case 'test':
      return testText(node, dialect, refuse);
    default:
      return node satisfies never;
  }
}

export const SQL_SIGNS = { less: '<', 'at-most': '<=', greater: '>', 'at-least': '>=' } as const;

function testText(test: Test, dialect: SqlDialect, refuse: Refuse): string {
  const { compare, values, span } = test;
  const left = leftText(test.left, dialect, refuse, span);
  const [only] = values;
  switch (compare) {
    case 'exists':
      return `${left} IS NOT NULL`;
    case 'absent':
      return `${left} IS NULL`;
    case 'less':
    case 'at-most':
    case 'greater':
    case 'at-least':
      return only?.kind === 'literal' ? `${left} ${SQL_SIGNS[compare]} ${only.text}` : refuse(span, 'an order of what only the event knows');
    case 'cidr':
      return only?.kind === 'literal' && dialect.inNetwork !== null
        ? dialect.inNetwork(left, sqlText(only.text, dialect))
        : refuse(span, 'a comparison with a network');
    case 'regex':
      return only?.kind === 'regex' ? dialect.regex(left, sqlText(only.text, dialect)) : refuse(span, 'such a regular expression');
    case 'equals':
      return equalText(test, left, values, dialect, refuse);
    default:
      return refuse(span, 'such a comparison');
  }
}

function leftText(left: Operand | null, dialect: SqlDialect, refuse: Refuse, span: Span): string {
  if (left?.kind === 'field') return sqlName(left.name, dialect);
  if (left?.kind === 'call' && left.args[0]?.kind === 'field') return dialect.asText(sqlName((left.args[0] as FieldRef).name, dialect));
  return refuse(span, 'a search of the whole event');
}

function equalText({ case: letters, span }: Test, left: string, values: readonly Operand[], dialect: SqlDialect, refuse: Refuse): string {
  const [first] = values;
  const isFolded = letters === 'fold';
  if (first?.kind === 'glob' && values.length === 1) {
    const pattern = sqlText(likeText(first, dialect, refuse), dialect);
    const escape = dialect.namesEscape && pattern.includes(dialect.escape) ? ` ESCAPE '${dialect.escape}'` : '';
    return `${left} ${isFolded ? 'ILIKE' : 'LIKE'} ${pattern}${escape}`;
  }
  if (first?.kind === 'field' && values.length === 1) {
    const right = sqlName(first.name, dialect);
    return isFolded ? `lower(${left}) = lower(${right})` : `${left} = ${right}`;
  }
  const isText = values.some((value) => value.kind === 'literal' && value.type === 'string');
  const folds = isFolded && isText && values.some((value) => value.kind === 'literal' && /\p{L}/u.test(value.text));
  const texts = values.map((value) => (value.kind === 'literal' ? literalText(value, folds, dialect) : refuse(span, 'such a value')));
  const side = folds ? `lower(${left})` : left;
  return texts.length === 1 ? `${side} = ${texts[0]}` : `${side} IN (${texts.join(', ')})`;
}

const literalText = ({ type, text }: Literal, folds: boolean, dialect: SqlDialect): string =>
  type === 'number' || type === 'boolean' ? text : sqlText(folds ? text.toLowerCase() : text, dialect);

function likeText({ parts, span }: Glob, { escape }: SqlDialect, refuse: Refuse): string {
  const own = new RegExp(`[%_${escape.replace(/[\\^]/g, '\\$&')}]`, 'g');
  return parts
    .map((part) =>
      part === 'any-run' ? '%' : part === 'any-char' ? '_' : 'text' in part ? part.text.replace(own, `${escape}$&`) : refuse(span, 'such a pattern'),
    )
    .join('');
}
