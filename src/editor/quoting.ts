import type { Family } from '../knowledge/families';

type Quote = Family['quote'];

/** A value as it is written at a place: inside the quotes already there (`before` is the character in front), bare where nothing in it needs them, else in the family's own. */
export function writtenValue(value: string, before: string, quote: Quote): string {
  if (before === "'" || before === '"') return escaped(value, before, quote);
  if (/^[\w.-]+$/.test(value) && !/^[-.]|^(?:true|false|null|yes|no|on|off|and|or|not)$/i.test(value)) return value;
  return quote.mark + escaped(value, quote.mark, quote) + quote.mark;
}

/** A value as it stands between its quotes, or where it needs none. */
export const writtenInside = (value: string, before: string, quote: Quote | undefined): string =>
  quote !== undefined && (before === "'" || before === '"') ? escaped(value, before, quote) : value;

/** What was typed of a value, its quotes undone. */
export function plainValue(typed: string, before: string, quote: Quote): string {
  if (before !== "'" && before !== '"') return typed.replace(/^["'`]/, '');
  if (before === quote.mark && quote.inside === 'doubled') return typed.replaceAll(before + before, before);
  // The last backslash may wait for its second.
  return typed.replace(/\\(.|$)/g, (_, next: string) => (next === '' ? '\\' : next));
}

/** Only the family's own mark is doubled inside; every other takes backslashes. */
const escaped = (value: string, mark: string, quote: Quote): string =>
  mark === quote.mark && quote.inside === 'doubled' ? value.replaceAll(mark, mark + mark) : value.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`);
