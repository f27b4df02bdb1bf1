import { getState, type Notice, setState } from './store';

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
