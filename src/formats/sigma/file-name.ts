import { filePrefixOf, type Logsource } from '../../knowledge/logsources';

/** Words that say nothing a prefix has not said. */
const FILLING: ReadonlySet<string> = new Set([
  'a',
  'an',
  'the',
  'of',
  'to',
  'in',
  'on',
  'by',
  'via',
  'and',
  'or',
  'with',
  'for',
  'from',
  'is',
  'was',
  'detection',
  'detected',
  'potential',
  'possible',
]);
const SHORT: ReadonlyMap<string, string> = new Map([
  ['suspicious', 'susp'],
  ['windows', 'win'],
  ['linux', 'lnx'],
]);

/** SigmaHQ's convention: a prefix by log source, then the title; 10 to 70 characters of a-z, 0-9 and _. */
export function sigmaFileName(kind: string, logsource: Logsource, title: string): string {
  const prefix = kind === 'correlation' ? 'correlation_' : kind === 'filter' ? 'filter_' : filePrefixOf(logsource);
  const said = new Set(prefix.split('_'));
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => SHORT.get(word) ?? word)
    .filter((word) => word !== '' && !FILLING.has(word) && !said.has(word));
  let name = prefix.replace(/_$/, '');
  for (const word of words) {
    const longer = name === '' ? word : `${name}_${word}`;
    if (longer.length > 66) break;
    name = longer;
  }
  if (!name.includes('_')) name = name === '' ? 'sigma_rule' : `${name}_rule`;
  return `${name.length < 10 ? `${name}_rule` : name}.yml`;
}
