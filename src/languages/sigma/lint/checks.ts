import type { Check } from '../../../model';
import { type Code, DIAGNOSTICS } from '../diagnostics';

/** What is checked beyond what makes a rule invalid: what is legal and rarely meant, log sources, slips, the keys around a detection. */
const ADVICE = (Object.keys(DIAGNOSTICS) as Code[]).filter((code) => DIAGNOSTICS[code].severity !== 'error');

/** Sigma's checks look at the YAML while a document is open; each value is what one of them has found. */
export const CHECKS: readonly Check[] = ADVICE.map((id) => ({
  id,
  ...DIAGNOSTICS[id],
  check: (_, { diagnostics }) => diagnostics.filter(({ code }) => code === id),
}));
