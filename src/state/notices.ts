import { getState, setState } from './store';

/** A toast: what happened and what can be done about it. */
export interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'error';
  readonly text: string;
  /** Stays until it is answered: for losing data, and nothing else. */
  readonly sticky: boolean;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

let last = 0;

/** Shows a notice and returns its id. One with the same text replaces the older. */
export function notify(kind: Notice['kind'], text: string, options: { readonly sticky?: boolean; readonly action?: Notice['action'] } = {}): number {
  const notice: Notice = { id: ++last, kind, text, sticky: options.sticky ?? false, action: options.action ?? null };
  setState(({ notices }) => ({ notices: [...notices.filter((other) => other.text !== text), notice] }));
  return notice.id;
}

export function dismiss(id: number): void {
  if (getState().notices.some((notice) => notice.id === id)) setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}
