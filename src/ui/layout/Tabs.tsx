import { type KeyboardEvent, type ReactNode, useId } from 'react';

interface Tab<Id extends string> {
  readonly id: Id;
  readonly name: string;
  /** After the name: a count, or a count that asks for attention. */
  readonly count?: ReactNode;
}

interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly current: Id;
  readonly onChange: (id: Id) => void;
  /** At the end of the strip. */
  readonly beside?: ReactNode;
  /** The panel of the current tab. */
  readonly children: ReactNode;
}

/** A strip of tabs over the panel of the current one; arrow keys walk and choose. */
export function Tabs<Id extends string>({ label, tabs, current, onChange, beside, children }: TabsProps<Id>) {
  const base = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    const here = tabs.findIndex((tab) => tab.id === current);
    const target = { ArrowRight: here + 1, ArrowLeft: here - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    const next = target === undefined ? undefined : tabs[target % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onChange(next.id);
    document.getElementById(`${base}${next.id}`)?.focus();
  };
  return (
    <>
      <div className="tabs">
        <div role="tablist" aria-label={label}>
          {tabs.map(({ id, name, count }) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`${base}${id}`}
              aria-selected={id === current}
              aria-controls={id === current ? `${base}panel` : undefined}
              tabIndex={id === current ? 0 : -1}
              onClick={() => onChange(id)}
              onKeyDown={onKeyDown}
            >
              {name}
              {count}
            </button>
          ))}
        </div>
        {beside === undefined ? null : <span className="beside">{beside}</span>}
      </div>
      <div className="tabpanel inset-focus" role="tabpanel" id={`${base}panel`} aria-labelledby={`${base}${current}`} data-scrolls tabIndex={-1}>
        {children}
      </div>
    </>
  );
}
