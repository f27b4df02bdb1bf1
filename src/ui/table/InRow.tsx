import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ComponentProps } from 'react';
import { Icon } from '../Icon';

/** A link inside a table: reached with the arrow keys, not with Tab. */
export const RowLink = ({ children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) => (
  <a {...rest} tabIndex={-1}>
    {children}
  </a>
);

/** A button inside a table: reached with the arrow keys, not with Tab. */
export const RowButton = (props: ComponentProps<'button'>) => <button type="button" {...props} tabIndex={-1} />;

interface DiscloseProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly isOpen: boolean;
}

/** Opens its row: the chevron stands inside the value's own button. */
export const Disclose = ({ isOpen, children, ...rest }: DiscloseProps) => (
  <RowButton {...rest} className="disclose" aria-expanded={isOpen}>
    <Icon name={isOpen ? 'down' : 'right'} size="tiny" />
    <span>{children}</span>
  </RowButton>
);
