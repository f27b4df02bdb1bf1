import { placeOf } from '../../../syntax/predicates';
import { nearest } from '../../../syntax/nearest';
import datasets from '../datasets.json';
import type { Body, Option, SearchNode, Word } from '../tree';
import { COMMANDS } from '../vocabulary';
import { fixOf, type Reader } from './reader';

type Words = Extract<Body, { form: 'words' }>;
type Stats = Extract<Body, { form: 'stats' }>;

/* Everyday slips of single commands: each reads as something else, or Splunk refuses it. */

/** Remarks on the words of a command that has been read. */
export function remarkSlips(reader: Reader, name: string, body: Body): void {
  if (body.form === 'words') {
    remarkOptions(reader, name, body.options);
    WORDS.get(name)?.(reader, body);
  } else if (body.form === 'stats') {
    remarkOptions(reader, name, body.options);
    if (name === 'tstats' && body.from !== null) remarkModel(reader, body.from, body);
  }
}

/** A setting one slip away from one the command has; values of a closed list. */
function remarkOptions(reader: Reader, name: string, options: readonly Option[]): void {
  const known = COMMANDS.get(name)?.options?.map((option) => option.replace(/=.*$/, ''));
  for (const { name: option, nameSpan, value } of options) {
    if (value.macro !== undefined) continue;
    const meant = known === undefined || known.includes(option) || option.length < 4 ? undefined : nearest(option, known);
    if (meant !== undefined)
      reader.remark(
        'spl/unknown-option',
        'warning',
        nameSpan,
        `${name} has no setting ${option}. Is ${meant} meant?`,
        fixOf(`Write ${meant}`, nameSpan, meant),
      );
    if (name === 'join' && option === 'type' && !JOINS.has(value.text.toLowerCase()))
      reader.remark('spl/unknown-option', 'warning', value, `A join has no type ${value.text}: types are inner, left and outer.`);
  }
}

const JOINS: ReadonlySet<string> = new Set(['inner', 'left', 'outer']);

const isBare = (word: Word | undefined, text: string): boolean =>
  word !== undefined && word.quotes === undefined && word.macro === undefined && word.text.toLowerCase() === text;

const WORDS: ReadonlyMap<string, (reader: Reader, body: Words) => void> = new Map([
  [
    'rename',
    (reader, { words, passed }) => {
      const [last] = words.slice(-1);
      if (last === undefined || passed.length > 0 || words.some((word) => word.macro !== undefined || isBare(word, 'as'))) return;
      reader.remark('spl/unexpected', 'error', last, 'rename takes old AS new: AS is missing.');
    },
  ],
  ['dedup', remarkBy],
  ['table', remarkBy],
  ['fields', remarkBy],
  [
    'lookup',
    (reader, { words }) => {
      for (const word of words.slice(1)) {
        if (word.quotes !== undefined || word.macro !== undefined || !/^[A-Z]{4,}$/.test(word.text) || /^OUTPUT(?:NEW)?$/.test(word.text)) continue;
        const meant = nearest(word.text, ['OUTPUT', 'OUTPUTNEW']);
        if (meant !== undefined)
          reader.remark('spl/unknown-option', 'warning', word, `Is ${meant} meant? ${word.text} is a field here.`, fixOf(`Write ${meant}`, word, meant));
      }
    },
  ],
  ['top', remarkLastBy],
  ['rare', remarkLastBy],
]);

/** `dedup by user`: `by` is one of the fields. */
function remarkBy(reader: Reader, { words }: Words): void {
  const by = words.find((word) => isBare(word, 'by'));
  if (by === undefined) return;
  reader.remark('spl/unexpected', 'error', by, 'No by stands here: it is read as a field of that name.', fixOf('Remove by', by, ''));
}

function remarkLastBy(reader: Reader, { words }: Words): void {
  const last = words.at(-1);
  if (isBare(last, 'by')) reader.remark('spl/missing-value', 'error', last!, 'The fields after by are missing.');
}

const ROOTS: ReadonlySet<string> = new Set(Object.keys(datasets.roots));
/** Fields that events of every data model have without its name before them. */
const PLAIN: ReadonlySet<string> = new Set(
  '_time _indextime _raw host source sourcetype index splunk_server splunk_server_group linecount punct nodename tag eventtype earliest latest timestamp span sid'.split(
    ' ',
  ),
);

/** The model of a tstats: its name, and the fields asked for without their data set before them, which no event has. */
function remarkModel(reader: Reader, from: Word, { by, where }: Stats): void {
  const [model = '', set] = from.text
    .replace(/^datamodel[=:]?/i, '')
    .replaceAll('"', '')
    .split('.');
  if (from.macro !== undefined) return;
  const meant = ROOTS.has(model) ? undefined : nearest(model, ROOTS);
  if (meant !== undefined) reader.remark('spl/unknown-option', 'warning', from, `No data model ${model} is known. Is ${meant} meant?`);
  const root = set ?? (ROOTS.has(model) ? (datasets.roots as Readonly<Record<string, string>>)[model] : undefined);
  if (root === undefined) return;
  for (const word of [...by, ...fieldsIn(where)]) {
    if (word.macro !== undefined || !/^[A-Za-z]\w*$/.test(word.text) || PLAIN.has(word.text) || PLAIN.has(word.text.toLowerCase())) continue;
    const place = placeOf(word);
    reader.remark(
      'spl/model-field',
      'warning',
      place,
      `Fields of a data model carry their data set: ${root}.${word.text}. Without it no event has this.`,
      fixOf(`Write ${root}.${word.text}`, place, `${root}.${word.text}`),
    );
  }
}

function fieldsIn(where: SearchNode | null): readonly Word[] {
  const found: Word[] = [];
  const open = where === null ? [] : [where];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'and' || node.kind === 'or') open.push(...node.of);
    else if (node.kind === 'not') open.push(node.of);
    else if (node.kind === 'compare' || node.kind === 'in') found.push(node.field);
  }
  return found.toSorted((a, b) => a.start - b.start);
}
