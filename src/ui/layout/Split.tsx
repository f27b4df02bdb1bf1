import { Fragment, type ReactNode, useRef } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';

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
type Sizes = Readonly<Record<string, number>>;

interface SplitProps {
  readonly direction: 'horizontal' | 'vertical';
  readonly panes: readonly Pane[];
  /** Sizes as they were left. */
  readonly sizes: Sizes | undefined;
  /** Called when the reader has changed a size, not while it changes. */
  readonly onSizes: (sizes: Sizes) => void;
}

/** Panes with splitters between them. A sized pane keeps its pixels when the window changes; arrow keys move a splitter, a double click resets it. */
export function Split({ direction, panes, sizes = {}, onSizes }: SplitProps) {
  const pixels = useRef<Record<string, number>>({});
  const rest = panes.findIndex(({ size }) => size === undefined);
  return (
    <Group
      className="split"
      orientation={direction}
      onLayoutChanged={(_, { isUserInteraction }) => {
        if (isUserInteraction) onSizes({ ...sizes, ...pixels.current });
      }}
    >
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index === 0 ? null : (
            <Separator className={`grip ${direction === 'horizontal' ? 'column' : 'line'}`} aria-label={panes[index <= rest ? index - 1 : index]?.grip ?? ''} />
          )}
          <Panel
            id={pane.id}
            className="pane"
            defaultSize={sizes[pane.id] ?? pane.size}
            minSize={pane.least}
            maxSize={pane.most}
            groupResizeBehavior={pane.size === undefined ? 'preserve-relative-size' : 'preserve-pixel-size'}
            onResize={({ inPixels }) => {
              if (pane.size !== undefined) pixels.current[pane.id] = Math.round(inPixels);
            }}
          >
            {pane.children}
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}
