/** The parts of a schedule: what they are called, their least and greatest number, the names that stand for numbers. */
const PARTS: readonly { readonly name: string; readonly least: number; readonly most: number; readonly words: readonly string[] }[] = [
  { name: 'minute', least: 0, most: 59, words: [] },
  { name: 'hour', least: 0, most: 23, words: [] },
  { name: 'day of the month', least: 1, most: 31, words: [] },
  { name: 'month', least: 1, most: 12, words: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { name: 'day of the week', least: 0, most: 7, words: 'sun mon tue wed thu fri sat'.split(' ') },
];

/** What is wrong with a schedule as cron writes it, in five parts of lists, ranges and steps; null where nothing is. */
export function problemOfCron(text: string): string | null {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== PARTS.length) return `A schedule has five parts, minute, hour, day, month and day of the week; here are ${parts.length}.`;
  for (const [at, { name, least, most, words }] of PARTS.entries()) {
    const numberOf = (written: string): number => {
      const word = words.indexOf(written.toLowerCase());
      const number = word >= 0 ? word + least : /^\d{1,2}$/.test(written) ? Number(written) : Number.NaN;
      return number >= least && number <= most ? number : Number.NaN;
    };
    for (const one of parts[at]!.split(',')) {
      const [range = '', step, ...more] = one.split('/');
      const [from = '', to, ...others] = range.split('-');
      const isStep = step === undefined || (/^\d{1,2}$/.test(step) && Number(step) >= 1 && Number(step) <= most);
      const isRange = range === '*' || (others.length === 0 && (to === undefined ? !Number.isNaN(numberOf(from)) : numberOf(from) <= numberOf(to)));
      if (more.length > 0 || !isStep || !isRange) return `\`${one.slice(0, 20)}\` is no ${name}: it goes from ${least} to ${most}.`;
    }
  }
  return null;
}
