import type { Rule, TimeBound } from '../model';

/** The kinds of bound by how closely they hold the logic; a schedule and a history window do not bound it. */
const CLOSENESS: readonly TimeBound['kind'][] = ['maxspan', 'timespan', 'bin', 'look-back'];

const SECONDS: ReadonlyMap<string, number> = new Map(Object.entries({ ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, M: 2_592_000, y: 31_536_000 }));

/** Seconds of a time such as `10m`, `-24h@h`, `1.5 hours`; null where it says none we know. A month has a capital M, alone. */
export function secondsOf(text: string): number | null {
  const found = /^[-+]?(\d{1,9}(?:\.\d{1,6})?)\s*([a-zA-Z]+)/.exec(text.trim());
  if (found === null) return null;
  const unit = found[2]!;
  const seconds = SECONDS.get(unit) ?? SECONDS.get(/^mon/i.test(unit) ? 'M' : /^mil|^ms/i.test(unit) ? 'ms' : unit[0]!.toLowerCase());
  return seconds === undefined ? null : Number(found[1]) * seconds;
}

/** The narrowest bound of the rule's logic as written, such as `10m`; '' when there is none. A bin or a maxspan comes before the look-back, the query before its container. */
export function timeWindowOf({ meta, analysis }: Rule): string {
  for (const kind of CLOSENESS) {
    const [first, ...others] = [...analysis.times, ...meta.times].filter((time) => time.kind === kind);
    if (first === undefined) continue;
    return others.reduce((narrowest, time) => ((secondsOf(time.text) ?? Infinity) < (secondsOf(narrowest.text) ?? Infinity) ? time : narrowest), first).text;
  }
  return '';
}

/** The narrowest bound and, behind it, every other time the rule names with its kind: `119m; schedule 60m, history now-5d`. */
export function timeLineOf(rule: Rule): string {
  const narrowest = timeWindowOf(rule);
  const all = [...rule.analysis.times, ...rule.meta.times];
  const bound = CLOSENESS.find((kind) => all.some((time) => time.kind === kind));
  const others = all.filter(({ kind, text }) => kind !== bound || text !== narrowest).map(({ kind, text }) => `${kind} ${text}`);
  return [narrowest, [...new Set(others)].join(', ')].filter((part) => part !== '').join('; ');
}
