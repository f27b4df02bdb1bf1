import { memo } from 'react';
import { counted } from '../../panels/format';
import { pathOf } from '../../state/links/routes';
import { NameText } from '../../ui/NameText';
import { hyphenated } from './hyphenated';
import { type Cell, heatOf } from './matrixOf';

interface MatrixCellProps {
  readonly cell: Cell;
  readonly isStop: boolean;
  /** The reader's own drafts that name it. */
  readonly drafts: number;
  /** Not what is looked for. */
  readonly isDim: boolean;
  readonly onEnter: (anchor: HTMLElement, cell: Cell) => void;
  readonly onLeave: () => void;
  readonly onKey: (event: React.KeyboardEvent<HTMLElement>) => void;
}

/** A technique with its number of rules; the number says what the colour says. */
export const MatrixCell = memo(function MatrixCell({ cell, isStop, drafts, isDim, onEnter, onLeave, onKey }: MatrixCellProps) {
  const { technique, rules, yours, isSub } = cell;
  const classes = ['cell', `h${heatOf(rules)}`, isSub ? 'sub' : '', isDim ? 'dim' : '', drafts > 0 ? 'drafted' : ''].filter(Boolean).join(' ');
  return (
    <a
      className={classes}
      href={`#${pathOf.technique(technique.id)}`}
      tabIndex={isStop ? 0 : -1}
      onMouseEnter={(event) => onEnter(event.currentTarget, cell)}
      onMouseLeave={onLeave}
      onFocus={(event) => {
        if (event.currentTarget.matches(':focus-visible')) onEnter(event.currentTarget, cell);
      }}
      onBlur={onLeave}
      onKeyDown={onKey}
    >
      <NameText name={hyphenated(technique.name || technique.id)} />
      <b>{rules.toLocaleString('en')}</b>
      {yours === 0 ? null : (
        <>
          <span className="sr">, of them </span>
          <i className="yours">{yours.toLocaleString('en')}</i>
          <span className="sr"> of your rules</span>
        </>
      )}
      {drafts === 0 ? null : <span className="sr">, {counted(drafts, 'draft')} of yours</span>}
    </a>
  );
});
