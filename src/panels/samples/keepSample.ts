import { askSamples } from '../../state/threads/samples';
import { keepTests } from '../../state/threads/tests';

/** Keeps a sample as a test of the draft. */
export async function keepSample(number: number, mustMatch: boolean): Promise<void> {
  const opened = await askSamples((api) => api.open(number)).catch(() => null);
  if (opened === null) return;
  const { made, event } = opened;
  const name = made === undefined ? '' : made.kind === 'match' ? 'Made: meets all conditions' : `Near miss: not true that ${made.condition}`;
  keepTests([{ events: [event], mustMatch, name }]);
}
