import type { Family } from '../knowledge/families';

type Quote = Family['quote'];

/** A value as it is written at a place: inside the quotes already there (`before` is the character in front), bare where nothing in it needs them, else in the family's own. */
export function writtenValue(value: string, before: string, quote: Quote): string {
  if (before === "'" || before === '"') return escaped(value, before, quote);
  if (/^[\w.-]+$/.test(value) && !/^[-.]|^(?:true|false|null|yes|no|on|off|and|or|not)$/i.test(value)) return value;
  return quote.mark + escaped(value, quote.mark, quote) + quote.mark;
}

/** Only the family's own mark is doubled inside; every other takes backslashes. */
const escaped = (value: string, mark: string, quote: Quote): string =>
  mark === quote.mark && quote.inside === 'doubled' ? value.replaceAll(mark, mark + mark) : value.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`);
