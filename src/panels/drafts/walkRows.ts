import type { KeyboardEvent } from 'react';

/** Up and down walk the rows of the rail; right goes to a row's own button. */
export function walkRows(event: KeyboardEvent): void {
  const row = event.currentTarget.closest('li');
  const rows = [...(row?.closest('nav')?.querySelectorAll('li') ?? [])];
  if (row === null) return;
  const steps: Readonly<Record<string, Element | undefined>> = {
    ArrowDown: rows[rows.indexOf(row) + 1],
    ArrowUp: rows[rows.indexOf(row) - 1],
    Home: rows[0],
    End: rows.at(-1),
  };
  const next = event.key === 'ArrowRight' ? row.querySelector<HTMLElement>('.btn') : steps[event.key]?.querySelector<HTMLElement>('.open');
  if (next === undefined || next === null) return;
  event.preventDefault();
  next.focus();
}
