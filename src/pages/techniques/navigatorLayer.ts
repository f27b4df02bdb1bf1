import { tacticName } from '../../panels/names';
import type { TacticColumn } from './matrixOf';

/** An ATT&CK Navigator layer (format 4.5, over ATT&CK 19 as the matrix shows it) with the number of rules as each technique's score. */
export function navigatorLayer(columns: readonly TacticColumn[], name: string): string {
  const most = Math.max(1, ...columns.flatMap(({ cells }) => cells.map(({ rules }) => rules)));
  return (
    JSON.stringify(
      {
        name,
        versions: { attack: '19', navigator: '5.1.0', layer: '4.5' },
        domain: 'enterprise-attack',
        description: 'Rules per technique in the catalog of Rulewright',
        techniques: columns.flatMap(({ tactic, cells }) =>
          cells.map(({ technique, rules }) => ({
            techniqueID: technique.id,
            tactic,
            score: rules,
            enabled: true,
            comment: `${rules} rules under ${tacticName(tactic)}`,
          })),
        ),
        gradient: { colors: ['#ffffff', '#2c5c9e'], minValue: 0, maxValue: most },
        sorting: 3,
        hideDisabled: false,
      },
      null,
      2,
    ) + '\n'
  );
}
