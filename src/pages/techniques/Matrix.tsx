import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { tacticName } from '../../panels/names';
import { HoverCardPopup } from '../../ui/overlay/HoverCardPopup';
import { useAfter } from '../../ui/useAfter';
import { hyphenated } from './hyphenated';
import { MatrixCell } from './MatrixCell';
import type { Cell, TacticColumn } from './matrixOf';
import { TechniqueCard } from './TechniqueCard';

interface MatrixProps {
  readonly columns: readonly TacticColumn[];
  readonly draftsOf: (id: string) => number;
  readonly isDim: (cell: Cell) => boolean;
}

const OPENS = 300;
const CLOSES = 100;

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  PageDown: [0, 10],
  PageUp: [0, -10],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** Tactics side by side, techniques under each: one tab stop, arrow keys go up, down and across. Scrolls sideways in its own region. */
export function Matrix({ columns, draftsOf, isDim }: MatrixProps) {
  const region = useRef<HTMLElement>(null);
  const [active, setActive] = useState<readonly [number, number]>([0, 0]);
  const [shown, setShown] = useState<{ readonly anchor: HTMLElement; readonly cell: Cell } | null>(null);
  const timer = useAfter();
  const stop = [within(active[0], columns.length), within(active[1], columns[within(active[0], columns.length)]?.cells.length ?? 1)] as const;

  const onEnter = useCallback((anchor: HTMLElement, cell: Cell) => timer.run(OPENS, () => setShown({ anchor, cell })), [timer]);
  const onLeave = useCallback(() => timer.run(CLOSES, () => setShown(null)), [timer]);
  const onKey = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === 'Escape') setShown(null);
      const here = event.currentTarget.closest('li')?.dataset['place']?.split(' ').map(Number);
      const by = MOVES[event.key];
      if (here === undefined || by === undefined) return;
      event.preventDefault();
      const column = within(here[0]! + by[0], columns.length);
      const row = within(here[1]! + by[1], columns[column]?.cells.length ?? 1);
      setActive([column, row]);
      region.current?.querySelector<HTMLElement>(`li[data-place="${column} ${row}"] a`)?.focus();
    },
    [columns],
  );

  return (
    <section ref={region} className="matrixscroll" aria-label="ATT&CK matrix">
      <div className="matrix">
        {columns.map(({ tactic, cells, techniques, without }, column) => (
          <section key={tactic} className="tactic" aria-labelledby={`tactic-${tactic}`}>
            <header>
              <h2 id={`tactic-${tactic}`}>{hyphenated(tacticName(tactic))}</h2>
              <p>
                {techniques}
                {without === 0 ? '' : `, ${without} without`}
              </p>
            </header>
            <ul>
              {cells.map((cell, row) => (
                <li key={cell.technique.id} data-place={`${column} ${row}`}>
                  <MatrixCell
                    cell={cell}
                    isStop={stop[0] === column && stop[1] === row}
                    drafts={draftsOf(cell.technique.id)}
                    isDim={isDim(cell)}
                    onEnter={onEnter}
                    onLeave={onLeave}
                    onKey={onKey}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {shown === null ? null : (
        <HoverCardPopup anchor={shown.anchor} onEnter={timer.cancel} onLeave={onLeave}>
          <TechniqueCard technique={shown.cell.technique} drafts={draftsOf(shown.cell.technique.id)} />
        </HoverCardPopup>
      )}
    </section>
  );
}
