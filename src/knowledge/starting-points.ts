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

/** The rows an event is read in. */
export const pointsReading = ({ provider, id }: Pick<EventRef, 'provider' | 'id'>): readonly StartingPoint[] =>
  STARTING_POINTS.filter((_, at) => isIn(ROWS[at]!.events, provider, id) && !isIn(ROWS[at]!.except ?? [], provider, id));

const isIn = (names: readonly string[], provider: string, id: string): boolean => names.includes(`${provider} ${id}`) || names.includes(`${provider} *`);

/** The commonest row of a platform; the commonest of all where it has none. */
export const pointOn = (platform: Platform): StartingPoint => STARTING_POINTS.find((point) => point.platform === platform) ?? STARTING_POINTS[0]!;

/** By `provider id`, `*` for any: the rows it stands in. */
const KINDS = new Map<string, number[]>();
for (const [at, { events }] of ROWS.entries()) for (const name of events) KINDS.set(name, [...(KINDS.get(name) ?? []), at]);

/** Whether two sources' events are one kind of thing told by each: a process that began, a file that was written. Of a whole source told so, the other is told by name. */
export function isSameKind(a: EventRef, b: EventRef): boolean {
  const [named, others] = [KINDS.get(`${a.provider} ${a.id}`), KINDS.get(`${b.provider} ${b.id}`)];
  const whole = (one: EventRef, own: readonly number[] | undefined): readonly number[] => own ?? (one.id === '' ? (KINDS.get(`${one.provider} *`) ?? []) : []);
  return (named !== undefined || others !== undefined) && whole(a, named).some((row) => whole(b, others).includes(row));
}
