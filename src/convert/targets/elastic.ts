import { ecsFieldOf } from '../../knowledge/ecs';
import { localFunction } from '../../knowledge/functions';
import { printCondition as eqlCondition } from '../../languages/eql/print/print';
import { fieldText, printCondition as esqlCondition } from '../../languages/esql/print/print';
import { print as kueryText } from '../../languages/kuery/print/print';
import { print as luceneText } from '../../languages/lucene/print/print';
import type { FieldRef, Refusal, StartingPoint } from '../../model';
import type { Manner, Scoping, Target } from '../manner';
import { falseForMissing, hasPlainStar, nullForMissing } from './conditions';
import { eqlSeveral } from './several/eql';
import { esqlSeveral } from './several/esql';
import { measureIn } from './several/measures';

const typeOf: Manner['typeOf'] = (name) => {
  const type = ecsFieldOf(name)?.type;
  return type === undefined
    ? null
    : type === 'keyword' || type === 'wildcard' || type === 'text'
      ? 'text'
      : type === 'long' || type === 'float'
        ? 'number'
        : 'other';
};

const isAddress = (name: string): boolean => ecsFieldOf(name)?.type === 'ip';

const shared = {
  taxonomy: 'ecs',
  namesByTable: false,
  container: null,
  scopes: ({ elastic }: StartingPoint) => [elastic.integration],
} as const;

const CATEGORY = 'event.category';

/** The fields that scope a class of events; `hasCategory`: the language names the category itself. */
const scoped = ({ elastic: { category, where, told = {} } }: StartingPoint, hasCategory: boolean): readonly Scoping[] => {
  const others = where
    .filter(([field]) => category === 'any' || field !== CATEGORY)
    .map(([field, value]): Scoping => (told[field] === undefined ? [field, value] : [field, value, told[field]]));
  return [...(hasCategory || category === 'any' ? [] : [[CATEGORY, category] as const]), ...others];
};

/** A search of Elasticsearch's fields: keywords whole, with letters' case. */
const query: Manner = {
  missing: falseForMissing,
  emptyIsValue: true,
  saysAbsent: false,
  letters: 'exact',
  globs: (parts) => !parts.includes('any-char'),
  regex: null,
  lists: 'together',
  globWord: 'classified',
  anywhere: 'word',
  anywhereWord: 'keyword',
  wordsDiffer: 'Words of analysed text, or whole keywords, are sought instead of parts of any value',
  hasWords: false,
  isAddress,
  typeOf,
  isAnalysed: (name) => name.endsWith('.text') || ecsFieldOf(name)?.type === 'text',
  cidr: 'eq',
  fieldsCompare: false,
  manyValues: true,
};

/** What a threshold rule counts: events without a field it groups by are in no group. */
const counted: Target['counted'] = {
  keyless: false,
  pipeline: { times: new Set(), bins: new Set(), measure: (fn, args) => measureIn('esql', fn, args) },
};

const EVERYWHERE = 'No index is known to hold these events: whatever the search is set to read is read';

/** What Kibana's grammar reads as something else, and has no sign for: a backslash before `not` begins a line break, one before a blank begins nothing. */
const notInKibana = (text: string): string | null =>
  /not\s/i.test(text)
    ? 'a pattern with `not` before a blank, which Kibana takes for a word of its own'
    : /^\s|\s$|\s\s/.test(text)
      ? 'a pattern with blanks side by side or at its end, which Kibana does not keep'
      : null;

export const kueryTarget: Target = {
  ...shared,
  id: 'kuery',
  label: 'KQL (Kibana)',
  language: 'kuery',
  counted,
  manner: { ...query, unsayable: notInKibana },
  scoping: (point) => scoped(point, false),
  write: ({ predicate }) => ({ demands: predicate, printed: kueryText(predicate) }),
  unsourced: { why: EVERYWHERE, effect: 'looser' },
};

export const luceneTarget: Target = {
  ...shared,
  id: 'lucene',
  label: 'Lucene',
  language: 'lucene',
  counted,
  manner: { ...query, globs: () => true, regex: { dialect: 'lucene', fold: 'none', word: 'regex_match' } },
  scoping: (point) => scoped(point, false),
  write: ({ predicate }) => ({ demands: predicate, printed: luceneText(predicate) }),
  unsourced: { why: EVERYWHERE, effect: 'looser' },
};

export const eqlTarget: Target = {
  ...shared,
  id: 'eql',
  label: 'EQL',
  language: 'eql',
  manner: {
    missing: nullForMissing,
    emptyIsValue: true,
    saysAbsent: true,
    letters: 'both',
    globs: (parts) => !hasPlainStar(parts),
    regex: { dialect: 'lucene', fold: 'test', word: 'regex_match' },
    lists: 'apart',
    globWord: 'classified',
    anywhere: null,
    anywhereWord: 'keyword',
    hasWords: false,
    cidr: 'cidr_match',
    fieldsCompare: false,
    manyValues: true,
    functions: 'eql',
    isAddress,
    isTyped: true,
    typeOf,
  },
  ownSource: ({ analysis }) => analysis.stages[0]?.kind ?? null,
  category: (kind) => (kind === 'any' ? null : [CATEGORY, kind]),
  scoping: (point) => scoped(point, true),
  several: eqlSeveral,
  write({ predicate, point, source }) {
    const printed = eqlCondition(predicate);
    return { demands: predicate, printed: 'text' in printed ? { text: `${source ?? point?.elastic.category ?? 'any'} where ${printed.text}` } : printed };
  },
  unsourced: { why: 'No category is known to hold these events: events of any category are read', effect: 'looser' },
};

const esqlManner: Manner = {
  missing: nullForMissing,
  emptyIsValue: true,
  saysAbsent: true,
  letters: 'lowered',
  functions: 'esql',
  isAddress,
  lower: localFunction('scalar', 'lower', 'esql')!,
  globs: () => true,
  regex: { dialect: 'lucene', fold: 'none', word: 'regex_match' },
  lists: 'apart',
  globWord: 'wildcard',
  anywhere: null,
  anywhereWord: 'keyword',
  hasWords: false,
  cidr: 'cidr_match',
  fieldsCompare: true,
  manyValues: false,
  typeOf,
  textOf: localFunction('scalar', 'text', 'esql')!,
  isTyped: true,
};

export const esqlTarget: Target = {
  ...shared,
  id: 'esql',
  label: 'ES|QL',
  language: 'esql',
  manner: esqlManner,
  ownSource: ({ analysis: { sources } }) => (sources.length === 0 ? null : [...new Set(sources.map(({ name }) => name))].join(', ')),
  several: esqlSeveral(esqlManner),
  shape(shape) {
    const refused: Refusal[] = [];
    const name = (field: FieldRef): string => fieldText(refused, field);
    const text =
      shape.kind === 'keep'
        ? `KEEP ${shape.of.map(name).join(', ')}`
        : shape.kind === 'sort'
          ? `SORT ${shape.by.map(({ of, descending }) => `${name(of)}${descending ? ' DESC' : ''}`).join(', ')}`
          : `LIMIT ${shape.count}`;
    return refused.length > 0 ? null : text;
  },
  scoping: (point) => scoped(point, false),
  write({ predicate, point, source }) {
    const printed = esqlCondition(predicate);
    const indices = source ?? point?.elastic.indices.join(', ') ?? '*';
    return { demands: predicate, printed: 'text' in printed ? { text: `FROM ${indices} METADATA _id, _index, _version\n| WHERE ${printed.text}` } : printed };
  },
  unsourced: { why: 'No index is known to hold these events: every index is read', effect: 'looser' },
};
