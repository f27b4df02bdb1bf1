import { refused, type RunFunction } from '../dialect';
import { isNumber } from '../value';

type Entry = readonly [string, RunFunction];

const numeric = (name: string, call: (...numbers: readonly number[]) => number): Entry => [
  name,
  { call: (args) => (args.every(isNumber) ? call(...args.map(Number)) : null) },
];

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
  9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** The logarithm of the gamma function above zero, by Lanczos' series. */
function logGamma(value: number): number {
  if (value < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * value))) - logGamma(1 - value);
  const base = value - 1;
  const sum = LANCZOS.slice(1).reduce((all, factor, at) => all + factor / (base + at + 1), LANCZOS[0]!);
  const shifted = base + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (base + 0.5) * Math.log(shifted) - shifted + Math.log(sum);
}

/** Whole numbers exactly, as far as a fraction holds them. */
function gamma(value: number): number {
  if (value <= 0) throw refused('`gamma` of zero and less');
  if (Number.isInteger(value) && value <= 23) return Array.from({ length: value - 1 }, (_, at) => at + 1).reduce((all, one) => all * one, 1);
  return Math.exp(logGamma(value));
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** The continued fraction of the incomplete beta function, by Lentz. */
function fraction(x: number, a: number, b: number): number {
  const least = 1e-300;
  const kept = (value: number): number => (Math.abs(value) < least ? least : value);
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let found = d;
  for (let step = 1; step <= 1000; step++) {
    const even = (step * (b - step) * x) / ((a + 2 * step - 1) * (a + 2 * step));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    found *= d * c;
    const odd = (-(a + step) * (a + b + step) * x) / ((a + 2 * step) * (a + 2 * step + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    found *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return found;
}

/** The share of a beta distribution up to x. */
function betaShare(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log(1 - x) - logBeta(a, b));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

const outside = (x: number, a: number, b: number): boolean => !(x >= 0 && x <= 1 && a > 0 && b > 0);

/** Where the share is reached, by halving. */
function betaPlace(share: number, a: number, b: number): number {
  if (outside(share, a, b) || share === 0) throw refused('`beta_inv` where it has no answer');
  let [low, high] = [0, 1];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (betaShare(middle, a, b) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The error function: by its series near zero, by the gamma function's continued fraction beyond. */
function errorOf(x: number): number {
  if (Math.abs(x) > 2.5) return Math.sign(x) * (1 - restOf(Math.abs(x)));
  let term = x;
  let sum = x;
  for (let step = 1; step < 200 && Math.abs(term) > 1e-18 * Math.abs(sum); step++) {
    term *= (-x * x) / step;
    sum += term / (2 * step + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** What the error function lacks to 1, for x above zero. */
function restOf(x: number): number {
  if (x <= 2.5) return 1 - errorOf(x);
  let tail = 0;
  for (let step = 120; step > 0; step--) tail = step / 2 / (x + tail);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + tail);
}

/** Welch's test of two means: how likely it is that they are equal. */
function welch(mean1: number, variance1: number, count1: number, mean2: number, variance2: number, count2: number): number {
  const [a, b] = [variance1 / count1, variance2 / count2];
  const squared = (mean1 - mean2) ** 2 / (a + b);
  const freedom = (a + b) ** 2 / (a ** 2 / (count1 - 1) + b ** 2 / (count2 - 1));
  return betaShare(freedom / (freedom + squared), freedom / 2, 0.5);
}

/** Functions of Kusto of statistics. */
export const KUSTO_STATISTICS: readonly Entry[] = [
  numeric('gamma', (value) => gamma(value!)),
  numeric('loggamma', (value) => (value! > 0 ? logGamma(value!) : notBelow('loggamma'))),
  numeric('beta_cdf', (x, a, b) => (outside(x!, a!, b!) ? NaN : betaShare(x!, a!, b!))),
  numeric('beta_pdf', (x, a, b) => (outside(x!, a!, b!) ? NaN : Math.exp((a! - 1) * Math.log(x!) + (b! - 1) * Math.log(1 - x!) - logBeta(a!, b!)))),
  numeric('beta_inv', (share, a, b) => betaPlace(share!, a!, b!)),
  numeric('erf', (x) => errorOf(x!)),
  numeric('erfc', (x) => (x! >= 0 ? restOf(x!) : 2 - restOf(-x!))),
  numeric('welch_test', (a, b, c, d, e, f) => welch(a!, b!, c!, d!, e!, f!)),
];

function notBelow(name: string): never {
  throw refused(`\`${name}\` of zero and less`);
}
