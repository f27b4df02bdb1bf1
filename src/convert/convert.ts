import { secondsOf, timeWindowOf } from '../analysis/time-window';
import { FORMATS } from '../formats/registry';
import { LANGUAGES } from '../languages/registry';
import { digestOf } from '../run/digest';
import { filteredPredicate } from '../run/dialect/sigma-engine';
import type { Conversion, ConversionOptions, Loss, Predicate, Printed, Refusal, Rule, Span, StartingPoint } from '../model';
import { byPlace } from '../syntax/by-place';
import { eventsIn } from './events';
import { joinedPlaces } from './joined';
import { jointOf } from './joint/of-rule';
import { jointMeaning } from './joint/joint';
import { severalIn } from './joint/several';
import type { Notes, Target } from './manner';
import { meaningOf } from './meaning';
import { shapesMeaning, shapesOf } from './shape';
import { TARGETS } from './targets/list';

/** What was written before its container, and what it must be read back as. */
interface Query {
  readonly printed: Printed;
  readonly meaningIn: () => string;
  /** The demands of single events that it says; null: it asks for several together. */
  readonly demands: Predicate | null;
  readonly point: StartingPoint | null;
  /** The rules of single events that it names, as texts of their own. */
  readonly rules: readonly string[];
  readonly seconds: number | null;
}

/** Writes a rule in another language: the text, every loss with its place, everything that cannot be said, and whether the text reads back as what it was made of. Total and pure. */
export function convert(rule: Rule, target: Target, options: ConversionOptions = {}): Conversion {
  const lost: Loss[] = [];
  const refused: Refusal[] = [];
  const notes: Notes = {
    lose: (span, kind, why, effect) => void lost.push({ span: { start: span.start, end: span.end }, kind, why, effect }),
    refuse: (span, why) => void refused.push({ span: { start: span.start, end: span.end }, why }),
  };
  const answer = (text: string | null, readsBack: boolean | null, places: ((place: Span) => readonly Span[]) | null = null): Conversion => ({
    from: rule.analysis.language,
    to: target.id,
    text,
    lost: inOrder(lost).map((loss) => (places === null ? loss : { ...loss, there: places(loss.span) })),
    refused: inOrder(refused),
    proof: { readsBack, witnesses: 0, agree: 0 },
  });
  const format = options.format ?? target.container;
  const container = format === null ? null : (FORMATS.get(format) ?? null);
  if (format !== null && container?.write?.languages.includes(target.language ?? '') !== true)
    notes.refuse(rule.span, `${container?.label ?? format} holds no ${target.label}`);
  if (rule.meta.kind === 'filter') notes.refuse(rule.span, 'a filter, which fires on nothing of its own');
  const query = refused.length > 0 ? null : queryOf(rule, target, options, notes);
  if (query === null || refused.length > 0) return answer(null, false);
  const { printed, meaningIn, demands, point, rules, seconds } = query;
  if (!('text' in printed)) {
    for (const { span, why } of printed.refused) notes.refuse(span, why);
    return answer(null, false);
  }
  const unplaced = { start: rule.span.start, end: rule.span.start };
  if (container !== null && format !== target.container)
    notes.lose(
      rule.meta.places['logsource'] ?? rule.analysis.sources[0]?.span ?? unplaced,
      'metadata',
      `${container.label} asks for more than the original says, such as how often it runs: what stands there is a start`,
      'shown',
    );
  for (const { row, why } of container?.write?.left(rule.meta) ?? []) notes.lose(rule.meta.places[row] ?? unplaced, 'metadata', why, 'shown');
  const from = LANGUAGES.get(rule.analysis.language)?.label ?? rule.analysis.language;
  const text =
    container === null
      ? printed.text
      : container.write!.text({ id: idOf(rule, target, ''), meta: rule.meta, query: printed.text, language: target.language!, point, from, rules, seconds });
  if (options.readBack === false) return answer(text, null);
  const read = readBack(text, target, format ?? target.language);
  const isJoined = options.joined === true && target.language !== null;
  return answer(text, read?.meaning === meaningIn(), !isJoined || read === null || demands === null ? null : joinedPlaces(demands, read.predicate));
}

/** The rule in the target's words: as single events, or several together. Null: it cannot be said. */
function queryOf(rule: Rule, target: Target, options: ConversionOptions, notes: Notes): Query | null {
  const own = TARGETS.get(rule.analysis.language);
  const joint = jointOf(rule, options.rules ?? [], own?.counted ?? own?.several, showsSums(target));
  if (joint === null) {
    const predicate = filteredPredicate(rule, options.rules ?? []);
    const events = eventsIn({ ...rule, analysis: { ...rule.analysis, predicate } }, own, target, options, notes);
    if (events === null) return null;
    const { demands, printed } = target.write({ ...events, columns: options.columns });
    const lines = events.shapes.map((shape) => target.shape?.(shape) ?? null);
    const isShaped = 'text' in printed && !lines.includes(null);
    return {
      printed: isShaped ? { text: [printed.text, ...lines].join('\n| ') } : printed,
      meaningIn: () => meaningOf(demands) + shapesMeaning(events.shapes),
      demands,
      point: events.found,
      rules: [],
      seconds: null,
    };
  }
  if (!('parts' in joint)) {
    for (const { span, why } of joint) notes.refuse(span, why);
    return null;
  }
  const said = severalIn(rule, joint, own, target, options, notes);
  if (said === null) return null;
  const sources = new Set(said.parts.map(({ source }) => source));
  const printed = target.several!.write(said, sources.size === 1 ? [...sources][0]! : null, options.columns);
  const rules = printed.rules?.(rule.meta.title === '' ? 'Converted rule' : rule.meta.title, (name) => idOf(rule, target, ` ${name}`)) ?? [];
  return {
    printed,
    meaningIn: () => jointMeaning(printed.as ?? said),
    demands: null,
    point: said.parts[0]!.point,
    rules,
    seconds: said.seconds ?? secondsOf(timeWindowOf(rule)),
  };
}

const showsSums = ({ several }: Target): boolean => several?.showsSums === true;

/** What a written text means as its own reader has it, and the conditions it finds; null: it has an error, or is no rule. */
function readBack(text: string, target: Target, format: string | null): { readonly meaning: string; readonly predicate: Predicate } | null {
  const rules = target.language === null ? [target.read?.(text) ?? []].flat() : (FORMATS.get(format ?? '')?.open(text, { languages: LANGUAGES }).rules ?? []);
  const rule = rules.at(-1);
  if (rule === undefined || rules.some(({ analysis }) => analysis.diagnostics.some(({ severity }) => severity === 'error'))) return null;
  const joint = jointOf(rule, rules, target.several, showsSums(target));
  const { predicate } = rule.analysis;
  if (joint === null) return { meaning: meaningOf(predicate) + (target.shape === undefined ? '' : shapesMeaning(shapesOf(rule))), predicate };
  return 'parts' in joint ? { meaning: jointMeaning(joint), predicate } : null;
}

/** The same rule gets the same ID in the same target: a UUID of its name, version 5. */
function idOf({ meta, analysis }: Rule, target: Target, part: string): string {
  const hex = digestOf('sha1', `${meta.id} ${meta.title} ${meaningOf(analysis.predicate)} ${target.id}${part}`)!;
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** By place; what is said twice of one place once. */
function inOrder<Note extends Refusal & Partial<Loss>>(notes: readonly Note[]): readonly Note[] {
  const seen = new Set<string>();
  return notes
    .filter(({ span, kind, why }) => {
      const key = `${span.start} ${span.end} ${kind ?? ''} ${why}`;
      return seen.has(key) ? false : seen.add(key);
    })
    .toSorted(byPlace);
}
