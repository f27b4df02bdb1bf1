/**
 * A number as YAML 1.1 readers write it out again, in which converters hand it on: `0x1F` is 31, `010` is 8, `1_000` is 1000, `1:30` is 90;
 * fractions stay as written, but for `_` and `+`. Total.
 */
export function plainNumber(written: string): string {
  const text = written.replaceAll('_', '');
  const sign = text.startsWith('-') ? '-' : '';
  const digits = text.replace(/^[-+]/, '');
  const [, base = '', rest = ''] = /^0([xb])([\da-fA-F]+)$/.exec(digits) ?? [];
  if (base !== '') return sign + (base === 'x' ? BigInt(`0x${rest}`) : BigInt(`0b${rest}`)).toString();
  if (/^0[0-7]+$/.test(digits)) return sign + BigInt(`0o${digits.slice(1)}`).toString();
  if (/^\d+(?::[0-5]?\d)+$/.test(digits))
    return (
      sign +
      digits
        .split(':')
        .reduce((sum, part) => sum * 60n + BigInt(part), 0n)
        .toString()
    );
  if (/^\d+$/.test(digits)) return (sign === '' ? '' : digits === '0' ? '' : sign) + digits;
  return /^\.\d|^\d/.test(digits) ? sign + (digits.startsWith('.') ? `0${digits}` : digits.endsWith('.') ? `${digits}0` : digits) : sign + digits;
}
