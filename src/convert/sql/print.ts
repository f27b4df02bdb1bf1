import type { Glob, Literal, Operand, Predicate, Printed, Refusal, Span, Test } from '../../model';
import { type SqlDialect, SQL_AS_NUMBER, SQL_AS_TEXT, sqlName, sqlText } from './dialect';
import { ORDER_SIGNS } from '../../syntax/orders';

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

function testText(test: Test, dialect: SqlDialect, refuse: Refuse): string {
  const { compare, values, span } = test;
  const left = sideText(test.left, dialect) ?? refuse(span, 'a search of the whole event');
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
      return only?.kind === 'literal' ? `${left} ${ORDER_SIGNS[compare]} ${only.text}` : refuse(span, 'an order of what only the event knows');
    case 'cidr':
      return only?.kind === 'literal' && dialect.inNetwork !== null
        ? dialect.inNetwork(left, sqlText(only.text, dialect))
        : refuse(span, 'a comparison with a network');
    case 'regex':
      return only?.kind === 'regex' ? dialect.regex(left, sqlText(regexText(only.text, dialect), dialect)) : refuse(span, 'such a regular expression');
    case 'equals':
      return equalText(test, left, values, dialect, refuse);
    default:
      return refuse(span, 'such a comparison');
  }
}

/** A column, or none, as it is or taken as a text or a number; null: it is something else. */
function sideText(side: Operand | null, dialect: SqlDialect): string | null {
  if (side?.kind === 'field') return sqlName(side.name, dialect);
  if (side?.kind === 'literal') return side.type === 'null' ? 'NULL' : null;
  const of = side?.kind === 'call' ? sideText(side.args[0] ?? null, dialect) : null;
  if (side?.kind !== 'call' || of === null) return null;
  return side.fn === SQL_AS_TEXT ? dialect.asText(of) : side.fn === SQL_AS_NUMBER ? dialect.asDecimal(of) : null;
}

const regexText = (pattern: string, { beforeDot }: SqlDialect): string => (pattern.includes('.') ? beforeDot + pattern : pattern);

function equalText({ case: letters, span }: Test, left: string, values: readonly Operand[], dialect: SqlDialect, refuse: Refuse): string {
  const [first] = values;
  const isFolded = letters === 'fold';
  if (first?.kind === 'glob' && values.length === 1) return globText(left, first, isFolded, dialect, refuse);
  if ((first?.kind === 'field' || first?.kind === 'call') && values.length === 1) {
    const right = sideText(first, dialect) ?? refuse(span, 'such a value');
    return isFolded ? `${dialect.lower.other}(${left}) = ${dialect.lower.other}(${right})` : `${left} = ${right}`;
  }
  const isText = values.some((value) => value.kind === 'literal' && value.type === 'string');
  const folds = isFolded && isText && values.some((value) => value.kind === 'literal' && /\p{L}/u.test(value.text));
  const texts = values.map((value) => (value.kind === 'literal' ? literalText(value, folds, dialect) : refuse(span, 'such a value')));
  const isAscii = values.every((value) => value.kind === 'literal' && !/[^\p{ASCII}]/u.test(value.text));
  const side = folds ? `${isAscii ? dialect.lower.ascii : dialect.lower.other}(${left})` : left;
  return texts.length === 1 ? `${side} = ${texts[0]}` : `${side} IN (${texts.join(', ')})`;
}

/** Letters' case counts in a pattern without letters as well as not. */
function globText(left: string, glob: Glob, isFolded: boolean, dialect: SqlDialect, refuse: Refuse): string {
  const like = likeText(glob, dialect, refuse);
  const folds = isFolded && /\p{L}/u.test(like) ? dialect.folds : null;
  const pattern = sqlText(folds === 'lower' ? like.toLowerCase() : like, dialect);
  const escape = dialect.namesEscape && like.includes(dialect.escape) ? ` ESCAPE '${dialect.escape}'` : '';
  return `${folds === 'lower' ? `${dialect.lower.other}(${left})` : left} ${folds === 'ilike' ? 'ILIKE' : 'LIKE'} ${pattern}${escape}`;
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
