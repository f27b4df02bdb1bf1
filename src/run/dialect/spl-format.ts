import { refused } from '../dialect';
import { regexOf } from '../regex';
import type { Value } from '../value';
import { splNumber, splText } from './spl-values';

/** `s/from/to/flags` or `y/abc/xyz/`, as sed has them. */
export function sed(text: string, script: string): string {
  const found = /^([sy])(.)(.*)$/s.exec(script.trim());
  if (found === null) throw refused('a sed expression');
  const parts: string[] = [''];
  const [, kind, mark, rest] = found as unknown as [string, string, string, string];
  for (let at = 0; at < rest.length; at++) {
    if (rest[at] === '\\' && rest[at + 1] === mark) parts[parts.length - 1] += rest[++at]!;
    else if (rest[at] === '\\') parts[parts.length - 1] += rest[at]! + (rest[++at] ?? '');
    else if (rest[at] === mark) parts.push('');
    else parts[parts.length - 1] += rest[at]!;
  }
  const [from, to, flags = ''] = parts;
  if (from === undefined || to === undefined) throw refused('a sed expression');
  if (kind === 'y') return [...text].map((char) => ([...from].includes(char) ? ([...to][[...from].indexOf(char)] ?? char) : char)).join('');
  if (!/^[gi]*\d*$/.test(flags)) throw refused('a flag of a sed expression');
  const ready = regexOf({ text: from, dialect: 'pcre', flags: flags.includes('i') ? 'i' : '' }, false);
  if (ready.refused !== undefined) throw refused(ready.refused);
  const by = to
    .replaceAll('$', '\\$')
    .replace(/\\(\d)/g, '$$$1')
    .replace(/\\([^\d$])/g, '$1');
  const matcher = ready.re.matcher(text);
  return flags.includes('g') ? matcher.replaceAll(by, true) : /\d/.test(flags) ? counted() : matcher.replaceFirst(by, true);
}

function counted(): never {
  throw refused('a counted sed expression');
}

/** `printf("%5.2f", x)`: as C has it, for whole numbers, fractions, texts and characters. */
export function printf([format, ...args]: readonly Value[]): Value {
  const pattern = splText(format);
  if (pattern === null) return null;
  let at = 0;
  return pattern.replace(
    /%(?:([-+ 0#']*)(\d+|\*)?(?:\.(\d+|\*))?([a-zA-Z%]))?/g,
    (written, flags: string, width: string | undefined, precision: string | undefined, letter: string | undefined) => {
      if (letter === '%') return '%';
      if (letter === undefined) throw refused(`printf with \`${written}\` and what follows it`);
      const size = width === '*' ? (splNumber(args[at++]) ?? 0) : Number(width ?? 0);
      const digits = precision === '*' ? (splNumber(args[at++]) ?? 0) : precision === undefined ? undefined : Number(precision);
      const value = args[at++];
      const number = splNumber(value) ?? 0;
      let text: string;
      switch (letter) {
        case 'd':
        case 'i':
          text = String(Math.trunc(Math.abs(number))).padStart(digits ?? 0, '0');
          break;
        case 'u':
          text = String(Math.trunc(Math.abs(number)));
          break;
        case 'f':
        case 'F':
          text = Math.abs(number).toFixed(digits ?? 6);
          break;
        case 'e':
        case 'E':
          text = Math.abs(number)
            .toExponential(digits ?? 6)
            .replace(/e([-+])(\d)$/, 'e$10$2');
          if (letter === 'E') text = text.toUpperCase();
          break;
        case 'g':
        case 'G':
          text = general(Math.abs(number), digits ?? 6);
          if (letter === 'G') text = text.toUpperCase();
          break;
        case 'x':
          text = (flags.includes('#') ? '0x' : '') + Math.trunc(Math.abs(number)).toString(16);
          break;
        case 'X':
          text = (flags.includes('#') ? '0X' : '') + Math.trunc(Math.abs(number)).toString(16).toUpperCase();
          break;
        case 'o':
          text = (flags.includes('#') ? '0' : '') + Math.trunc(Math.abs(number)).toString(8);
          break;
        case 'c':
          text = (splText(value) ?? '').slice(0, 1);
          break;
        case 's':
          text = (splText(value) ?? '').slice(0, digits);
          break;
        default:
          throw refused(`printf with \`%${letter}\``);
      }
      if (flags.includes("'")) text = text.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
      const sign = /[cs]/.test(letter) ? '' : number < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
      const whole = sign + text;
      if (flags.includes('-')) return whole.padEnd(size, ' ');
      return flags.includes('0') && !/[cs]/.test(letter) ? sign + text.padStart(size - sign.length, '0') : whole.padStart(size, ' ');
    },
  );
}

/** The shorter of both ways to write a number, as C's `%g`. */
function general(number: number, digits: number): string {
  const precision = Math.max(1, digits);
  const power = number === 0 ? 0 : Number(number.toExponential(precision - 1).split('e')[1]);
  const text =
    power < -4 || power >= precision
      ? number.toExponential(precision - 1).replace(/e([-+])(\d)$/, 'e$10$2')
      : number.toFixed(Math.max(0, precision - 1 - power));
  return text.includes('.') ? text.replace(/0+(?=e|$)/, '').replace(/\.(?=e|$)/, '') : text;
}
