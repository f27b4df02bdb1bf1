import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One observation of the reference implementation: what it was given, and whether it took it. */
export interface SigmaCase {
  readonly kind: 'rule' | 'condition' | 'correlation' | 'modifier';
  readonly subkind: string;
  readonly input: unknown;
  readonly valid: boolean;
  readonly expectation: unknown;
}

export const SHARED = join(import.meta.dirname, '..', '..', '..', 'shared');

export const readSigmaCases = (): readonly SigmaCase[] =>
  gunzipSync(readFileSync(join(SHARED, 'cases', 'sigma.ndjson.gz')))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as SigmaCase);

const DETECTION = { sel: { field: 'value' }, condition: 'sel' };
const rule = (parts: object): string => JSON.stringify({ title: 't', logsource: { category: 'test' }, detection: DETECTION, ...parts });
const correlation = (parts: object): string =>
  JSON.stringify({ title: 't', correlation: { type: 'event_count', rules: ['a'], 'group-by': ['u'], timespan: '5m', condition: { gte: 1 }, ...parts } });

/** The case as a Sigma text: JSON is YAML, a part stands in a rule that is otherwise sound. Null: no text can say it. */
export function textOfCase({ kind, subkind, input }: SigmaCase): string | null {
  const given = input as {
    readonly doc?: unknown;
    readonly condition?: unknown;
    readonly detections?: unknown;
    readonly key?: string | null;
    readonly value?: unknown;
  };
  const doc = given !== null && typeof given === 'object' && 'api' in given ? given.doc : input;
  switch (`${kind}/${subkind}`) {
    case 'condition/condition': {
      const detections = Array.isArray(given.detections)
        ? Object.fromEntries((given.detections as string[]).map((name) => [name, name === 'null-keyword' ? null : { field: 'value' }]))
        : (given.detections as object);
      return rule({ detection: { ...detections, condition: given.condition } });
    }
    case 'rule/logsource':
      return rule({ logsource: doc });
    case 'rule/detections':
      return rule({ detection: doc });
    case 'rule/related':
      return rule({ related: doc });
    case 'rule/tag':
      return rule({ tags: [doc] });
    case 'rule/collection':
      return typeof doc === 'string' ? doc : (doc as readonly object[]).map((one) => JSON.stringify(one)).join('\n---\n');
    case 'rule/rule':
    case 'rule/filter':
    case 'correlation/correlation':
      return typeof doc === 'string' ? doc : JSON.stringify(doc);
    case 'correlation/correlation_condition':
      return correlation({ condition: doc });
    case 'correlation/correlation_extended_condition':
      return correlation({ type: 'temporal', rules: undefined, condition: input });
    case 'correlation/timespan':
      return correlation({ timespan: input });
    case 'modifier/cidr':
      return rule({ detection: { ...DETECTION, sel: { 'field|cidr': input } } });
    case 'modifier/regex':
      return rule({ detection: { ...DETECTION, sel: { 'field|re': input } } });
    case 'modifier/detection_item':
    case 'modifier/modifier':
      if (given.key === undefined) return null;
      return rule({ detection: { ...DETECTION, sel: given.key === null ? given.value : { [given.key]: given.value } } });
    default:
      return null;
  }
}
