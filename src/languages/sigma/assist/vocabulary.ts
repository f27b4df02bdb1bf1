import table from './vocabulary.json';

/** Words with a line of help each; the lists are in the order they are suggested. */
export type Words = ReadonlyMap<string, string>;

const wordsOf = (list: Readonly<Record<string, string>>): Words => new Map(Object.entries(list));

/** What a key is written with, as a snippet, where it is more than its colon. */
export const SHAPES: ReadonlyMap<string, string> = wordsOf(table.shapes);
/** What a rule is not complete without, in the order it is written. */
export const WANTED: readonly string[] = table.wanted;

export const KEYS = wordsOf(table.keys);
export const LOGSOURCE_KEYS = wordsOf(table.logsource);
export const DETECTION_KEYS = wordsOf(table.detection);
export const CORRELATION_KEYS = wordsOf(table.correlation);
export const BOUND_KEYS = wordsOf(table.correlationCondition);
export const CORRELATION_TYPES = wordsOf(table.correlationTypes);
export const FILTER_KEYS = wordsOf(table.filter);
export const RELATED_KEYS = wordsOf(table.related);
export const MODIFIER_WORDS = wordsOf(table.modifiers);
export const CONDITION_WORDS = wordsOf(table.condition);
export const STATUS_WORDS = wordsOf(table.statuses);
export const LEVEL_WORDS = wordsOf(table.levels);
export const FIELD_WORDS = wordsOf(table.fields);
