import type { ComponentType } from 'react';
import { tallyOf } from '../../state/analysis-state';
import { type Diagnostic, type Relations, RELATIONS, type Report } from '../../model';
import { CONVERT_TAB } from '../../state/conversion';
import { ConvertPanel } from '../convert/ConvertPanel';
import { ExclusionsPanel } from '../exclusions/ExclusionsPanel';
import { IndicatorsPanel } from '../indicators/IndicatorsPanel';
import { OutputsPanel } from '../outputs/OutputsPanel';
import { ProblemsPanel } from '../problems/ProblemsPanel';
import { RelationsPanel } from '../relations/RelationsPanel';
import { SamplesPanel } from '../samples/SamplesPanel';
import { StagesPanel } from '../stages/StagesPanel';
import { TermsPanel } from '../terms/TermsPanel';
import { valueRows } from '../valueRows';

/** How many of its things there are; `mark`: the worst of them wants to be seen. */
interface Count {
  readonly of: number;
  readonly mark?: 'error' | 'warning';
}

/** What a panel's count is taken from: the rule under the cursor, null while there is none, and the remarks on the text. */
interface Counted {
  readonly report: Report | null;
  readonly diagnostics: readonly Diagnostic[];
  /** The reader's events; null: none are open. */
  readonly samples: number | null;
  /** How the catalog stands to the rule; null: not known. */
  readonly relations: Relations | null;
}

/** A panel under the text. */
export interface LowerPanel {
  /** Kept as what was open last, and never used anew for another. */
  readonly id: string;
  readonly name: string;
  /** Null: not known. */
  readonly count: (about: Counted) => Count | null;
  readonly Panel: ComponentType;
}

const ofReport =
  (count: (report: Report) => number) =>
  ({ report }: Counted): Count | null =>
    report === null ? null : { of: count(report) };

/** In the order of their tabs. */
export const PANELS: readonly LowerPanel[] = [
  { id: 'stages', name: 'Stages', count: ofReport(({ rule }) => rule.analysis.stages.length), Panel: StagesPanel },
  { id: 'samples', name: 'Samples', count: ({ samples }) => (samples === null ? null : { of: samples }), Panel: SamplesPanel },
  { id: 'indicators', name: 'Indicators', count: ofReport((report) => valueRows(report, ['indicator']).length), Panel: IndicatorsPanel },
  { id: 'exclusions', name: 'Exclusions', count: ofReport((report) => valueRows(report, ['exclusion']).length), Panel: ExclusionsPanel },
  { id: 'terms', name: 'Terms', count: ofReport(({ rule }) => rule.analysis.terms.filter(({ asTest }) => !asTest).length), Panel: TermsPanel },
  { id: 'outputs', name: 'Outputs', count: ofReport(({ rule }) => rule.analysis.outputs.length), Panel: OutputsPanel },
  { id: 'relations', name: 'Relations', count: ({ report, relations }) => (report === null ? null : relatedIn(relations)), Panel: RelationsPanel },
  { id: CONVERT_TAB, name: 'Convert', count: () => null, Panel: ConvertPanel },
  { id: 'problems', name: 'Problems', count: ({ diagnostics }) => problemsIn(diagnostics), Panel: ProblemsPanel },
];

const relatedIn = (relations: Relations | null): Count | null =>
  relations === null ? null : { of: RELATIONS.reduce((sum, relation) => sum + relations.counts[relation], 0) };

function problemsIn(diagnostics: readonly Diagnostic[]): Count {
  const { error, warning, info } = tallyOf(diagnostics);
  const of = error + warning + info;
  return error > 0 ? { of, mark: 'error' } : warning > 0 ? { of, mark: 'warning' } : { of };
}
