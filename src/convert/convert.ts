import { platformsOf } from './platforms';
import { namesOf } from '../analysis/scopes';
import { familyWriting } from '../knowledge/families';
import { fieldNames } from '../knowledge/fields';
import type { Logsource } from '../knowledge/logsources';
import { FORMATS } from '../formats/registry';
import { LANGUAGES } from '../languages/registry';
import { allOf } from '../syntax/predicates';
import { logsourcesOf } from '../run/logsource';
import { digestOf } from '../run/digest';
import type { Analysis, Context, Conversion, ConversionOptions, FieldRef, Loss, Predicate, Rule, Span, StartingPoint, Taxonomy, Test } from '../model';
import { adapt } from './adapt';
import { demandOf } from './demand';
import { joinedPlaces } from './joined';
import type { Lose, Target } from './manner';
import { meaningOf } from './meaning';
import { inTable, namedField, type NamedField, type Naming } from './names';
import { dataSetOf, pointOf } from './points';
import { TARGETS } from './targets/list';

/** Writes a rule in another language: the text, every loss with its place, everything that cannot be said, and whether the text reads back as what it was made of. Total and pure. */
export function convert(rule: Rule, target: Target, options: ConversionOptions = {}): Conversion {
  const to = options.names ?? target.taxonomy;
  const own = TARGETS.get(rule.analysis.language);
  const found = pointOf(rule, own);
  const scopes = new Set((found === null ? [] : (own?.scoping(found) ?? [])).map(([field, value]) => `${field} ${value}`));
  const demand = demandOf(rule, to, scopes);
  const lost: Loss[] = [...demand.lost];
  const refused = [...demand.refused];
  const lose: Lose = (span, kind, why, effect) => void lost.push({ span: { start: span.start, end: span.end }, kind, why, effect });
  const refuse = (span: Span, why: string): void => void refused.push({ span: { start: span.start, end: span.end }, why });
  const asTarget = to === target.taxonomy;
  const point = asTarget ? found : null;
  const source = options.source ?? null;
  const logsource = logsourceOf(rule, found, source);
  const place = rule.meta.places['logsource'] ?? rule.analysis.sources[0]?.span ?? { start: rule.span.start, end: rule.span.start };
  const answer = (text: string | null, readsBack: boolean | null, places: ((place: Span) => readonly Span[]) | null = null): Conversion => ({
    from: rule.analysis.language,
    to: target.id,
    text,
    lost: inOrder(lost).map((loss) => (places === null ? loss : { ...loss, there: places(loss.span) })),
    refused: refused.toSorted((a, b) => a.span.start - b.span.start),
    proof: { readsBack, witnesses: 0, agree: 0 },
  });
  const format = options.format ?? target.container;
  const container = format === null ? null : (FORMATS.get(format) ?? null);
  if (format !== null && container?.write?.languages.includes(target.language ?? '') !== true)
    refuse(place, `${container?.label ?? format} holds no ${target.label}`);
  if (target.needs?.what === 'data set' && (point === null || dataSetOf(point) === null)) refuse(place, target.needs.why);
  if (target.needs?.what === 'log source' && logsource === null) refuse(place, target.needs.why);
  if (refused.length > demand.refused.length) return answer(null, false);
  const isUnsaid = (point === null || target.language === null) && source === null && asTarget && !isSameLanguage(rule, target);
  if (isUnsaid && target.unsourced !== null) lose(place, 'source', target.unsourced.why, target.unsourced.effect);
  const manner = target.mannerAt?.(point, source, options.columns) ?? target.manner;
  const names = inTable(namesFor(rule, target, to, point, options), options.columns, refuse);
  const hasMany = own?.manner.manyValues !== false;
  const adapted = adapt(demand.predicate, { manner, label: target.label, hasMany, nameOf: names, lose, refuse });
  const scoping = point === null || !asTarget || rule.taxonomy === to ? [] : target.scoping(point).map((pair) => scopingTest(pair, place));
  const scoped = scoping.map((test) => adapt(test, { manner, label: target.label, hasMany: false, nameOf: ({ name }) => ({ name }), lose, refuse }));
  const predicate = scoped.length === 0 ? adapted : allOf([...scoped, adapted], adapted.span);
  if (refused.length > 0) return answer(null, false);
  const { demands, printed } = target.write({ predicate, point, logsource, source, columns: options.columns });
  if (!('text' in printed)) {
    for (const { span, why } of printed.refused) refuse(span, why);
    return answer(null, false);
  }
  if (container !== null && format !== target.container)
    lose(place, 'metadata', `${container.label} asks for more than the original says, such as how often it runs: what stands there is a start`, 'shown');
  if (target.language === null) return answer(printed.text, null);
  const read = (text: string, analysis: Analysis | undefined): Conversion =>
    answer(text, readsBack(analysis, demands), analysis === undefined ? null : joinedPlaces(demands, analysis.predicate));
  if (container === null) return read(printed.text, LANGUAGES.get(target.language ?? '')?.analyse(printed.text, CONTEXT));
  const from = LANGUAGES.get(rule.analysis.language)?.label ?? rule.analysis.language;
  const text = container.write!.text({ id: idOf(rule, target), meta: rule.meta, query: printed.text, language: target.language!, point: found, from });
  return read(text, container.open(text, CONTEXT).rules[0]?.analysis);
}

const CONTEXT: Context = { languages: LANGUAGES };

/** The same rule gets the same ID in the same target: a UUID of its name, version 5. */
function idOf({ meta, analysis }: Rule, target: Target): string {
  const hex = digestOf('sha1', `${meta.id} ${meta.title} ${meaningOf(analysis.predicate)} ${target.id}`)!;
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const isSameLanguage = (rule: Rule, target: Target): boolean => rule.analysis.language === target.language;

/** Whether the text is free of errors and gives the tree it was printed from. */
const readsBack = (analysis: Analysis | undefined, demands: Predicate): boolean =>
  analysis !== undefined && !analysis.diagnostics.some(({ severity }) => severity === 'error') && meaningOf(analysis.predicate) === meaningOf(demands);

/** What Sigma calls the events: of a rule that says so its own words, else those of the known class, or the asker's. */
function logsourceOf(rule: Rule, point: StartingPoint | null, source: string | null): Logsource | null {
  if (source !== null && /^[^/]*\/[^/]*\/?[^/]*$/.test(source)) {
    const [product = '', category = '', service = ''] = source.split('/');
    return { product, category, service };
  }
  if (point !== null) return point.sigma;
  const own = logsourcesOf(rule.meta).filter(({ product, category, service }) => product + category + service !== '');
  return own.length === 1 ? own[0]! : null;
}

/** By each field its name in the target; a doubt about a name is said once. */
function namesFor(rule: Rule, target: Target, to: Taxonomy, point: StartingPoint | null, options: ConversionOptions): (field: FieldRef) => NamedField {
  const naming: Naming = {
    from: rule.taxonomy,
    to,
    toName: familyWriting(to)?.name ?? to,
    namesAt: namesOf(rule),
    local: to === target.taxonomy && target.namesByTable && point === null ? null : fieldNames(to, point === null ? rule.meta.scopes : target.scopes(point)),
    own: options.own ?? new Map(),
    ...platformsOf(rule),
  };
  const known = new Map<string, NamedField>();
  return (field) => {
    const key = field.of ?? field.name;
    const before = known.get(key);
    if (before !== undefined) return before;
    const named = namedField(field, naming);
    const { doubt: _, ...sure } = named;
    known.set(key, sure);
    return named;
  };
}

const scopingTest = ([field, value]: readonly [string, string], place: Span): Test => ({
  kind: 'test',
  span: { start: place.start, end: place.end },
  left: { kind: 'field', name: field, span: { start: place.start, end: place.end } },
  compare: 'equals',
  values: [{ kind: 'literal', span: { start: place.start, end: place.end }, type: 'string', text: value }],
  case: 'exact',
  missing: 'false',
  word: 'eq',
});

/** By place; what is said twice of one place once. */
function inOrder(lost: readonly Loss[]): readonly Loss[] {
  const seen = new Set<string>();
  return lost
    .filter(({ span, kind, why }) => {
      const key = `${span.start} ${span.end} ${kind} ${why}`;
      return seen.has(key) ? false : seen.add(key);
    })
    .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
