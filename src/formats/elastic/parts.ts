import type { Diagnostic } from '../../model';
import { historyOf, newTermsOf } from './metadata';
import { remarkOf } from './remarks';
import { at, itemsAt, textAt, type DocumentNode, type TableNode } from './tree';

/** What a rule's type needs beside its query, as Kibana's API of rules demands it: what is missing, and numbers that are none or too small. */
export function partRemarks(rule: TableNode, type: string): readonly Diagnostic[] {
  const place = at(rule, 'type') ?? rule;
  const missing = (name: string, part: unknown): readonly Diagnostic[] =>
    part === undefined ? [remarkOf('elastic/missing-part', place, `A rule of this type needs \`${name}\`.`)] : [];
  const number = (node: DocumentNode | undefined, least: number, most: number, message: string): readonly Diagnostic[] =>
    node === undefined || (node.kind === 'scalar' && /^\d+$/.test(textAt(node)) && Number(textAt(node)) >= least && Number(textAt(node)) <= most)
      ? []
      : [remarkOf('elastic/part', node, message)];
  switch (type) {
    case 'threshold': {
      const threshold = at(rule, 'threshold');
      const least = 'A threshold is a whole number of at least 1, without quotes.';
      return [
        ...missing('threshold', threshold),
        ...(threshold === undefined ? [] : missing('threshold.value', at(threshold, 'value'))),
        ...number(at(threshold, 'value'), 1, Infinity, least),
        ...itemsAt(threshold, 'cardinality').flatMap((item) => number(at(item, 'value'), 1, Infinity, least)),
      ];
    }
    case 'new_terms':
      return [...missing('new_terms_fields', newTermsOf(rule)[0]), ...missing('history_window_start', historyOf(rule))];
    case 'threat_match':
      return ['threat_index', 'threat_mapping'].flatMap((name) => missing(name, itemsAt(rule, name)[0]));
    case 'machine_learning': {
      const score = at(rule, 'anomaly_threshold');
      return [
        ...missing('machine_learning_job_id', at(rule, 'machine_learning_job_id')),
        ...missing('anomaly_threshold', score),
        ...number(score, 0, 100, 'An anomaly score is a whole number from 0 to 100, without quotes.'),
      ];
    }
    case 'saved_query':
      return missing('saved_id', at(rule, 'saved_id'));
    default:
      return [];
  }
}
