import type { RuleFacts } from '../../model';
import { checkRange, checkTexts, listAt, packDeltas, packInts, packLists, unpackDeltas, unpackInts, unpackLists, type StoredLists } from './columns';
import { tableOfTexts, tableOfTuples } from './table';

/** What only a rule's own page shows: kept apart, so that guides and searches do not wait for it. A text is its place in `texts`. */
export interface StoredDetails {
  readonly texts: readonly string[];
  readonly references: StoredLists;
  /** Places in the output table: name, source, used. */
  readonly outputs: StoredLists;
  readonly outputTable: readonly [names: string, sources: string, used: string];
}

type Detail = Pick<RuleFacts, 'references' | 'outputs'>;

/** What only a rule's own page shows of the rule of this number. */
export type Details = (rule: number) => Detail;

const NOTHING = { references: [], outputs: [] };
export const NO_DETAILS: Details = () => NOTHING;

export function encodeDetails(rules: readonly Detail[]): StoredDetails {
  const texts = tableOfTexts(rules.flatMap(({ references, outputs }) => [...references, ...outputs.flatMap(({ name, source }) => [name, source])]));
  const outputOf = ({ name, source, used }: Detail['outputs'][number]) => [texts.placeOf(name), texts.placeOf(source), Number(used)] as const;
  const outputs = tableOfTuples(rules.flatMap((rule) => rule.outputs.map(outputOf)));
  return {
    texts: texts.entries,
    references: packLists(rules.map((rule) => rule.references.map(texts.placeOf))),
    outputs: packLists(rules.map((rule) => rule.outputs.map((output) => outputs.placeOf(outputOf(output))))),
    outputTable: [
      packDeltas(outputs.entries.map((entry) => entry[0])),
      packDeltas(outputs.entries.map((entry) => entry[1])),
      packInts(outputs.entries.map((entry) => entry[2])),
    ],
  };
}

/** Opens the details of `count` rules. Throws when the columns do not fit each other. */
export function decodeDetails(stored: StoredDetails, count: number): Details {
  const texts = checkTexts(stored.texts);
  const names = unpackDeltas(stored.outputTable[0]);
  checkRange(names, names.length, texts.length);
  const sources = checkRange(unpackDeltas(stored.outputTable[1]), names.length, texts.length);
  const used = checkRange(unpackInts(stored.outputTable[2]), names.length, 2);
  const [references, outputs] = [unpackLists(stored.references), unpackLists(stored.outputs)];
  for (const [lists, limit] of [[references, texts.length] as const, [outputs, names.length] as const]) {
    checkRange(lists.starts, count + 1, lists.items.length + 1);
    checkRange(lists.items, lists.items.length, limit);
  }
  return (rule) => ({
    references: Array.from(listAt(references, rule), (place) => texts[place]!),
    outputs: Array.from(listAt(outputs, rule), (at) => ({ name: texts[names[at]!]!, source: texts[sources[at]!]!, used: used[at] === 1 })),
  });
}
