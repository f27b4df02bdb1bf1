import { type ReactNode, useMemo } from 'react';
import { Group, type Layout, Panel, Separator } from 'react-resizable-panels';

export interface Pane {
  readonly id: string;
  readonly children: ReactNode;
  /** In pixels; absent: the pane takes the rest. */
  readonly size?: number;
  readonly least?: number;
  readonly most?: number;
  /** Names the splitter that stands before it, or after it when it is the first. */
  readonly grip?: string;
}

interface SplitProps {
  readonly id: string;
  readonly direction: 'horizontal' | 'vertical';
  readonly panes: readonly Pane[];
  /** Sizes as they were left. */
  readonly layout: Layout | undefined;
  readonly onLayout: (layout: Layout) => void;
}

/** Panes with splitters between them; sized panes keep their pixels when the window changes, arrow keys move a splitter, a double click resets it. */
export function Split({ id, direction, panes, layout, onLayout }: SplitProps) {
  const fits = useMemo(() => layout !== undefined && panes.every((pane) => pane.id in layout) && Object.keys(layout).length === panes.length, [layout, panes]);
  return (
    <Group
      id={id}
      orientation={direction}
      defaultLayout={fits ? layout : undefined}
      onLayoutChanged={(changed, { isUserInteraction }) => {
        if (isUserInteraction) onLayout(changed);
      }}
    >
      {panes.flatMap((pane, index) => [
        index === 0 ? null : (
          <Separator
            key={`${pane.id} grip`}
            className={`grip ${direction === 'horizontal' ? 'column' : 'line'}`}
            aria-label={pane.grip ?? panes[index - 1]?.grip ?? ''}
          />
        ),
        <Panel
          key={pane.id}
          id={pane.id}
          className={`pane ${pane.id}`}
          defaultSize={pane.size}
          minSize={pane.least}
          maxSize={pane.most}
          groupResizeBehavior={pane.size === undefined ? 'preserve-relative-size' : 'preserve-pixel-size'}
        >
          {pane.children}
        </Panel>,
      ])}
    </Group>
  );
}
