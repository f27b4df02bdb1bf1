import { detect } from '../../src/formats/detect';
import { readMacrosConf } from '../../src/formats/macros-conf';
import { FORMATS } from '../../src/formats/registry';
import { macroMap, MACROS } from '../../src/knowledge/macros';
import { draftFactsOf } from '../../src/analysis/compare';
import { reportOf } from '../../src/analysis/report';
import { fixAll } from '../../src/lint/fix-all';
import { lintOf } from '../../src/lint/rule-checks';
import { withoutSuppressed } from '../../src/lint/suppression';
import type { Diagnostic, Format } from '../../src/model';
import { additionOf, brokenEdits, context } from './languages';
import { documentText, piecesOf } from './texts';
import { targetOf, type AnyTarget, type Random } from './target';

interface Given {
  readonly format: Format;
  readonly text: string;
}

const givenOf = (random: Random): Given => {
  const text = documentText(random);
  const found = random() < 0.6 ? detect(text, '').format : null;
  return { format: found ?? random.of([...FORMATS.values()]), text };
};
const shown = ({ format, text }: Given): string => `${format.id}\n${text}`;

function opened({ format, text }: Given): readonly string[] {
  const { rules, tokens, diagnostics } = format.open(text, context);
  const broken: string[] = [];
  const inside = (what: string, { start, end }: { readonly start: number; readonly end: number }): void => {
    if (!(start >= 0 && start <= end && end <= text.length)) broken.push(`${what} at ${start}-${end} is outside the text`);
  };
  let last = 0;
  for (const token of tokens) {
    inside('token', token);
    if (token.start < last) broken.push(`token at ${token.start} stands before ${last}`);
    last = token.end;
  }
  const reports = rules.map(reportOf);
  const remarks = reports.flatMap((report) => {
    inside('rule', report.rule.span);
    for (const { span } of report.leaves) inside('comparison', span);
    draftFactsOf(report);
    return lintOf(report, text);
  });
  for (const { span, code, fix } of withoutSuppressed(text, tokens, [...diagnostics, ...remarks])) {
    inside(code, span);
    broken.push(...brokenEdits(`fix of ${code}`, text, fix?.edits ?? []));
  }
  format.fileName(rules[0]);
  structuredClone(rules);
  return broken;
}

function assisted({ format, text }: Given, random: Random): readonly string[] {
  const at = random.upTo(text.length + 1);
  const { span } = format.suggest(text, at, context);
  const hover = format.hover(text, at, context);
  const macros = { ...context, macros: macroMap(MACROS) };
  const expansion = format.expand?.(text, random.upTo(3), macros) ?? null;
  return [
    ...(span.start <= at && at <= span.end && span.end <= text.length ? [] : [`suggest at ${at} replaces ${span.start}-${span.end}`]),
    ...(hover === null || (hover.span.start >= 0 && hover.span.end <= text.length) ? [] : [`hover at ${at} is outside the text`]),
    ...brokenEdits('add', text, format.add(text, random.upTo(3), additionOf(text, random), context) ?? []),
    ...brokenEdits('expand', text, expansion?.edits ?? []),
  ];
}

function fixed({ format, text }: Given): readonly string[] {
  const remarksOn = (document: string): readonly Diagnostic[] => {
    const { rules, diagnostics, tokens } = format.open(document, context);
    return withoutSuppressed(document, tokens, [...diagnostics, ...rules.flatMap((rule) => lintOf(reportOf(rule), document))]);
  };
  const errorsIn = (document: string): number => remarksOn(document).filter(({ severity }) => severity === 'error').length;
  const { text: after, fixes } = fixAll(text, remarksOn);
  if (fixes === 0) return after === text ? [] : ['changed without a fix'];
  return errorsIn(after) <= errorsIn(text) ? [] : ['fixing makes errors'];
}

const CONF = ['[a]', '[b(2)]', '\n', 'definition = ', 'index=x ', '$x$', 'args = x,y', '`a`', '\\\n', '#', '=', '[', ']', '"', 'iseval = 1', ' '];

function macrosRead(text: string): readonly string[] {
  const { macros, remarks } = readMacrosConf(text);
  return [...macros, ...remarks].filter(({ span }) => span.start < 0 || span.end > text.length || span.start > span.end).map(() => 'a place outside the text');
}

/** For documents of any format: all that is derived of them, what an editor asks, the fixes; and the reader of macros.conf. */
export const formatTargets: readonly AnyTarget[] = [
  targetOf({ name: 'formats: open and lint', input: givenOf, check: opened, shown }),
  targetOf({ name: 'formats: editor', input: givenOf, check: assisted, shown }),
  targetOf({ name: 'formats: fixes', input: givenOf, check: fixed, shown }),
  targetOf({ name: 'macros.conf', input: (random) => piecesOf(CONF, random), check: macrosRead, shown: (text) => text }),
];
