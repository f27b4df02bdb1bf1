import { useMemo } from 'react';
import type { FiredRule } from '../../model';
import { counted } from '../../panels/format';
import { tacticName } from '../../panels/names';
import { useTechniques } from '../../panels/useTechniques';
import { hyphenated } from '../techniques/hyphenated';
import { matrixOf } from '../techniques/matrixOf';
import { firedHeat, tacticsOf } from './firesView';

interface TacticStripProps {
  readonly rules: readonly FiredRule[];
  /** The technique the list is narrowed to; '': all. */
  readonly chosen: string;
  readonly onChoose: (technique: string) => void;
}

const FIRST = 4;

/** What fired on the ATT&CK matrix: the techniques of each tactic with most rules; a press narrows the list to one. */
export function TacticStrip({ rules, chosen, onChoose }: TacticStripProps) {
  const { value: techniques } = useTechniques();
  const tactics = useMemo(() => matrixOf(techniques ?? [], [], false).map(({ tactic }) => tactic), [techniques]);
  const columns = useMemo(() => tacticsOf(rules, techniques ?? [], tactics), [rules, techniques, tactics]);
  const most = Math.max(1, ...columns.flatMap(({ cells }) => cells.map((cell) => cell.rules)));
  if (columns.length === 0) return null;
  return (
    <section className="tactics" aria-label="Rules that fired, by ATT&CK tactic and technique" data-scrolls>
      {columns.map(({ tactic, rules: count, cells }) => (
        <section key={tactic} className={count === 0 ? 'tactic zero' : 'tactic'} aria-label={tacticName(tactic)}>
          <header>
            <h2>{hyphenated(tacticName(tactic))}</h2>
            <p>{count === 0 ? '0' : counted(count, 'rule')}</p>
          </header>
          {cells.slice(0, FIRST).map(({ id, name, rules: own }) => (
            <button
              key={id}
              type="button"
              className={`firedcell h${firedHeat(own, most)}`}
              aria-pressed={chosen === id}
              title={`${name}: ${counted(own, 'rule')}`}
              onClick={() => onChoose(chosen === id ? '' : id)}
            >
              <span>{id}</span>
              <b>{own.toLocaleString('en')}</b>
            </button>
          ))}
          {cells.length > FIRST ? <small>{cells.length - FIRST} more</small> : null}
        </section>
      ))}
    </section>
  );
}
