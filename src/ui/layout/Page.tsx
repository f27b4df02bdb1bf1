import { Fragment, type ReactNode, useEffect, useRef } from 'react';
import { useTitle } from '../useTitle';

interface PageProps {
  /** In the window's title, before the product's name. */
  readonly name: string;
  /** Fills the window and scrolls inside; absent: the page scrolls as one. */
  readonly fills?: boolean;
  readonly children: ReactNode;
}

/** A page that is read. Takes the focus when what had it is gone, so that the keyboard starts at its top. */
export function Page({ name, fills = false, children }: PageProps) {
  const main = useRef<HTMLElement>(null);
  useTitle(name);
  useEffect(() => {
    if (document.activeElement === document.body) main.current?.focus();
  }, []);
  return (
    <main ref={main} id="main" className={fills ? 'page fills' : 'page'} tabIndex={-1} {...(fills ? {} : { 'data-scrolls': '' })}>
      {children}
    </main>
  );
}

interface PageHeadProps {
  readonly crumbs?: readonly { readonly name: string; readonly href?: string }[];
  readonly title: ReactNode;
  /** One paragraph under the title. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
}

/** Where this is, what it is, what can be done with it. */
export const PageHead = ({ crumbs, title, lead, actions }: PageHeadProps) => (
  <>
    {crumbs === undefined ? null : (
      <nav className="crumbs" aria-label="Where this is">
        <ol>
          {crumbs.map(({ name, href }) => (
            <li key={name}>{href === undefined ? name : <a href={href}>{name}</a>}</li>
          ))}
        </ol>
      </nav>
    )}
    <header className="pagehead">
      <h1>{title}</h1>
      {lead === undefined ? null : <p>{lead}</p>}
      {actions === undefined ? null : <div className="actions">{actions}</div>}
    </header>
  </>
);

interface BlockProps {
  /** Where links on the page lead to. */
  readonly id: string;
  readonly title: string;
  /** In grey after the title: counts. */
  readonly note?: ReactNode;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** A section under a heading; `${id}-head` names its table. */
export const Block = ({ id, title, note, lead, children }: BlockProps) => (
  <section className="block" id={id} aria-labelledby={`${id}-head`}>
    <header>
      <h2 id={`${id}-head`}>{title}</h2>
      {note === undefined ? null : <small>{note}</small>}
    </header>
    {lead === undefined ? null : <p>{lead}</p>}
    {children}
  </section>
);

/** Names and what they are, in two columns; what is empty is left out. */
export const Facts = ({ rows }: { readonly rows: readonly (readonly [name: string, value: ReactNode])[] }) => (
  <dl className="factlist">
    {rows.map(([name, value]) =>
      value === '' || value === null || value === undefined || value === false ? null : (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ),
    )}
  </dl>
);
