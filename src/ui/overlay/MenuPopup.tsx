import { Menu } from '@base-ui/react/menu';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { afterClosing } from './afterClosing';
import { Icon } from '../Icon';

/** One line of a menu. */
export interface MenuItem {
  readonly name: ReactNode;
  readonly note?: ReactNode;
  readonly run: () => void;
  /** Stands apart from those before it. */
  readonly apart?: boolean;
  /** Cannot be chosen now, and why. */
  readonly off?: string | undefined;
  /** One of several, of which one holds. */
  readonly checked?: boolean;
}

interface MenuPopupProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly items: readonly MenuItem[];
  readonly head: string | undefined;
}

/** The open menu: arrow keys, type-ahead, Escape; the focus goes back to its button. */
export default function MenuPopup({ anchor, open, onOpenChange, items, head }: MenuPopupProps) {
  const chosen = useRef(false);
  const checkable = items.some((item) => item.checked !== undefined);
  useEffect(() => {
    if (open) chosen.current = false;
  }, [open]);
  return (
    <Menu.Root open={open} onOpenChange={onOpenChange}>
      <Menu.Portal container={anchor.current?.closest<HTMLElement>('header, nav, section, main')}>
        <Menu.Positioner anchor={anchor} positionMethod="fixed" className="overlay" sideOffset={2} align="start" collisionPadding={4}>
          <Menu.Popup className="pop menu" finalFocus={() => (chosen.current ? false : anchor.current)}>
            {head === undefined ? null : <div className="head">{head}</div>}
            {items.map((item, index) => (
              <Menu.Item
                key={index}
                className={item.apart ? 'apart' : undefined}
                disabled={item.off !== undefined}
                title={item.off}
                onClick={() => {
                  chosen.current = true;
                  afterClosing(item.run, anchor.current);
                }}
              >
                {checkable ? item.checked ? <Icon name="check" size="small" /> : <i className="icon small" /> : null}
                {item.name}
                {item.checked ? <span className="sr">, chosen</span> : null}
                {item.note === undefined ? null : <span className="note">{item.note}</span>}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
