import type { ReactNode } from 'react';
import { Icon } from './Icon';

interface BannerProps {
  readonly kind: 'info' | 'warning' | 'error';
  readonly children: ReactNode;
  /** Buttons at the end. */
  readonly actions?: ReactNode;
}

/** One line beside its cause: what happened, what still holds, what can be done. */
export const Banner = ({ kind, children, actions }: BannerProps) => (
  <div className={`banner ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
    <Icon name={kind} className={kind} />
    <p>{children}</p>
    {actions}
  </div>
);
