import type { Comparison, ConversionAnswer, ConversionWish } from '../model';

/** The rule under the cursor in another language, while that is shown. */
export interface ConversionState {
  readonly wish: ConversionWish;
  /** The last one while a newer is on its way; null before the first. */
  readonly answer: ConversionAnswer | null;
  /** What both texts say of the same events, the last one; null before the first, `failed` where they could not be judged. */
  readonly comparison: Comparison | 'failed' | null;
  /** The text that the answer is of. */
  readonly about: string;
  /** Since when the draft has an error and this is its text from before it; null: it is of the draft as it is. */
  readonly heldSince: number | null;
  /** Why there is no newer one; null: nothing is wrong. */
  readonly trouble: string | null;
  /** The loss that is pointed at, by its place in the answer. */
  readonly pointed: number | null;
  /** It was asked for by a key: its choice of languages takes the focus. */
  readonly wantsFocus: boolean;
}

export const NO_CONVERSION: ConversionState = {
  wish: { target: '', as: null, names: null, own: [], source: '' },
  answer: null,
  comparison: null,
  about: '',
  heldSince: null,
  trouble: null,
  pointed: null,
  wantsFocus: false,
};
