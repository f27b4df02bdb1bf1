const UNITS: Readonly<Record<string, number>> = { s: 1 / 60, m: 1, h: 60, d: 1440, w: 10_080 };

/** Minutes of a length of time as rules write it (`1d`, `90m`, `PT1H`, `P14D`); null where it is written in another way. */
export function minutesOf(text: string): number | null {
  const plain = /^\s*(\d+(?:\.\d+)?)\s*([smhdw])\s*$/i.exec(text);
  if (plain !== null) return Number(plain[1]) * UNITS[plain[2]!.toLowerCase()]!;
  const iso = /^\s*P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?\s*$/i.exec(text);
  if (iso === null || iso[0].trim().length < 3) return null;
  return Number(iso[1] ?? 0) * 1440 + Number(iso[2] ?? 0) * 60 + Number(iso[3] ?? 0);
}

/** A length of time as Kusto writes it: `PT1H` is `1h`; what is written in another way stays. */
export function shortOf(text: string): string {
  const minutes = minutesOf(text);
  if (minutes === null || !/^\s*P/i.test(text)) return text.trim();
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}
