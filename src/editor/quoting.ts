import type { Vendor } from '../model';

/** What the text says about a place where a value is to stand: the character before it, and how this vendor's rules quote. */
interface Place {
  readonly before: string;
  readonly vendor: Vendor;
}

/** Quotes of a vendor's rules: YAML's single ones double inside, the query languages' double ones take backslashes. */
const QUOTES: Readonly<Record<Vendor, "'" | '"'>> = { sigma: "'", elastic: '"', splunk: '"', kusto: '"' };

/** A value as it is written at a place: inside quotes already there, bare where nothing in it needs them, else in the vendor's own. */
export function writtenValue(value: string, { before, vendor }: Place): string {
  if (before === "'" || before === '"') return escaped(value, before, vendor);
  if (/^[\w.-]+$/.test(value) && !/^[-.]|^(?:true|false|null|yes|no|on|off|and|or|not)$/i.test(value)) return value;
  const quote = QUOTES[vendor];
  return quote + escaped(value, quote, vendor) + quote;
}

function escaped(value: string, quote: string, vendor: Vendor): string {
  return quote === "'" && QUOTES[vendor] === "'" ? value.replaceAll("'", "''") : value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
}
