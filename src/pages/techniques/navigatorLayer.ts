import { tacticName } from '../../panels/names';
import { type Cell, isLacking, type TacticColumn } from './matrixOf';

/** What a layer shows: every rule of the catalog, or the reader's own against all others'. */
export type LayerKind = 'rules' | 'coverage';

interface LayerFilters {
  /** As people write it; '' for all. */
  readonly platform: string;
}

/**
 * An ATT&CK Navigator layer (format 4.5, over ATT&CK 19 as the matrix shows it). Each technique's score is its number of rules; of the reader's coverage,
 * the number of theirs, and its colour says whether they have any where others do.
 */
export function navigatorLayer(columns: readonly TacticColumn[], kind: LayerKind, { platform }: LayerFilters): string {
  const isCoverage = kind === 'coverage';
  const scoreOf = ({ rules, yours }: Cell): number => (isCoverage ? yours : rules);
  const most = Math.max(1, ...columns.flatMap(({ cells }) => cells.map(scoreOf)));
  const on = platform === '' ? '' : `, ${platform}`;
  return (
    JSON.stringify(
      {
        name: isCoverage ? `Your coverage${on}` : `Rulewright${on}`,
        versions: { attack: '19', navigator: '5.1.0', layer: '4.5' },
        domain: 'enterprise-attack',
        description: isCoverage
          ? `Your own rules per technique, and where others have rules and you have none${on}`
          : `Rules per technique in the catalog of Rulewright${on}`,
        techniques: columns.flatMap(({ tactic, cells }) =>
          cells.map((cell) => ({
            techniqueID: cell.technique.id,
            tactic,
            score: scoreOf(cell),
            enabled: true,
            comment: isCoverage ? `${cell.yours} of yours, ${cell.rules - cell.yours} of others` : `${cell.rules} rules under ${tacticName(tactic)}`,
            ...(isCoverage && cell.rules > 0 ? { color: isLacking(cell) ? LACKING : YOURS } : null),
          })),
        ),
        gradient: { colors: ['#ffffff', '#2c5c9e'], minValue: 0, maxValue: most },
        ...(isCoverage
          ? {
              legendItems: [
                { label: 'You have rules', color: YOURS },
                { label: 'Others have rules and you have none', color: LACKING },
              ],
            }
          : null),
        sorting: 3,
        hideDisabled: false,
      },
      null,
      2,
    ) + '\n'
  );
}

const YOURS = '#8fb7e3';
const LACKING = '#f0a35e';
