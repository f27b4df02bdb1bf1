import { printDetection } from '../../languages/sigma/print/detection';
import type { Target } from '../manner';
import { falseForMissing } from './conditions';

export const sigmaTarget: Target = {
  id: 'sigma',
  label: 'Sigma',
  language: 'sigma',
  container: 'sigma',
  taxonomy: 'sigma',
  manner: {
    missing: falseForMissing,
    emptyIsValue: true,
    saysAbsent: true,
    letters: 'both',
    globs: () => true,
    regex: { dialect: 'pcre', fold: 'beside', word: 'regex_match' },
    lists: 'none',
    globWord: 'classified',
    anywhere: 'part',
    anywhereWord: 'keyword',
    hasWords: false,
    cidr: 'cidr_match',
    fieldsCompare: true,
    manyValues: true,
  },
  namesByTable: false,
  scopes: ({ sigma }) => [sigma.category, sigma.service, sigma.product].filter((part) => part !== ''),
  scoping: () => [],
  write({ predicate, logsource }) {
    const printed = printDetection(predicate);
    const parts = (['category', 'product', 'service'] as const).flatMap((part) =>
      logsource === null || logsource[part] === '' ? [] : [`    ${part}: ${logsource[part]}\n`],
    );
    return { demands: predicate, printed: 'text' in printed ? { text: `logsource:\n${parts.join('')}${printed.text}` } : printed };
  },
  needs: { what: 'log source', why: 'no log source of Sigma is known for these events: name one as product/category/service' },
  unsourced: null,
};
