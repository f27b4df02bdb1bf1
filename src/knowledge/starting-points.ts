import type { EventRef, Platform, StartingPoint } from '../model';
import table from './starting-points.json';

interface Row extends Omit<StartingPoint, 'sigma' | 'elastic'> {
  /** Product, category and service, with slashes between. */
  readonly sigma: string;
  readonly elastic: StartingPoint['elastic'];
  /** Provider and ID, `*` for any; of `except` none. */
  readonly events: readonly string[];
  readonly except?: readonly string[];
}

const ROWS = table.rows as unknown as readonly Row[];

/** The rows of the table, the commonest first: what a rule reads that says nothing else is the first. */
export const STARTING_POINTS: readonly StartingPoint[] = ROWS.map((row) => {
  const [product = '', category = '', service = ''] = row.sigma.split('/');
  return { ...row, sigma: { product, category, service } };
});

/** Where rules like these look: the row whose platform and events most of them have; of equal ones the first. */
export function startingPointOf(
  events: readonly (EventRef & { readonly rules: number })[],
  platforms: readonly (readonly [Platform, number])[],
): StartingPoint {
  const rulesOn = new Map(platforms);
  // An event by name says more than any event of a provider.
  for (const known of [events.filter(({ id }) => id !== ''), events]) {
    const weights = ROWS.map((row) => mostRules(row, known) * (rulesOn.get(row.platform) ?? 0));
    const most = Math.max(...weights);
    if (most > 0) return STARTING_POINTS[weights.indexOf(most)]!;
  }
  // No event is known: the platform alone has to say it.
  const [platform] = platforms.find(([name]) => STARTING_POINTS.some((point) => point.platform === name)) ?? ['windows'];
  return STARTING_POINTS.find((point) => point.platform === platform)!;
}

/** How many rules read the commonest of the row's events. */
function mostRules({ events: own, except = [] }: Row, events: readonly (EventRef & { readonly rules: number })[]): number {
  const isIn = (names: readonly string[], { provider, id }: EventRef): boolean => names.includes(`${provider} ${id}`) || names.includes(`${provider} *`);
  return events.reduce((most, event) => (isIn(own, event) && !isIn(except, event) ? Math.max(most, event.rules) : most), 0);
}

/** By `provider id`, `*` for any: the rows it stands in. */
const KINDS = new Map<string, number[]>();
for (const [at, { events }] of ROWS.entries()) for (const name of events) KINDS.set(name, [...(KINDS.get(name) ?? []), at]);

/** Whether two sources' events are one kind of thing told by each: a process that began, a file that was written. Of a whole source told so, the other is told by name. */
export function isSameKind(a: EventRef, b: EventRef): boolean {
  const [named, others] = [KINDS.get(`${a.provider} ${a.id}`), KINDS.get(`${b.provider} ${b.id}`)];
  const whole = (one: EventRef, own: readonly number[] | undefined): readonly number[] => own ?? (one.id === '' ? (KINDS.get(`${one.provider} *`) ?? []) : []);
  return (named !== undefined || others !== undefined) && whole(a, named).some((row) => whole(b, others).includes(row));
}
