import type { Guide, GuideFieldRow, GuideValueRow, Polarity, Triple } from '../../model';
import { askAnalysis } from '../threads/analysis';
import { askCatalog } from '../threads/catalog';
import { newDraft } from './documents';
import { notify } from '../notices';
import { NO_FILTERS } from '../store';

/** So much of a guide is offered to a new draft; fields beyond those it takes stand in for ones that do not fit. */
const FIELDS = 5;
const VALUES = 6;
const EXCLUSIONS = 5;

/** A row to be written into a draft. */
type StartRow = Triple & { readonly polarity: Extract<Polarity, 'indicator' | 'exclusion'> };

/** A file's name and what its maker called it say the same: a rule that asks for both misses renamed and rebuilt tools. */
const SAME: readonly (readonly [string, string])[] = [
  ['OriginalFileName', 'process_name'],
  ['Image', 'process_name'],
];
/** What says where to look rather than what for: the draft's start says it already. */
const WHERE: ReadonlySet<string> = new Set([
  'Channel',
  'EventID',
  'EventType',
  'Provider_Name',
  'data_stream.dataset',
  'event.category',
  'event.dataset',
  'event.kind',
  'event.module',
  'event.outcome',
  'event.provider',
  'event.type',
]);

/**
 * What a new draft takes over from a guide that was marked against it: the fields most rules filter on that fit its events, each with its commonest
 * value, or with all that several rules look for where they are plain ones, and the exclusions that several rules share.
 */
export function startRows({ fields, values, exclusions }: Pick<Guide, 'fields' | 'values' | 'exclusions'>, main: string): readonly StartRow[] {
  const applies = ({ mark }: GuideFieldRow | GuideValueRow): boolean => mark === 'missing' || mark === 'near';
  const fits = (row: GuideValueRow): boolean => applies(row) && row.value !== '' && row.kind !== 'regex_match';
  const ways = fields.flatMap(({ field, mark }) => {
    const own = (WHERE.has(field) && field !== main) || mark === 'does-not-apply' ? [] : values.filter((row) => row.field === field && fits(row));
    return own.length === 0 ? [] : [own];
  });
  const shared = ways.filter(([best]) => best!.rules > 1);
  const chosen: string[] = [];
  const rows: StartRow[] = [];
  for (const own of shared.length > 0 ? shared : ways.slice(0, 1)) {
    const best = own[0]!;
    if (chosen.length === FIELDS) break;
    if (SAME.some((pair) => pair.includes(best.field) && pair.some((other) => chosen.includes(other)))) continue;
    chosen.push(best.field);
    // Several values of one field are alternatives; only of plain ones every language has a list.
    const list = best.kind === 'eq' ? own.filter(({ kind, rules }) => kind === 'eq' && rules > 1) : [];
    for (const { field, kind, value } of list.length > 0 ? list.slice(0, VALUES) : [best]) rows.push({ field, kind, value, polarity: 'indicator' });
  }
  const excluded = exclusions.filter((row) => applies(row) && row.rules > 1).slice(0, EXCLUSIONS);
  return [...rows, ...excluded.map(({ field, kind, value }): StartRow => ({ field, kind, value, polarity: 'exclusion' }))];
}

/** Starts a draft of this format from a technique's guide: a rule over the events most of its rules read, with the fields, values and exclusions they share. */
export async function startFromGuide({ technique, events, platforms }: Guide, format: string): Promise<void> {
  try {
    const begun = await askAnalysis((api) =>
      api.start({ format, technique, events, platforms, id: crypto.randomUUID(), date: new Date().toISOString().slice(0, 10) }),
    );
    const guide = await askCatalog((api) => api.guide(technique.id, { ...NO_FILTERS, platforms: [begun.platform] }, begun.facts));
    const rows = guide === null ? [] : startRows(guide, begun.main);
    const text = await askAnalysis((api) => api.addAll({ text: begun.text, format, rows, otherwise: begun.main }));
    newDraft({ text, format });
  } catch (error) {
    notify('error', `No draft was started: ${error instanceof Error ? error.message : String(error)}`);
  }
}
