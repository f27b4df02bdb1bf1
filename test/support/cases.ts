import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One case of a case file: prose name, input, expected rendering. */
export interface Case {
  readonly name: string;
  readonly input: string;
  readonly expected: string;
}

const ROOT = join(import.meta.dirname, '..', 'languages');

export const caseFolders = (): readonly string[] =>
  readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/** What a case file asks of its language; its name ends in the kind, but for analyses. */
const KINDS = {
  completion: 'complete',
  hover: 'hover',
  signature: 'signature',
  names: 'names',
  add: 'add',
  print: 'print',
  lint: 'lint',
  run: 'run',
  format: 'format',
} as const;
type Kind = keyof typeof KINDS | 'analysis';

const kindOf = (name: string): Kind => (Object.keys(KINDS) as (keyof typeof KINDS)[]).find((kind) => name.endsWith(`.${KINDS[kind]}.txt`)) ?? 'analysis';

/** The case files of one kind of a language: `x.complete.txt`, `x.hover.txt`, `x.signature.txt`, `x.names.txt`, `x.add.txt`, `x.print.txt`, `x.lint.txt`, `x.run.txt`, `x.format.txt`, and `x.txt` for analyses. */
export function caseFiles(language: string, kind: Kind): readonly string[] {
  return readdirSync(join(ROOT, language))
    .filter((name) => name.endsWith('.txt') && kindOf(name) === kind)
    .sort()
    .map((name) => join(ROOT, language, name));
}

/** `=== name`, the input, `--->`, the expected rendering. Blank lines around inputs and renderings do not count. */
export function readCases(file: string): readonly Case[] {
  return readFileSync(file, 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const nameEnd = block.indexOf('\n');
      const [input = '', expected = ''] = block.slice(nameEnd + 1).split(/^--->[ \t]*\n?/m);
      return { name: block.slice(0, nameEnd).trim(), input: trimLines(input), expected: trimLines(expected) };
    });
}

export function writeCases(file: string, cases: readonly Case[]): void {
  writeFileSync(file, cases.map(({ name, input, expected }) => `=== ${name}\n${input}\n--->\n${expected}\n`).join('\n'));
}

const trimLines = (text: string): string => text.replace(/^(?:[ \t]*\n)+/, '').replace(/\s+$/, '');

/** All texts of a language, without cursor marks: what the laws are checked over; those that break off in a call say nothing of their own. */
export const inputsOf = (language: string): readonly string[] =>
  (['analysis', 'completion', 'hover', 'names', 'print', 'lint', 'format'] as const).flatMap((kind) =>
    caseFiles(language, kind).flatMap((file) => readCases(file).map(({ input }) => input.replace('‸', ''))),
  );
