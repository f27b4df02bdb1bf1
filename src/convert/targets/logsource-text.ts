import type { Logsource } from '../../knowledge/logsources';

/** A log source as a rule of Sigma says it; of none its key alone. */
export function logsourceText(logsource: Logsource | null): string {
  const parts = (['category', 'product', 'service'] as const).flatMap((part) =>
    logsource === null || logsource[part] === '' ? [] : [`    ${part}: ${logsource[part]}\n`],
  );
  return `logsource:\n${parts.join('')}`;
}
