import { describe, expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { macroMap, MACROS } from '../../src/knowledge/macros';
import { LANGUAGES } from '../../src/languages/registry';
import { lintOf } from '../../src/lint/rule-checks';
import type { Context, Diagnostic, Format, Leaf } from '../../src/model';
import { edited } from '../../src/syntax/edits';
import { caseFiles, caseFolders, readCases } from '../support/cases';

const context: Context = { languages: LANGUAGES, macros: macroMap(MACROS) };

interface Read {
  readonly remarks: readonly Diagnostic[];
  readonly leaves: readonly Leaf[];
}

function readAs(format: Format, text: string): Read {
  const { diagnostics, rules } = format.open(text, context);
  const reports = rules.map(reportOf);
  return { remarks: [...diagnostics, ...reports.flatMap((report) => lintOf(report, text))], leaves: reports.flatMap(({ leaves }) => leaves) };
}

const errorsOf = ({ remarks }: Read): number => remarks.filter(({ severity }) => severity === 'error').length;
/** Whether it is asked for may follow from a joining word that a fix corrects: what is compared is kept. */
const comparedBy = ({ field, op, values }: Leaf): string => `${field ?? ''} ${op} ${values.map(({ text }) => text).join(' ')}`;

/** What a fix breaks of what holds of every fix; nothing where it keeps all of it. */
function brokenBy(format: Format, text: string, before: Read, remark: Diagnostic): readonly string[] {
  const edits = remark.fix!.edits;
  const after = readAs(format, edited(text, edits));
  const broken: string[] = [];
  const same = ({ code, message }: Diagnostic): boolean => code === remark.code && message === remark.message;
  if (after.remarks.filter(same).length >= before.remarks.filter(same).length) broken.push('the remark stays');
  if (errorsOf(after) > errorsOf(before)) broken.push(`a new error: ${after.remarks.find(({ severity }) => severity === 'error')!.message}`);
  // What a text with errors asks for is a guess until they are mended.
  if (errorsOf(before) > 0) return broken;
  const kept = after.leaves.map(comparedBy);
  for (const leaf of before.leaves.filter(({ span }) => edits.every((edit) => edit.span.end < span.start || span.end < edit.span.start))) {
    const at = kept.indexOf(comparedBy(leaf));
    if (at < 0) broken.push(`lost: ${comparedBy(leaf)}`);
    else kept.splice(at, 1);
  }
  return broken;
}

describe('every fix of every case takes its remark away, brings no error and keeps what is asked elsewhere', () => {
  for (const language of caseFolders()) {
    it(language, () => {
      const format = FORMATS.get(language)!;
      const broken: string[] = [];
      let fixes = 0;
      for (const { input } of [...caseFiles(language, 'lint'), ...caseFiles(language, 'analysis')].flatMap(readCases)) {
        const before = readAs(format, input);
        for (const remark of before.remarks.filter(({ fix }) => fix !== undefined)) {
          fixes++;
          broken.push(...brokenBy(format, input, before, remark).map((what) => `${remark.code} [${remark.fix!.title}] ${what}\n${input}`));
        }
      }
      expect(fixes).toBeGreaterThan(0);
      expect(broken.join('\n\n')).toBe('');
    });
  }

  it('within a container, where a line of the query begins behind its indentation', () => {
    const format = FORMATS.get('sentinel')!;
    const head = 'id: 5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c11\nname: A rule\nkind: Scheduled\nseverity: Low\nquery: |\n';
    const fixed = (query: string): string => {
      const text = `${head}${query}`;
      const before = readAs(format, text);
      const remark = before.remarks.find(({ code, fix }) => fix !== undefined && /missing-pipe|merged-strings/.test(code))!;
      expect(brokenBy(format, text, before, remark)).toEqual([]);
      return edited(text, remark.fix!.edits).slice(head.length);
    };
    expect(fixed('  SecurityEvent\n  where EventID == 4625\n')).toBe('  SecurityEvent\n  | where EventID == 4625\n');
    expect(fixed('  SecurityEvent\n  | where Account in ("a"\n    "b")\n')).toBe('  SecurityEvent\n  | where Account in ("a",\n    "b")\n');
  });
});
