import { UNSETTLED } from '../../model';

/** Tells of a rule that its author does not rely on it (yet, or any more); nothing of any other. */
export function StateMark({ status }: { readonly status: string }) {
  const state = UNSETTLED.find((word) => status.startsWith(word));
  return state === undefined ? null : <span className="badge">{state}</span>;
}
