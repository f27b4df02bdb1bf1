import type { Addition, AddWay, Triple } from '../../model';
import { notify } from '../notices';
import { activeOf } from '../select';
import { getState } from '../store';
import { askAnalysis } from './analysis';
import { write } from './guide';

/** The ways to write a guide's row, the best first, and the text they speak of. */
export interface FoundWays {
  readonly ways: readonly AddWay[];
  readonly about: string;
}

/** Ways to write a guide's row into the rule under the cursor; none when it has no place for it. */
export async function waysOf({ field, kind, value }: Triple, polarity: Addition['polarity']): Promise<FoundWays> {
  const { doc } = getState();
  const { text, format } = doc;
  const index = activeOf(getState())?.index ?? 0;
  const asked = format === null ? null : askAnalysis((api) => api.add({ text, format, index, row: { field, kind, value }, polarity }));
  return { ways: (await asked?.catch(() => null)) ?? [], about: text };
}

/** The lines that a way writes. */
export const linesOf = ({ edits }: AddWay): string => edits.map(({ text }) => text.replace(/^\n+|\s+$/g, '')).join('\n');

/** Writes a row into the draft in one of its ways, as one undo step. */
export function addRow({ field, kind, value }: Triple, { about }: FoundWays, way: AddWay | undefined): void {
  if (way === undefined) notify('error', 'This draft has no place for that row. Write a selection first, then add it again.');
  else write(way.edits, about, `Added ${field} ${kind.replaceAll('_', ' ')} ${value}${way.into === '' ? '' : ` to ${way.into}`}.`);
}
