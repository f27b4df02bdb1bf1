import { reportOf } from '../../analysis/report';
import { detect } from '../../formats/detect';
import { openAt } from '../../formats/open-at';
import { FORMATS } from '../../formats/registry';
import { familyWriting } from '../../knowledge/families';
import type { RuleSource } from '../../knowledge/sources';
import type { Context, Report } from '../../model';
import { catalogRuleOf } from '../store/catalog-rule';
import type { CatalogRule } from '../store/encode';

/** A file among its source's. */
interface Place {
  readonly source: RuleSource;
  /** Which of the source's rules it is read by. */
  readonly reading: RuleSource['reads'][number];
  /** Its path in the source, with slashes. */
  readonly inside: string;
  /** Its name, as whoever reads it calls it: some formats say a rule's kind by it. */
  readonly path: string;
  /** The catalog keeps the text. */
  readonly withText: boolean;
}

/** What a file gives a catalog. */
interface FileRules {
  readonly rules: readonly { readonly rule: CatalogRule; readonly report: Report }[];
  /** What it is where it holds no rule; null where it may hold one. */
  readonly other: string | null;
  /** How many of its texts could not be read as a rule: without a title, and nothing of them understood. */
  readonly unread: number;
}

/** The rules of a file's text as a catalog keeps them; total, and linear in the text. */
export function rulesInFile(text: string, { source, reading, inside, path, withText }: Place, context: Context): FileRules {
  const forced = source.format === null ? null : (FORMATS.get(source.format) ?? null);
  const found = forced === null ? detect(text, path) : null;
  const format = forced ?? found!.format;
  if (format === null) return { rules: [], other: found!.other, unread: 0 };
  const reports = openAt(format, text, path, context).rules.map(reportOf);
  if (reports.length === 0) return { rules: [], other: 'without a rule', unread: 0 };
  const rules = reports.flatMap((report, ordinal) => {
    if (isNoRule(report)) return [];
    const rule = catalogRuleOf(report, {
      source: source.name,
      vendor: source.vendor ?? familyWriting(report.rule.taxonomy)?.id ?? '',
      path: inside,
      ordinal,
      license: source.license,
      publisher: source.publisher,
      kind: reading.kind,
      status: reading.status,
      name: nameOf(inside),
      text: withText ? text : null,
    });
    return [{ rule, report }];
  });
  return { rules, other: null, unread: reports.length - rules.length };
}

/** A file's name without its folders and its ending. */
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/(?<=.)\.[^.]*$/, '');

/** A text that says neither what it is called nor anything that is understood: a note, a list, a template. */
const isNoRule = ({ rule: { meta, analysis } }: Report): boolean => meta.title === '' && analysis.stages.every((stage) => stage.role === 'unread');
