// A separator that takes the focus is a widget, ARIA's window splitter; these rules know it as decoration only.
/* oxlint-disable jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex */
import { type CSSProperties, Fragment, type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';

export interface Pane {
  readonly id: string;
  readonly children: ReactNode;
  /** In pixels; absent: the pane takes the rest. */
  readonly size?: number;
  readonly least: number;
  readonly most?: number;
  /** Names the splitter between it and the pane that takes the rest. */
  readonly grip?: string;
}

/** Pixels of the sized panes by their ids. */
export type Sizes = Readonly<Record<string, number>>;

interface SplitProps {
  readonly direction: 'horizontal' | 'vertical';
  readonly panes: readonly Pane[];
  /** Sizes as they were left. */
  readonly sizes: Sizes | undefined;
  /** Called when a size has been changed, not while it changes. */
  readonly onSizes: (sizes: Sizes) => void;
}

const STEP = 16;
const LEAP = 64;

/** Panes with splitters between them. A sized pane keeps its pixels when the window changes; arrow keys move a splitter, a double click resets it. */
export function Split({ direction, panes, sizes = {}, onSizes }: SplitProps) {
  const [dragged, setDragged] = useState<Sizes | null>(null);
  const rest = panes.findIndex(({ size }) => size === undefined);
  const sizeOf = (pane: Pane): number => within(pane, dragged?.[pane.id] ?? sizes[pane.id] ?? pane.size ?? 0);
  const keep = (pane: Pane, size: number): void => onSizes({ ...sizes, [pane.id]: within(pane, size) });
  return (
    <div className={`split ${direction}`}>
      {panes.map((pane, index) => {
        const sized = panes[index <= rest ? index - 1 : index];
        return (
          <Fragment key={pane.id}>
            {sized === undefined || index === 0 ? null : (
              <Grip
                direction={direction}
                pane={sized}
                size={sizeOf(sized)}
                isBefore={index <= rest}
                onDrag={(size) => setDragged(size === null ? null : { [sized.id]: size })}
                onSize={(size) => keep(sized, size)}
              />
            )}
            <div className="pane" style={pane.size === undefined ? styleOf(direction, pane.least) : styleOf(direction, pane.least, sizeOf(pane))}>
              {pane.children}
            </div>
          </Fragment>
        );
      })}
    </div>
  );
}

const within = ({ least, most = Infinity }: Pane, size: number): number => Math.round(Math.max(least, Math.min(most, size)));

function styleOf(direction: SplitProps['direction'], least: number, size?: number): CSSProperties {
  const flex = size === undefined ? '1 1 0' : `0 1 ${size}px`;
  return direction === 'horizontal' ? { flex, minWidth: least } : { flex, minHeight: least };
}

interface GripProps {
  readonly direction: SplitProps['direction'];
  /** The pane it sizes. */
  readonly pane: Pane;
  readonly size: number;
  /** The pane stands before it: away from its beginning is larger. */
  readonly isBefore: boolean;
  /** Null: let go. */
  readonly onDrag: (size: number | null) => void;
  readonly onSize: (size: number) => void;
}

function Grip({ direction, pane, size, isBefore, onDrag, onSize }: GripProps) {
  const start = useRef<{ readonly at: number; readonly size: number } | null>(null);
  const placeOf = (event: PointerEvent): number => (direction === 'horizontal' ? event.clientX : event.clientY);
  const sizeAt = (event: PointerEvent, from: { readonly at: number; readonly size: number }): number =>
    within(pane, from.size + (placeOf(event) - from.at) * (isBefore ? 1 : -1));
  const onKeyDown = (event: KeyboardEvent): void => {
    const larger = isBefore ? ['ArrowRight', 'ArrowDown'] : ['ArrowLeft', 'ArrowUp'];
    const smaller = isBefore ? ['ArrowLeft', 'ArrowUp'] : ['ArrowRight', 'ArrowDown'];
    const step = event.shiftKey ? LEAP : STEP;
    const next = larger.includes(event.key)
      ? size + step
      : smaller.includes(event.key)
        ? size - step
        : { Home: pane.least, End: pane.most ?? size, Enter: pane.size }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onSize(next);
  };
  return (
    <hr
      className={`grip ${direction === 'horizontal' ? 'column' : 'line'}`}
      aria-orientation={direction === 'horizontal' ? 'vertical' : 'horizontal'}
      aria-label={pane.grip}
      aria-valuemin={pane.least}
      aria-valuemax={pane.most}
      aria-valuenow={size}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={() => onSize(pane.size ?? size)}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: placeOf(event), size };
      }}
      onPointerMove={(event) => {
        if (start.current !== null) onDrag(sizeAt(event, start.current));
      }}
      onLostPointerCapture={(event) => {
        if (start.current !== null && placeOf(event) !== start.current.at) onSize(sizeAt(event, start.current));
        start.current = null;
        onDrag(null);
      }}
    />
  );
}
