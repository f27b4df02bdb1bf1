import { fieldsOfLogsource } from '../../knowledge/logsources';
import { printDetection } from '../../languages/sigma/print/detection';
import { gatheredAll } from '../gather';
import type { Target } from '../manner';
import { falseForMissing } from './conditions';
import { logsourceText } from './logsource-text';
import { sigmaSeveral } from './several/sigma';

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
    asksKey: true,
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
  columnsAt(point) {
    const fields = point === null ? null : fieldsOfLogsource(point.sigma);
    if (fields === null) return null;
    return {
      has: (name) => fields.native.has(name) || fields.custom.has(name) || fields.redundant.has(name),
      why: (name) => `These events have no field \`${name}\` in SigmaHQ’s taxonomy`,
    };
  },
  write({ predicate, logsource }) {
    const printed = printDetection(gatheredAll(predicate));
    return { demands: predicate, printed: 'text' in printed ? { text: logsourceText(logsource) + printed.text } : printed };
  },
  several: sigmaSeveral,
  needs: { what: 'log source', why: 'no log source of Sigma is known for these events: name one as product/category/service' },
  unsourced: null,
};
