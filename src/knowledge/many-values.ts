import { holdsOneValue } from './ecs';
import type { Family } from './families';

/**
 * Whether a field, as rules of a family write it, may hold several values of which each fits another comparison; of a language that compares one value only,
 * none. `providers`: of the events that the rule reads; none: it is not known which.
 */
export const manyValuesIn = (
  family: Family | undefined,
  { language = null, providers = [] }: { readonly language?: string | null; readonly providers?: readonly string[] } = {},
): ((field: string) => boolean) =>
  family?.manyValues !== true || (language !== null && family.oneValue.includes(language)) ? () => false : (field) => !holdsOneValue(field, providers);
