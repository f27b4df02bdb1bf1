import type { FiredEvents, FiredOpened, FiresAnswer, FiresProgress, OpenProgress } from '../model';

/** The reader's logs, what every rule of the catalog says of them, and the rule that is chosen. */
export interface FiresState {
  readonly logs: readonly { readonly name: string; readonly size: number }[];
  /** What is being done; null: nothing. `rules`: the rules are being read. */
  readonly job:
    { readonly kind: 'rules'; readonly progress: OpenProgress | null } | { readonly kind: 'events'; readonly progress: FiresProgress | null } | null;
  readonly answer: FiresAnswer | null;
  /** The chosen rule, its events, and the one of them that is open. */
  readonly rule: number | null;
  readonly events: FiredEvents | null;
  readonly number: number | null;
  readonly opened: FiredOpened | null;
  /** Why there is no answer, in a sentence. */
  readonly trouble: string | null;
}

export const NO_FIRES: FiresState = { logs: [], job: null, answer: null, rule: null, events: null, number: null, opened: null, trouble: null };
