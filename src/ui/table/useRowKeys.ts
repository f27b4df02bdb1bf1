import { type FocusEvent, type KeyboardEvent, useState } from 'react';

const STOPS = 'tr[data-row], tr.detail :is(a, button)';
const CONTROLS = ':is(a, button, input):not(:disabled)';
const PAGE = 12;

interface RowKeys {
  /** The row that Tab reaches; null: the first. */
  readonly active: string | null;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  /** Whether the key was one of a table's. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/** The key of the row around an element of a table's body; undefined outside. */
export const rowKeyOf = (target: EventTarget): string | undefined => (target as HTMLElement).closest<HTMLElement>('tr[data-row]')?.dataset['row'];

/**
 * One tab stop for a table: up and down walk the rows (and the links of opened ones), right and left the controls of a row,
 * Enter and Space do what the row is for, Escape goes from a control back to its row.
 */
export function useRowKeys(activate: (key: string) => void): RowKeys {
  const [active, setActive] = useState<string | null>(null);
  const onFocus = (event: FocusEvent<HTMLElement>): void => {
    const key = rowKeyOf(event.target);
    if (key !== undefined) setActive(key);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const target = event.target as HTMLElement;
    const row = target.closest('tr');
    if (row === null || target.closest('thead') !== null || event.altKey || event.ctrlKey || event.metaKey) return;
    const key = row.dataset['row'];
    const isRow = target === row && key !== undefined;
    if (event.key === 'ArrowDown') step(event, target, 1);
    else if (event.key === 'ArrowUp') step(event, target, -1);
    else if (event.key === 'PageDown') step(event, row, PAGE);
    else if (event.key === 'PageUp') step(event, row, -PAGE);
    else if (event.key === 'ArrowRight') sideways(event, row, target, 1);
    else if (event.key === 'ArrowLeft') sideways(event, row, target, -1);
    else if (event.key === 'Escape' && target !== row && key !== undefined) row.focus();
    else if ((event.key === 'Enter' || event.key === ' ') && isRow) {
      event.preventDefault();
      activate(key);
    }
  };
  return { active, onFocus, onKeyDown };
}

function step(event: KeyboardEvent<HTMLElement>, from: HTMLElement, by: number): void {
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(STOPS)];
  const here = stops.indexOf(from.matches(STOPS) ? from : (from.closest('tr') ?? from));
  event.preventDefault();
  stops[Math.max(0, Math.min(stops.length - 1, here + by))]?.focus();
}

function sideways(event: KeyboardEvent<HTMLElement>, row: HTMLElement, from: HTMLElement, by: 1 | -1): void {
  const stops = [row, ...row.querySelectorAll<HTMLElement>(CONTROLS)];
  const next = stops[stops.indexOf(from) + by];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
