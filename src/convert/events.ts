import { namesOf } from '../analysis/scopes';
import { familyWriting } from '../knowledge/families';
import { fieldNames } from '../knowledge/fields';
import type { Logsource } from '../knowledge/logsources';
import { logsourcesOf } from '../run/logsource';
import { allOf } from '../syntax/predicates';
import type { ConversionOptions, FieldRef, Predicate, Rule, Span, StartingPoint, Taxonomy, Test } from '../model';
import { adapt } from './adapt';
import { demandOf } from './demand';
import type { Notes, Target } from './manner';
import { amongColumns, inTable, namedField, type NamedField, type Naming } from './names';
import { platformsOf } from './platforms';
import { dataSetOf, pointOf } from './points';
import { type Shape, shapeNamed } from './shape';

/** What a rule demands of single events in a target's names and manner, and which events these are. */
export interface TargetEvents {
  readonly predicate: Predicate;
  /** The class of events that is read, as the rule says; `point`: the same where the target's own names hold. */
  readonly found: StartingPoint | null;
  readonly point: StartingPoint | null;
  /** What Sigma calls them. */
  readonly logsource: Logsource | null;
  /** What is read, as the target writes it, where the asker or the rule itself says so. */
  readonly source: string | null;
  readonly nameOf: (field: FieldRef) => NamedField;
  /** What is shown of the events. */
  readonly shapes: readonly Shape[];
}

/** The demands of a rule of single events as the target says them; `own`: its own language as a target. Null: the target cannot read such events. */
export function eventsIn(rule: Rule, own: Target | undefined, target: Target, options: ConversionOptions, notes: Notes): TargetEvents | null {
  const { lose, refuse } = notes;
  const to = options.names ?? target.taxonomy;
  const source = options.source ?? (own === target ? (target.ownSource?.(rule) ?? null) : null);
  const asTarget = to === target.taxonomy;
  const found = pointOf(rule, own);
  const point = asTarget ? found : null;
  const logsource = logsourceOf(rule, found, source);
  const place = rule.meta.places['logsource'] ?? rule.analysis.sources[0]?.span ?? { start: rule.span.start, end: rule.span.start };
  const scopes = new Set((found === null ? [] : (own?.scoping(found) ?? [])).map(([field, value]) => `${field} ${value}`));
  const demand = demandOf(rule, to, scopes, (shape) => (target.shape?.(shape) ?? null) !== null);
  for (const { span, kind, why, effect } of demand.lost) lose(span, kind, why, effect);
  for (const { span, why } of demand.refused) refuse(span, why);
  const lacks =
    (target.needs?.what === 'data set' && (point === null || dataSetOf(point) === null)) || (target.needs?.what === 'log source' && logsource === null);
  if (lacks) {
    // What has an error may say no more than that.
    if (!rule.analysis.diagnostics.some(({ severity }) => severity === 'error')) refuse(place, target.needs!.why);
    return null;
  }
  const isUnsaid = (point === null || target.unsourced?.always === true) && source === null && asTarget && own !== target;
  if (isUnsaid && target.unsourced !== null) lose(place, 'source', target.unsourced.why, target.unsourced.effect);
  const besides = source === null && !isUnsaid ? point?.besides : undefined;
  if (besides?.[to] !== undefined && besides[rule.taxonomy] === undefined) lose(place, 'source', `${besides[to]} are read too`, 'looser');
  if (besides?.[rule.taxonomy] !== undefined && besides[to] === undefined) lose(place, 'source', `${besides[rule.taxonomy]} are left out`, 'stricter');
  const manner = target.mannerAt?.(point, source, options.columns) ?? target.manner;
  const names = namesFor(rule, target, to, point, options);
  const nameOf =
    options.columns === undefined
      ? amongColumns(names, asTarget && rule.taxonomy !== to ? (target.columnsAt?.(point, source) ?? null) : null)
      : inTable(names, options.columns, refuse);
  const adapted = adapt(demand.predicate, { manner, language: rule.analysis.language, label: target.label, from: own?.manner, nameOf, ...notes });
  // In the same names the rule says itself what its own language has no other word for.
  const isOwn = new Set(rule.taxonomy === to ? scopes : []);
  const known = point === null || !asTarget ? null : target.scoping(point).filter(([field, value]) => !isOwn.has(`${field} ${value}`));
  // Where no known class says it, a category is a condition like others, under its own name.
  const category = rule.taxonomy === to ? (own?.category?.(rule.analysis.stages[0]?.kind ?? '') ?? null) : null;
  const scoping = own === target ? [] : (known ?? (category === null ? [] : [category]));
  const scoped = scoping.map((pair) =>
    adapt(equalsText(pair, place), {
      manner,
      language: rule.analysis.language,
      label: target.label,
      from: manner,
      nameOf: ({ name }) => ({ name }),
      ...notes,
    }),
  );
  const shapes = demand.shapes.map((shape) =>
    shapeNamed(shape, (field) => {
      const { name, doubt } = nameOf(field);
      if (doubt !== undefined) lose(field.span, 'field', doubt, 'shown');
      return name;
    }),
  );
  const first = source === null || target.sourceAs === undefined ? scoped : [target.sourceAs(source), ...scoped];
  return { predicate: first.length === 0 ? adapted : allOf([...first, adapted], adapted.span), found, point, logsource, source, nameOf, shapes };
}

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

/** A comparison of a field with one text. */
export const equalsText = ([field, value]: readonly [string, string, ...unknown[]], { start, end }: Span): Test => ({
  kind: 'test',
  span: { start, end },
  left: { kind: 'field', name: field, span: { start, end } },
  compare: 'equals',
  values: [{ kind: 'literal', span: { start, end }, type: 'string', text: value }],
  case: 'exact',
  missing: 'false',
  word: 'eq',
});
