/** Modifiers that ask for less than those of a key, the closest first: any dash for a dash, any letters, a part for the whole. */
export function wider(written: string): readonly string[] {
  const names = written === '' ? [] : written.split('|');
  // A key of none gets its first bar.
  const chain = (of: readonly string[]): string => (written === '' && of.length > 0 ? '|' : '') + of.join('|');
  const open = names.map((name) => (name === 'startswith' || name === 'endswith' ? 'contains' : name));
  const isText = names.every((name) => TEXT.has(name));
  return [
    ...(isText && !names.includes('windash') ? [chain([...names, 'windash'])] : []),
    ...(names.includes('cased') && names.length > 1 ? [chain(names.filter((name) => name !== 'cased'))] : []),
    ...(names.length > 0 && open.join() !== names.join() ? [chain(open)] : []),
    ...(isText && !names.some((name) => PLACED.has(name)) ? [chain([...names, 'contains'])] : []),
  ];
}

const PLACED: ReadonlySet<string> = new Set(['contains', 'startswith', 'endswith']);
const TEXT: ReadonlySet<string> = new Set([...PLACED, 'all', 'cased', 'windash']);
