import type { ConversionState } from './conversion-state';
import { setTab } from './settings';
import { setState } from './store';

/** The lower panel that shows the rule in another language. */
export const CONVERT_TAB = 'convert';

export const changeConversion = (part: Partial<ConversionState>): void => setState(({ conversion }) => ({ conversion: { ...conversion, ...part } }));

/** Shows the rule in another language, and gives it the focus. */
export function showConversion(): void {
  setTab(CONVERT_TAB);
  setState({ view: 'rule' });
  changeConversion({ wantsFocus: true });
}
