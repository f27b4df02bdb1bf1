import type { Operand } from '../model';
import { isRefused, type RunFunction } from '../run/dialect';
import { evaluator, type Reading } from '../run/expression';
import type { ExtractStep, Extractor, PipelineDialect } from '../run/pipeline-dialect';
import { textOf, type Value } from '../run/value';
import { ANYTHING, found, inJson, MOST_REGEX_TEXTS, textsOf, type Inverse, type WorkedBack } from './inverse';
import { whole, type Way } from './pieces';
import { regexTexts, type Piece } from './regex-text';
import { take } from './take';

/** A part of a pattern: plain text, any text, or a column with a text that is usual in it. */
type Part = { readonly text: string } | 'any' | { readonly column: string; readonly usual: string };

/** Where a text stands that is cut up. */
const SOURCE = 'source';

/** The function that gives one column of a step that cuts up a text, with how it is worked back; null where the step is not covered. */
export function cutFunction(operation: ExtractStep, column: string, reading: Reading, extractor: PipelineDialect['extractor']): WorkedBack | null {
  let cut: Extractor | null;
  let pattern: string | null;
  try {
    const written = operation.pattern === null || operation.pattern.kind === 'list' ? null : evaluator(operation.pattern, reading)({});
    pattern = typeof written === 'string' ? written : null;
    cut = extractor(operation, (row) => row[SOURCE] ?? null, pattern);
  } catch (error) {
    if (!isRefused(error)) throw error;
    return null;
  }
  if (cut === null) return null;
  const columnsOf = (value: Value): Readonly<Record<string, Value>> => {
    const made = cut({ [SOURCE]: value });
    return made === null || made === 'drop' ? {} : made;
  };
  const call: RunFunction['call'] = ([value]) => columnsOf(value!)[column] ?? null;
  return { call, backwards: backwardsOf(operation, column, pattern, columnsOf) };
}

function backwardsOf(operation: ExtractStep, column: string, pattern: string | null, columnsOf: (value: Value) => Readonly<Record<string, Value>>): Inverse {
  if (operation.how === 'rex') return ({ way, current }) => found(pattern ?? '', column, way, current);
  if (operation.how === 'spath' || operation.how === 'fromjson') return ({ way }) => inJson(`$.${(pattern ?? column).replaceAll('{}', '[0]')}`, way);
  if (operation.how === 'grok') return grokBackwards(pattern ?? '', column, columnsOf);
  const parts = partsOf(operation, pattern);
  return function* ({ way, current }): Generator<Way> {
    const others = current === '' ? {} : columnsOf(current);
    const written = (part: Part, asked: string): string => (part === 'any' ? '' : 'text' in part ? part.text : textAt(part, column, asked, others));
    for (const asked of textsOf(way)) {
      if (parts.includes('any')) yield { pieces: piecesOf(parts, (part) => written(part, asked)) };
      yield whole(parts.map((part) => written(part, asked)).join(''));
    }
  };
}

/** The stretches between those where any text stands. */
function piecesOf(parts: readonly Part[], written: (part: Part) => string): readonly Piece[] {
  const pieces: Piece[] = [];
  let [text, from] = ['', 0];
  for (const [at, part] of [...parts, 'any' as const].entries()) {
    if (part !== 'any') text += written(part);
    else {
      if (text !== '') pieces.push({ text, atStart: from === 0, atEnd: at === parts.length });
      [text, from] = ['', at + 1];
    }
  }
  return pieces;
}

/** Of named patterns and expressions: each column is a group of one expression. */
function grokBackwards(pattern: string, column: string, columnsOf: (value: Value) => Readonly<Record<string, Value>>): Inverse {
  const names: string[] = [];
  const groupOf = (name: string): string => `(?<column${names.push(name) - 1}>`;
  const text = pattern.replace(/%\{(\w+)(?::([^:}]+))?(?::\w+)?\}|\(\?<([\w.@-]+)>/g, (_, known?: string, named?: string, inline?: string) => {
    if (inline !== undefined) return groupOf(inline);
    const usual = usualOf(known!).replace(/[.]/g, '\\.');
    return named === undefined ? usual : `${groupOf(named)}${usual})`;
  });
  return function* ({ way, current }): Generator<Way> {
    const others = current === '' ? {} : columnsOf(current);
    const standing = new Map(names.flatMap((name, at) => (textOf(others[name] ?? '') === '' ? [] : [[`column${at}`, textOf(others[name]!)] as const])));
    const texts = way === ANYTHING ? [null] : textsOf(way);
    for (const asked of texts) {
      const filled = new Map([...standing, ...(asked === null ? [] : [[`column${names.indexOf(column)}`, asked] as const])]);
      yield* take(regexTexts({ text, dialect: 're2', flags: '' }, filled), MOST_REGEX_TEXTS);
    }
  };
}

/** What stands in a part of a text: what is asked for, else what stands there already, else what is usual. */
function textAt(part: Extract<Part, { column: string }>, column: string, asked: string, others: Readonly<Record<string, Value>>): string {
  if (part.column === column) return asked;
  const there = textOf(others[part.column] ?? '');
  return there === '' ? part.usual : there;
}

function partsOf({ pattern, makes, options = [] }: ExtractStep, text: string | null): readonly Part[] {
  if (pattern?.kind === 'list') {
    const isRegex = options.some(({ name, value }) => name === 'kind' && value === 'regex');
    return pattern.of.map((part) => partOf(part, isRegex, makes.find(({ name }) => part.kind === 'field' && name === part.name)?.type ?? 'string'));
  }
  const parts: Part[] = [];
  let from = 0;
  const plain = (written: string): void => void parts.push({ text: written });
  for (const { 0: written, 1: inner, index } of (text ?? '').matchAll(/%\{([^}]*)\}/g)) {
    plain(text!.slice(from, index));
    from = index + written.length;
    parts.push({ column: inner!.replace(/^[+?]|->$|\/\d+$/g, ''), usual: usualOf('') });
  }
  plain((text ?? '').slice(from));
  return parts;
}

function partOf(part: Operand, isRegex: boolean, type: string): Part {
  if (part.kind === 'glob') return 'any';
  if (part.kind === 'literal') return { text: isRegex ? sampleOf(part.text) : part.text };
  return part.kind === 'field' ? { column: part.name, usual: usualOf(type) } : { text: '' };
}

const sampleOf = (pattern: string): string => {
  for (const { text } of regexTexts({ text: pattern, dialect: 're2', flags: '' })) return text;
  return '';
};

/** A text of a column's type, or of a named pattern. */
function usualOf(type: string): string {
  if (/^(?:string|)$/i.test(type)) return 'example';
  if (/date|timestamp/i.test(type)) return '2026-01-05T11:05:00Z';
  if (/^(?:guid|uuid)$/i.test(type)) return '00000000-0000-0000-0000-000000000001';
  if (/^ip/i.test(type)) return '203.0.113.7';
  return /int|num|long|real|double|decimal|port|month|day|year|hour|minute|second/i.test(type) ? '1' : type === 'SPACE' ? ' ' : 'example';
}
