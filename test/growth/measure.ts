import { detect } from '../../src/formats/detect';
import { reportOf } from '../../src/analysis/report';
import { draftFactsOf } from '../../src/analysis/compare';
import { lintOf } from '../../src/lint/rule-checks';
import { withoutSuppressed } from '../../src/lint/suppression';
import { LANGUAGES } from '../../src/languages/registry';
import type { Format } from '../../src/model';

const context = { languages: LANGUAGES };

/** All that a keystroke asks of a document. */
export function readAll(format: Format, text: string): void {
  detect(text, '');
  const { rules, tokens, diagnostics } = format.open(text, context);
  const reports = rules.map(reportOf);
  for (const report of reports) draftFactsOf(report);
  withoutSuppressed(text, tokens, [...diagnostics, ...reports.flatMap((report) => lintOf(report, text))]);
}

/** Processor milliseconds of the quickest of a few runs; fewer of what takes long. */
export function millisecondsOf(work: () => void): number {
  let best = Infinity;
  for (let run = 0; run < 3 && (run === 0 || best < 2_000); run++) {
    const { user, system } = process.cpuUsage();
    work();
    const after = process.cpuUsage();
    best = Math.min(best, (after.user + after.system - user - system) / 1_000);
  }
  return best;
}
