/**
 * A number as YAML 1.1 readers write it out again, in which converters hand it on: `0x1F` is 31, `010` is 8, `1_000` is 1000, `1:30` is 90;
 * fractions stay as written, but for `_` and `+`. Total.
 */
export function plainNumber(written: string): string {
  const text = written.replaceAll('_', '');
  const sign = text.startsWith('-') ? '-' : '';
  const digits = text.replace(/^[-+]/, '');
  const whole = (value: bigint): string => (value === 0n ? '0' : `${sign}${value}`);
  const [, base = '', rest = ''] = /^0([xb])([\da-fA-F]+)$/.exec(digits) ?? [];
  if (base !== '') return whole(base === 'x' ? BigInt(`0x${rest}`) : BigInt(`0b${rest}`));
  if (/^0[0-7]+$/.test(digits)) return whole(BigInt(`0o${digits.slice(1)}`));
  if (/^\d+(?::[0-5]?\d)+$/.test(digits)) return whole(digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n));
  if (/^\d+$/.test(digits)) return digits === '0' ? digits : sign + digits;
  return /^\.\d|^\d/.test(digits) ? sign + (digits.startsWith('.') ? `0${digits}` : digits.endsWith('.') ? `${digits}0` : digits) : sign + digits;
}
