import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../src/formats/registry';
import { LANGUAGES } from '../src/languages/registry';
import { formatText } from '../src/lint/format-text';
import { OPERATORS, type Addition, type Context, type Language, type Span, type TextEdit } from '../src/model';
import { caseFiles, caseFolders, readCases, writeCases } from './support/cases';
import { renderRun } from './support/render-run';
import { renderAnalysis, renderCompletion, renderDiagnostics, renderPrinted } from './support/render';
import { samePredicate } from './support/same-predicate';

const context: Context = { languages: LANGUAGES };
const isUpdating = process.env['UPDATE'] === '1';

/** The cases of a file; `law` throws where an answer breaks what must hold of every input of the kind. */
function run(file: string, answer: (input: string) => string, law?: (input: string) => void): void {
  const cases = readCases(file);
  describe(basename(file), () => {
    if (isUpdating) {
      it('is rewritten', () =>
        writeCases(
          file,
          cases.map((entry) => ({ ...entry, expected: answer(entry.input).trimEnd() })),
        ));
      return;
    }
    it('holds cases', () => expect(cases.length).toBeGreaterThan(0));
    for (const { name, input, expected } of cases)
      it(name, () => {
        expect(answer(input).trimEnd()).toBe(expected);
        law?.(input);
      });
  });
}

const completionAt = (language: Language, marked: string): string => renderCompletion(language.suggest(marked.replace('‸', ''), marked.indexOf('‸'), context));

const hoverAt = (language: Language, marked: string): string => language.hover(marked.replace('‸', ''), marked.indexOf('‸'), context)?.text ?? 'nothing';

/** The signature with the argument at the place in brackets. */
function signatureAt(language: Language, marked: string): string {
  const found = language.signature?.(marked.replace('‸', ''), marked.indexOf('‸')) ?? null;
  if (found === null) return 'nothing';
  const { label, parameters, active, help } = found;
  const argument = parameters[active];
  const shown = argument === undefined ? label : `${label.slice(0, argument.start)}[${label.slice(argument.start, argument.end)}]${label.slice(argument.end)}`;
  return `${shown}\n${help}`;
}

/** Each name with where it is given and said; after `---` in the input, names that are tried for the first. */
function namesOf(language: Language, input: string): string {
  const [text = '', tried = ''] = input.split(/^---try$\n?/m);
  const found = language.namings?.(text, context) ?? [];
  const placed = (span: Span): string => `${text.slice(0, span.start).split('\n').length}:${span.start - text.lastIndexOf('\n', span.start - 1)}`;
  const lines = found.map(
    ({ name, kind, definition, uses, fixed }) =>
      `${kind} ${name} at ${definition === null ? 'no place' : placed(definition)}, said at ${uses.map(placed).join(' ') || 'no place'}${fixed === undefined ? '' : `. ${fixed}`}`,
  );
  const form = new RegExp(`^(?:${found[0]?.form ?? ''})$`);
  const names = tried.split('\n').filter((name) => name !== '');
  return [...lines, ...names.map((name) => `${name}: ${form.test(name) ? 'free' : 'refused'}`)].join('\n') || 'nothing';
}

/** `indicator Image ends_with \foo.exe`, a field with blanks in double quotes. */
function additionOf(line: string): Addition {
  const [, polarity = '', quoted, bare = '', op, value = ''] = /^(indicator|exclusion) (?:"([^"]*)"|(\S+)) (\w+) ?(.*)$/.exec(line) ?? [];
  const known = OPERATORS.find((name) => name === op);
  if ((polarity !== 'indicator' && polarity !== 'exclusion') || known === undefined) throw new Error(`no row: ${line}`);
  return { polarity, field: quoted ?? bare, op: known, value };
}

const edited = (text: string, edits: readonly TextEdit[]): string =>
  edits
    .toReversed()
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((rest, { span, text: by }) => rest.slice(0, span.start) + by + rest.slice(span.end), text);

/** Rows, one a line, then `---`, then the text, with `‸` where they are to go if anywhere: the text with them added one after the other; `refused` where one has no place, `unchanged` where all stand in it. */
function added(language: Language, input: string): string {
  const [, head = '', text = ''] = /^([\s\S]*?)\n---\n([\s\S]*)$/.exec(input) ?? [];
  const mark = text.indexOf('‸');
  const bare = text.replace('‸', '');
  let result = bare;
  for (const line of head.split('\n').filter((row) => row.trim() !== '')) {
    const edits = language.add(result, { ...additionOf(line), at: mark < 0 ? undefined : mark }, context);
    if (edits === null) return 'refused';
    result = edited(result, edits);
  }
  return result === bare ? 'unchanged' : result;
}

const printed = (language: Language, input: string): string =>
  language.print === undefined ? 'nothing' : renderPrinted(input, language.print(language.analyse(input, context).predicate));

/** What is printed reads back as what was printed. */
function printsBack(language: Language, input: string): void {
  const { predicate } = language.analyse(input, context);
  const result = language.print?.(predicate);
  if (result === undefined || 'refused' in result) return;
  const read = language.analyse(result.text, context).predicate;
  if (!samePredicate(read, predicate)) expect.fail(`printed, it reads back as something else:\n${result.text}`);
}

/** The text in its usual form; `unchanged` where it is that already, `refused` where it has none. */
function formatted(language: Language, input: string): string {
  const result = formatText(`${input}\n`, FORMATS.get(language.id)!, context);
  return 'refused' in result ? 'refused' : result.text === `${input}\n` ? 'unchanged' : result.text;
}

/** Written twice, nothing changes any more. */
function staysSame(language: Language, input: string): void {
  const once = formatted(language, input);
  if (once !== 'refused' && once !== 'unchanged') expect(formatted(language, once.trimEnd())).toBe('unchanged');
}

/** What the language's checks find beyond parsing, by place. */
function linted(language: Language, input: string): string {
  const analysis = language.analyse(input, context);
  const found = (language.checks ?? []).flatMap((check) => check.check(input, analysis));
  return renderDiagnostics(
    input,
    found.toSorted((a, b) => a.span.start - b.span.start),
  ).join('\n');
}

it('every case folder is a registered language, and the other way round', () => {
  expect(caseFolders()).toEqual([...LANGUAGES.keys()].sort());
});

for (const language of LANGUAGES.values()) {
  describe(language.id, () => {
    for (const file of caseFiles(language.id, 'analysis')) run(file, (input) => renderAnalysis(input, language.analyse(input, context)));
    for (const file of caseFiles(language.id, 'completion')) run(file, (marked) => completionAt(language, marked));
    for (const file of caseFiles(language.id, 'hover')) run(file, (marked) => hoverAt(language, marked));
    for (const file of caseFiles(language.id, 'signature')) run(file, (marked) => signatureAt(language, marked));
    for (const file of caseFiles(language.id, 'names')) run(file, (input) => namesOf(language, input));
    for (const file of caseFiles(language.id, 'add')) run(file, (input) => added(language, input));
    for (const file of caseFiles(language.id, 'print'))
      run(
        file,
        (input) => printed(language, input),
        (input) => printsBack(language, input),
      );
    for (const file of caseFiles(language.id, 'run')) run(file, (input) => renderRun(language.id, input));
    for (const file of caseFiles(language.id, 'format'))
      run(
        file,
        (input) => formatted(language, input),
        (input) => staysSame(language, input),
      );
    for (const file of caseFiles(language.id, 'lint')) run(file, (input) => linted(language, input));
  });
}
