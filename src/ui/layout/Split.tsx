import { type ComponentType, Fragment, useEffect, useState } from 'react';
import { gripOf, type SplitProps } from './pane';

let Movable: ComponentType<SplitProps> | null = null;
/** What moves them is fetched at once beside the editor: nothing that is drawn first waits for it. */
const coming = import('./Panes').then(
  (module) => {
    Movable = module.default;
  },
  () => {},
);

/** Panes with splitters between them; until what moves them is there, and where it never comes, they stand as they were left. */
export function Split(props: SplitProps) {
  const [isSettled, setSettled] = useState(Movable !== null);
  useEffect(() => {
    if (!isSettled) void coming.then(() => setSettled(true));
  }, [isSettled]);
  return Movable === null ? <StillPanes {...props} isFailed={isSettled} /> : <Movable {...props} />;
}

function StillPanes({ direction, panes, sizes = {}, isFailed }: SplitProps & { readonly isFailed: boolean }) {
  return (
    <div className={`split still ${direction}`}>
      {panes.map(({ id, size, least, children }, index) => (
        <Fragment key={id}>
          {index === 0 ? null : (
            <div
              className={`grip ${direction === 'horizontal' ? 'column' : 'line'}`}
              title={isFailed ? `${gripOf(panes, index)} cannot be changed: the script for it did not come. Reload the page to try again.` : undefined}
            />
          )}
          <div className="pane" style={size === undefined ? { flex: `1 1 ${least}px` } : { flex: `0 1 ${sizes[id] ?? size}px` }}>
            {children}
          </div>
        </Fragment>
      ))}
    </div>
  );
}
