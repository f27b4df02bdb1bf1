import { type ReactNode, type RefObject, useEffect } from 'react';
import { Icon } from '../Icon';

interface ListBarProps {
  readonly title: string;
  /** The search's name. */
  readonly label: string;
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly input: RefObject<HTMLInputElement | null>;
  /** What stands after the search. */
  readonly children: ReactNode;
}

/** Over a list that fills a page: what it is, and its search, to which `/` leads and from which an arrow key leads into the list. */
export function ListBar({ title, label, placeholder, query, onQuery, input, children }: ListBarProps) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.defaultPrevented || (event.target as HTMLElement).closest('input, textarea, select') !== null) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [input]);
  return (
    <header className="listbar">
      <h1>{title}</h1>
      <div className="search">
        <Icon name="search" />
        <input
          ref={input}
          type="search"
          aria-label={label}
          placeholder={placeholder}
          value={query}
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            document.querySelector<HTMLElement>('.windowed tr[tabindex="0"]')?.focus();
          }}
        />
        <kbd>/</kbd>
      </div>
      {children}
    </header>
  );
}
