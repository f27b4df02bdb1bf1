import type { Predicate, Report, SourceName } from '../model';
import { walkStages } from '../syntax/walk';
import { aligned } from './aligned';

type Understanding = 'fully' | 'partly' | 'not';

/** How much of the rules was understood, per source and language, and what was not. */
export interface Coverage {
  add(source: SourceName, report: Report): void;
  lines(): readonly string[];
}

const SHOWN_CONSTRUCTS = 15;

export function coverage(): Coverage {
  const rows = new Map<string, { fully: number; partly: number; not: number }>();
  const constructs = new Map<string, number>();
  return {
    add(source, report) {
      const { language } = report.rule.analysis;
      const opaque = opaqueIn(report);
      const key = `${source} ${language}`;
      let row = rows.get(key);
      if (row === undefined) rows.set(key, (row = { fully: 0, partly: 0, not: 0 }));
      row[understandingOf(report, opaque)]++;
      for (const construct of new Set(opaque)) constructs.set(`${language}: ${construct}`, (constructs.get(`${language}: ${construct}`) ?? 0) + 1);
    },
    lines() {
      const table = [['source', 'language', 'rules', 'fully', 'partly', 'not modelled']];
      const total = { fully: 0, partly: 0, not: 0 };
      for (const [key, { fully, partly, not }] of rows) {
        total.fully += fully;
        total.partly += partly;
        total.not += not;
        table.push([...key.split(' '), ...[fully + partly + not, fully, partly, not].map(String)]);
      }
      table.push(['all', '', ...[total.fully + total.partly + total.not, total.fully, total.partly, total.not].map(String)]);
      const commonest = [...constructs].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, SHOWN_CONSTRUCTS);
      return [
        ...aligned(table),
        ...(commonest.length === 0
          ? []
          : ['', 'commonest opaque constructs (rules)', ...commonest.map(([construct, count]) => `${String(count).padStart(6)}  ${construct}`)]),
      ];
    },
  };
}

/** Fully: nothing of it is opaque. Not: nothing of it is known. */
function understandingOf({ leaves, rule: { analysis } }: Report, opaque: readonly string[]): Understanding {
  if (opaque.length === 0) return 'fully';
  return leaves.length > 0 || analysis.terms.length > 0 || analysis.stages.some(({ role }) => role !== 'unread') ? 'partly' : 'not';
}

/** What of a rule is opaque: stages by their kind, predicates by what they are. */
function opaqueIn({ rule: { analysis } }: Report): string[] {
  const found: string[] = [];
  const visit = (predicate: Predicate): void => {
    switch (predicate.kind) {
      case 'all':
      case 'any':
        predicate.of.forEach(visit);
        return;
      case 'not':
        visit(predicate.of);
        return;
      case 'unread':
        found.push(predicate.reason === 'syntax-error' ? 'syntax error' : (predicate.note ?? 'unknown'));
        return;
      case 'test':
        return;
      default:
        predicate satisfies never;
    }
  };
  visit(analysis.predicate);
  walkStages(analysis.stages, (stage) => {
    if (stage.role === 'unread') found.push(stage.kind);
    else if (stage.predicate !== undefined) visit(stage.predicate);
  });
  return found;
}
