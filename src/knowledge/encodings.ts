import table from './encodings.json';

const ENCODINGS: ReadonlySet<string> = new Set(table.encodings);

/** Whether a modifier seeks another form of the value than the one written. */
export const isEncoding = (modifier: string): boolean => ENCODINGS.has(modifier);
