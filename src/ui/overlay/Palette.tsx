import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { type ReactNode, useRef } from 'react';
import { afterClosing } from './afterClosing';

export interface PaletteItem {
  readonly key: string;
  readonly content: ReactNode;
  /** At the end of the line. */
  readonly note?: ReactNode;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly name: string;
  readonly items: readonly PaletteItem[];
}

interface PaletteProps {
  readonly label: string;
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** What the query finds, in order; filtering is the caller's. */
  readonly groups: readonly PaletteGroup[];
  /** Said when nothing is found, or nothing yet. */
  readonly nothing: string;
  /** What had the focus, and gets it back. */
  readonly before: HTMLElement | null;
  readonly onClose: () => void;
}

/** Everything by keyboard: type, walk with the arrow keys, Enter. Load it lazily. */
export default function Palette({ label, placeholder, query, onQuery, groups, nothing, before, onClose }: PaletteProps) {
  const chosen = useRef(false);
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="pop dialog palette" aria-label={label} finalFocus={() => (chosen.current ? false : before)}>
          <Autocomplete.Root
            inline
            open
            items={groups.filter(({ items }) => items.length > 0)}
            filter={null}
            value={query}
            onValueChange={(value, { reason }) => {
              if (reason !== 'item-press') onQuery(value);
            }}
            itemToStringValue={(item: PaletteItem) => item.key}
            autoHighlight="always"
            keepHighlight
          >
            <Autocomplete.Input aria-label={label} placeholder={placeholder} />
            <Autocomplete.Empty>
              <p className="more">{nothing}</p>
            </Autocomplete.Empty>
            <Autocomplete.List className="found">
              {(group: PaletteGroup) => (
                <Autocomplete.Group key={group.name} items={group.items}>
                  <Autocomplete.GroupLabel className="head">{group.name}</Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(item: PaletteItem) => (
                      <Autocomplete.Item
                        key={item.key}
                        value={item}
                        onClick={() => {
                          chosen.current = true;
                          onClose();
                          afterClosing(item.run, before);
                        }}
                      >
                        {item.content}
                        {item.note === undefined ? null : <span className="note">{item.note}</span>}
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
