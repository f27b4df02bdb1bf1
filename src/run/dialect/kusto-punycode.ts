import type { RunFunction } from '../dialect';
import { kustoText } from './kusto-values';

type Entry = readonly [string, RunFunction];

const DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** How the steps of digits adapt to the size of what was written before. */
function adapted(delta: number, count: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / count);
  let step = 0;
  for (; rest > 455; step += 36) rest = Math.floor(rest / 35);
  return step + Math.floor((36 * rest) / (rest + 38));
}

const threshold = (step: number, bias: number): number => Math.min(26, Math.max(1, step - bias));

/** A text as ASCII letters: those it has, a dash, and where the others stand. */
function encoded(text: string): string {
  const points = [...text].map((char) => char.codePointAt(0)!);
  const plain = points.filter((point) => point < 128);
  let out = plain.map((point) => String.fromCharCode(point)).join('') + (plain.length > 0 ? '-' : '');
  let [next, delta, bias, written] = [128, 0, 72, plain.length];
  while (written < points.length) {
    const least = points.reduce((found, point) => (point >= next && point < found ? point : found), Infinity);
    delta += (least - next) * (written + 1);
    next = least;
    for (const point of points) {
      if (point < next) delta++;
      if (point !== next) continue;
      let rest = delta;
      for (let step = 36; ; step += 36) {
        const limit = threshold(step, bias);
        if (rest < limit) break;
        out += DIGITS[limit + ((rest - limit) % (36 - limit))];
        rest = Math.floor((rest - limit) / (36 - limit));
      }
      out += DIGITS[rest];
      bias = adapted(delta, written + 1, written === plain.length);
      delta = 0;
      written++;
    }
    delta++;
    next++;
  }
  return out;
}

/** The text behind its letters; null for what is none. */
function decoded(text: string): string | null {
  const dash = text.lastIndexOf('-');
  const points = Array.from(text.slice(0, Math.max(0, dash)), (char) => char.codePointAt(0)!);
  if (points.some((point) => point > 127)) return null;
  let [next, place, bias] = [128, 0, 72];
  for (let at = dash + 1; at < text.length;) {
    const before = place;
    let weight = 1;
    for (let step = 36; ; step += 36) {
      const digit = at < text.length ? DIGITS.indexOf(text[at++]!.toLowerCase()) : -1;
      if (digit < 0 || digit * weight > 0x7fffffff - place) return null;
      place += digit * weight;
      const limit = threshold(step, bias);
      if (digit < limit) break;
      weight *= 36 - limit;
    }
    bias = adapted(place - before, points.length + 1, before === 0);
    next += Math.floor(place / (points.length + 1));
    place %= points.length + 1;
    if (next > 0x10ffff) return null;
    points.splice(place++, 0, next);
  }
  return String.fromCodePoint(...points);
}

const isPlain = (text: string): boolean => [...text].every((char) => char.charCodeAt(0) < 128);

/** The labels of a domain, whatever dot stands between them. */
const labels = (domain: string, call: (label: string) => string | null): string => {
  const found = domain.split(/[.\u3002\uff0e\uff61]/).map(call);
  return found.includes(null) ? '' : found.join('.');
};

const text = (name: string, call: (source: string) => string): Entry => [name, { call: ([value]) => call(kustoText(value!)) }];

/** Most code points: longer texts are no labels. */
const MOST = 1024;

/** Functions of Kusto between texts and their Punycode. */
export const KUSTO_PUNYCODE: readonly Entry[] = [
  text('punycode_from_string', (source) => (source.length > MOST ? '' : encoded(source))),
  text('punycode_to_string', (source) => (source.length > MOST ? '' : (decoded(source) ?? ''))),
  text('punycode_domain_to_string', (domain) => labels(domain, (label) => (isPlain(label) ? label : label.length > MOST ? null : `xn--${encoded(label)}`))),
  text('punycode_domain_from_string', (domain) =>
    labels(domain, (label) => (!label.startsWith('xn--') ? label : label.length > MOST ? null : decoded(label.slice(4)))),
  ),
];
