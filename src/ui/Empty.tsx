import type { ReactNode } from 'react';

interface EmptyProps {
  readonly title: string;
  /** Why it is empty and what to do. */
  readonly children: ReactNode;
  readonly action?: { readonly name: string; readonly run: () => void };
}

/** Nothing to show: one sentence on why, one on what to do, at most one button. */
export const Empty = ({ title, children, action }: EmptyProps) => (
  <div className="empty">
    <strong>{title}</strong>
    <span>{children}</span>
    {action === undefined ? null : (
      <button type="button" className="btn" onClick={action.run}>
        {action.name}
      </button>
    )}
  </div>
);
