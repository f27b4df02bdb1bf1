import type { Guide, GuideFieldRow, GuideValueRow, Polarity, RuleRow, Triple } from '../../model';
import { askAnalysis } from '../threads/analysis';
import { askCatalog } from '../threads/catalog';
import { newDraft } from './documents';
import { notify } from '../notices';
import { NO_FILTERS } from '../store';

/** So many fields of a guide are looked at, and so many values of one are taken as alternatives. */
const FIELDS = 5;
const VALUES = 4;
/** An alternative is looked for by at least this share of the rules that look for the commonest. */
const STRONG = 0.4;
/** A second field belongs to the first where this share of the rules that look for it look for the first, and of those that look for the first for it. */
const TOGETHER = 0.5;
const OFTEN = 0.15;

/** A row to be written into a draft. */
type StartRow = Triple & { readonly polarity: Extract<Polarity, 'indicator'> };

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
 * What a new draft may take over from a guide that was marked against it, a field each: those that fit its events, the one with the commonest value first, with that
 * value or, where they are plain ones, with the strongest few as alternatives. No exclusions: nobody has asked for them yet.
 */
export function startWays({ fields, values }: Pick<Guide, 'fields' | 'values'>, main: string): readonly (readonly StartRow[])[] {
  const applies = ({ mark }: GuideFieldRow | GuideValueRow): boolean => mark === 'missing' || mark === 'near';
  const fits = (row: GuideValueRow): boolean => applies(row) && row.value !== '' && row.kind !== 'regex_match';
  const ways = fields.flatMap(({ field, mark }) => {
    const own = (WHERE.has(field) && field !== main) || mark === 'does-not-apply' ? [] : values.filter((row) => row.field === field && fits(row));
    return own.length === 0 ? [] : [own];
  });
  // What one value says for most rules says most: a tool's name before one of its many switches.
  ways.sort((a, b) => b[0]!.rules - a[0]!.rules);
  const shared = ways.filter(([best]) => best!.rules > 1);
  const chosen: string[] = [];
  const found: (readonly StartRow[])[] = [];
  for (const own of shared.length > 0 ? shared : ways.slice(0, 1)) {
    const best = own[0]!;
    if (chosen.length === FIELDS) break;
    if (SAME.some((pair) => pair.includes(best.field) && pair.some((other) => chosen.includes(other)))) continue;
    chosen.push(best.field);
    // Several values of one field are alternatives; only of plain ones every language has a list.
    const list = best.kind === 'eq' ? own.filter(({ kind, rules }) => kind === 'eq' && rules > 1 && rules >= best.rules * STRONG) : [];
    found.push((list.length > 0 ? list.slice(0, VALUES) : [best]).map(({ field, kind, value }) => ({ field, kind, value, polarity: 'indicator' })));
  }
  return found;
}

/** The first way, and of the others the first that rules look for together with it; `rulesOf`: the rules of the technique that look for a row. */
export async function startRows(ways: readonly (readonly StartRow[])[], rulesOf: (row: Triple) => Promise<readonly RuleRow[]>): Promise<readonly StartRow[]> {
  const [first = [], ...others] = ways;
  const lookingFor = new Set((await Promise.all(first.map(rulesOf))).flat().map(({ index }) => index));
  for (const way of others) {
    const rules = await Promise.all(way.map(rulesOf));
    const together = way.filter((_, at) => {
      const both = rules[at]!.filter(({ index }) => lookingFor.has(index)).length;
      return both > 1 && both >= rules[at]!.length * TOGETHER && both >= lookingFor.size * OFTEN;
    });
    if (together.length > 0) return [...first, ...together];
  }
  return first;
}

/** Starts a draft of this format from a technique's guide: a rule over the events most of its rules read, with the strongest of what they look for together. */
export async function startFromGuide({ technique, events, platforms }: Guide, format: string): Promise<void> {
  try {
    const begun = await askAnalysis((api) =>
      api.start({ format, technique, events, platforms, id: crypto.randomUUID(), date: new Date().toISOString().slice(0, 10) }),
    );
    const guide = await askCatalog((api) => api.guide(technique.id, { ...NO_FILTERS, platforms: [begun.platform] }, begun.facts));
    const ways = guide === null ? [] : startWays(guide, begun.main);
    const under = { technique: technique.id, filters: { ...NO_FILTERS, unsettled: true } };
    const rows = await startRows(ways, ({ field, kind, value }) => askCatalog((api) => api.rulesOf({ field, kind, value }, 'indicator', under)));
    const text = await askAnalysis((api) => api.addAll({ text: begun.text, format, rows, otherwise: begun.main }));
    newDraft({ text, format });
  } catch (error) {
    notify('error', `No draft was started: ${error instanceof Error ? error.message : String(error)}`);
  }
}
