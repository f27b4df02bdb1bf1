import { Fragment, useRef } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { gripOf, type SplitProps } from './pane';

/** A sized pane keeps its pixels when the window changes; arrow keys move a splitter, a double click resets it. */
export default function Panes({ direction, panes, sizes = {}, onSizes }: SplitProps) {
  const pixels = useRef<Record<string, number>>({});
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
          {index === 0 ? null : <Separator className={`grip ${direction === 'horizontal' ? 'column' : 'line'}`} aria-label={gripOf(panes, index)} />}
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
