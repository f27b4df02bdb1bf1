import type { ReactNode } from 'react';
import './sidebar-layout.css';

interface SidebarLayoutProps {
  /** The rail's name. */
  readonly label: string;
  readonly rail: ReactNode;
  readonly children: ReactNode;
}

/** A list that fills a page, beside a rail that narrows it. */
export const SidebarLayout = ({ label, rail, children }: SidebarLayoutProps) => (
  <div className="railed">
    <nav className="rail" aria-label={label} data-scrolls>
      {rail}
    </nav>
    <div className="found">{children}</div>
  </div>
);

interface NarrowingProps {
  readonly isChosen: boolean;
  readonly onToggle: () => void;
  readonly count: number;
  /** The count with its noun. */
  readonly title: string;
  readonly children: ReactNode;
}

/** One thing the list can be narrowed to, with how much there is of it. */
export const Narrowing = ({ isChosen, onToggle, count, title, children }: NarrowingProps) => (
  <button type="button" className="narrowing inset-focus" aria-pressed={isChosen} title={title} onClick={onToggle}>
    {children}
    <span className="count">{count.toLocaleString('en')}</span>
  </button>
);
