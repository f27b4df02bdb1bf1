import { detect } from '../../src/formats/detect';
import { reportOf } from '../../src/analysis/report';
import { draftFactsOf } from '../../src/analysis/compare';
import { convert } from '../../src/convert/convert';
import { TARGETS } from '../../src/convert/targets/list';
import { lintOf } from '../../src/lint/rule-checks';
import { withoutSuppressed } from '../../src/lint/suppression';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event, Format } from '../../src/model';
import { runRule } from '../../src/run/dialect/engines';
import { eventsGiven } from '../../src/run/given';
import { walkTests } from '../../src/syntax/walk';
import { witnessOf } from '../../src/witness/witness';

const context = { languages: LANGUAGES };

/** All that a keystroke asks of a document. */
function readAll(format: Format, text: string): void {
  detect(text, '');
  const { rules, tokens, diagnostics } = format.open(text, context);
  const reports = rules.map(reportOf);
  for (const report of reports) draftFactsOf(report);
  withoutSuppressed(text, tokens, [...diagnostics, ...reports.flatMap((report) => lintOf(report, text))]);
}

/** What is done with a document, each by its name: what it needs beforehand is not measured. */
export const WORKS: Readonly<Record<string, (format: Format, text: string) => () => void>> = {
  read: (format, text) => () => readAll(format, text),
  convert(format, text) {
    const { rules } = format.open(text, context);
    return () => {
      for (const rule of rules) for (const target of TARGETS.values()) convert(rule, target, { rules });
    };
  },
  judge(format, text) {
    const { rules } = format.open(text, context);
    const fields: string[] = [];
    for (const rule of rules.slice(0, 1))
      walkTests(rule.analysis.predicate, ({ left }) => {
        if (left?.kind === 'field' && fields.length < 3 && left.name !== '__proto__') fields.push(left.name);
      });
    const events: readonly Event[] = [{}, ...['b', 'a'.repeat(2_000)].map((value) => Object.fromEntries(fields.map((name) => [name, value])))];
    return () => {
      for (const rule of rules) runRule(rule, eventsGiven(events, rules));
    };
  },
  witness(format, text) {
    const { rules } = format.open(text, context);
    return () => {
      for (const rule of rules) witnessOf(rule, rules, 0n);
    };
  },
};

/** Processor milliseconds of the quickest of some runs, which are told their number; fewer of what takes long. `prepared`: what comes before is not measured. */
export function millisecondsOf(prepared: (run: number) => () => void, runs = 3): number {
  let best = Infinity;
  for (let run = 0; run < runs && (run === 0 || best < 2_000); run++) {
    const work = prepared(run);
    collect();
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1_000);
  }
  return best;
}

/** Under `--expose-gc` what was made before is gone when something is measured, and is not looked through again and again meanwhile. */
const collect = (): void => (globalThis as { readonly gc?: () => void }).gc?.();

/** The same of a text, a blank longer each time: nothing remembers it. */
export const millisecondsFor = (text: string, prepared: (text: string) => () => void, runs = 3): number =>
  millisecondsOf((run) => prepared(text + ' '.repeat(run)), runs);
