import table from './transparent.json';

const TRANSPARENT: ReadonlySet<string> = new Set(table.transparent);
const ENCODINGS: ReadonlySet<string> = new Set(table.encodings);

/** Whether a function, as any language spells it, leaves what a value says alone. */
export const isTransparent = (fn: string): boolean => TRANSPARENT.has(fn.toLowerCase());

/** Whether a modifier seeks another form of the value than the one written. */
export const isEncoding = (modifier: string): boolean => ENCODINGS.has(modifier);
