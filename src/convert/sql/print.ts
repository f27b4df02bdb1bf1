import type { Columns } from '../manner';
import type { FieldRef, Glob, Literal, Operand, Predicate, Printed, Refusal, Span, Test } from '../../model';

/** How one database writes what all of them have. */
export interface SqlDialect {
  /** A column's name, always in its quotes: which words need them differs by release (`Binary`, `User`). */
  name(name: string): string;
  /** A text. */
  text(text: string): string;
  /** A pattern whose wildcards `escape` protects from being ones. */
  like(left: string, pattern: string, isFolded: boolean): string;
  /** What stands before a percent sign or an underscore of the text's own. */
  readonly escape: string;
  /** The text in small letters, as a text in small letters that is ASCII or not is compared with it. */
  lower(left: string, isAscii: boolean): string;
  /** Whether a regular expression is found in a text. */
  regex(left: string, pattern: string): string;
  /** Whether an address lies in a network; null: there is no such function at hand. */
  readonly inNetwork: ((left: string, network: string) => string) | null;
  /** A value as a text. */
  readonly asText: (left: string) => string;
  /** A text as a number, null where it is none. */
  readonly asNumber: (left: string) => string;
  /** Whether the column is known to hold texts. */
  readonly isText?: (name: string) => boolean;
}

/** The dialect over a table with known columns: what it does not have is null, what is neither text nor number a text. */
export const overColumns = (dialect: SqlDialect, columns: NonNullable<Columns>): SqlDialect => ({
  ...dialect,
  name(name) {
    const kind = columns(name);
    if (kind === null) return dialect.asText('NULL');
    return kind === 'other' ? dialect.asText(dialect.name(name)) : dialect.name(name);
  },
  isText: (name) => columns(name) !== 'number',
});

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

const SIGNS = { less: '<', 'at-most': '<=', greater: '>', 'at-least': '>=' } as const;

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
      return only?.kind === 'literal'
        ? `${numberText(test.left, left, dialect)} ${SIGNS[compare]} ${only.text}`
        : refuse(span, 'an order of what only the event knows');
    case 'cidr':
      return only?.kind === 'literal' && dialect.inNetwork !== null
        ? dialect.inNetwork(left, dialect.text(only.text))
        : refuse(span, 'a comparison with a network');
    case 'regex':
      return only?.kind === 'regex' ? dialect.regex(left, only.text) : refuse(span, 'such a regular expression');
    case 'equals':
      return equalText(test, left, values, dialect, refuse);
    default:
      return refuse(span, 'such a comparison');
  }
}

function leftText(left: Operand | null, dialect: SqlDialect, refuse: Refuse, span: Span): string {
  if (left?.kind === 'field') return dialect.name(left.name);
  if (left?.kind === 'call' && left.args[0]?.kind === 'field') return dialect.asText(dialect.name((left.args[0] as FieldRef).name));
  return refuse(span, 'a search of the whole event');
}

const numberText = (side: Operand | null, left: string, { isText, asNumber }: SqlDialect): string =>
  side?.kind === 'field' && isText?.(side.name) === true ? asNumber(left) : left;

function equalText({ case: letters, span }: Test, left: string, values: readonly Operand[], dialect: SqlDialect, refuse: Refuse): string {
  const [first] = values;
  if (first?.kind === 'glob' && values.length === 1) return dialect.like(left, dialect.text(likeText(first, dialect, refuse)), letters === 'fold');
  if (first?.kind === 'field' && values.length === 1)
    return letters === 'fold' ? `${dialect.lower(left, false)} = ${dialect.lower(dialect.name(first.name), false)}` : `${left} = ${dialect.name(first.name)}`;
  const isText = values.some((value) => value.kind === 'literal' && value.type === 'string');
  const folds = letters === 'fold' && isText && values.some((value) => value.kind === 'literal' && /\p{L}/u.test(value.text));
  const texts = values.map((value) => (value.kind === 'literal' ? literalText(value, folds, dialect) : refuse(span, 'such a value')));
  const isAscii = values.every((value) => value.kind === 'literal' && !/[^\p{ASCII}]/u.test(value.text));
  const side = folds ? dialect.lower(left, isAscii) : left;
  return texts.length === 1 ? `${side} = ${texts[0]}` : `${side} IN (${texts.join(', ')})`;
}

const literalText = ({ type, text }: Literal, folds: boolean, dialect: SqlDialect): string =>
  type === 'number' || type === 'boolean' ? text : dialect.text(folds ? text.toLowerCase() : text);

function likeText({ parts, span }: Glob, { escape }: SqlDialect, refuse: Refuse): string {
  const own = new RegExp(`[%_${escape.replace(/[\\^]/g, '\\$&')}]`, 'g');
  return parts
    .map((part) =>
      part === 'any-run'
        ? '%'
        : part === 'any-char'
          ? '_'
          : 'text' in part
            ? part.text.replace(own, `${escape.replace('$', '$$$$')}$&`)
            : refuse(span, 'such a pattern'),
    )
    .join('');
}
