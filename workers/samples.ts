import { expose } from 'comlink';
import { detectFormat } from '../src/formats/detect';
import { readMacrosConf } from '../src/formats/macros-conf';
import { openAt } from '../src/formats/open-at';
import { FORMATS } from '../src/formats/registry';
import { macroMap, MACROS } from '../src/knowledge/macros';
import { reportOf } from '../src/analysis/report';
import { LANGUAGES } from '../src/languages/registry';
import {
  SAMPLE_VERDICTS,
  type Context,
  type Event,
  type FailingPart,
  type Format,
  type Made,
  type MadeCases,
  type Report,
  type Rule,
  type SampleField,
  type SampleRow,
  type SampleTest,
  type SamplesApi,
  type SamplesJudged,
  type SamplesQuestion,
  type SamplesRead,
  type SampleVerdict,
  type Test,
} from '../src/model';
import type { Answer, Given, Table } from '../src/run/engine';
import { runRule } from '../src/run/dialect/engines';
import { mendsOf } from '../src/lint/mends';
import { edited } from '../src/syntax/edits';
import { piecesOf } from '../src/run/events/pieces';
import { readEvents } from '../src/run/events/read';
import { timeOfEvent } from '../src/run/event-time';
import { explainNodes, explainRule, failingOf } from '../src/run/explain-rule';
import { partNames } from '../src/run/failing';
import { readerOf } from '../src/run/fields';
import { eventsGiven } from '../src/run/given';
import { reasonLines } from '../src/run/reason';
import { countsByItself } from '../src/run/stage-counts';
import { timeStripOf } from '../src/run/time-strip';
import type { Verdict } from '../src/run/truth';
import type { Bag } from '../src/run/value';
import { judgedMends } from './judged-mends';
import { madeCases, madeEvents, madePartings } from './made-events';
import { cellOf, csvOfTable, MOST_ROWS, namesOf, tableOf } from './sample-tables';
import { outcomesOf, testsIn } from './sample-tests';
import { endWhenUnhandled } from './unhandled';
import { excerptAt } from '../src/syntax/written';

/** What one page holds; beyond it the command line is the place. */
const LIMIT_BYTES = 256 * 2 ** 20;
const LIMIT_EVENTS = 1_000_000;
/** Columns of the table, and problems, that are shown. */
const MOST_COLUMNS = 12;
const MOST_STAGE_COLUMNS = 6;
const MOST_PROBLEMS = 20;
/** Samples of which it is counted how many fail at one part only. */
const MOST_COUNTED = 20_000;

/** What reading listens to. */
let reading: { aborted: boolean } | null = null;
const NOTHING_READ: SamplesRead = { events: 0, format: '', problems: [] };
let events: readonly Event[] = [];
let readAs = NOTHING_READ;
/** Events that were made here, by their number. */
const labels = new Map<number, Made>();
interface Last {
  readonly question: SamplesQuestion;
  readonly report: Report;
  readonly given: Given;
  readonly judged: SamplesJudged;
  /** Where the rule fails for a sample; null: it is not judged by single events. Each is worked out once. */
  readonly failing: ((number: number) => readonly FailingPart[]) | null;
  /** Counts of a pipeline's stages, which running it gives. */
  readonly stages: Answer['stages'];
  /** What a pipeline ends in. */
  readonly table: Table | null;
}
let last: Last | null = null;
/** What was made of the rule that was compared last: another language asks for the same. */
let cases: { readonly about: string; readonly made: MadeCases } | null = null;

const VERDICT_OF: Readonly<Record<Verdict, SampleVerdict>> = { true: 'matches', false: 'does-not', unknown: 'cannot-tell' };

const api: SamplesApi = {
  async read(files, onRead) {
    last = null;
    const found: Event[] = [];
    const problems: string[] = [];
    const formats = new Set<string>();
    let left = LIMIT_BYTES;
    const signal = { aborted: false };
    reading = signal;
    for (const file of files) {
      if (signal.aborted) break;
      const { name } = file;
      const report = await readEvents(name, piecesOf(file, signal), {
        limitBytes: left,
        limitEvents: LIMIT_EVENTS - found.length,
        onEvents: (batch) => {
          for (const event of batch) found.push(event);
        },
        onProgress: () => onRead(found.length),
        signal,
      });
      left = Math.max(0, left - file.size);
      formats.add(report.format);
      const told = files.length > 1 ? `${name}: ` : '';
      problems.push(
        ...report.problems.slice(0, MOST_PROBLEMS).map(({ at, number, sentence }) => `${told}${at} ${number}: ${sentence}`),
        ...report.cuts.map((cut) => `${told}${cut}`),
      );
      if (report.problemCount > MOST_PROBLEMS) problems.push(`${told}and ${(report.problemCount - MOST_PROBLEMS).toLocaleString('en')} more like these`);
    }
    if (signal.aborted) problems.push('reading was cancelled; what was read by then stays');
    events = found;
    labels.clear();
    readAs = { events: events.length, format: [...formats].join(', '), problems };
    return readAs;
  },

  stop() {
    if (reading !== null) reading.aborted = true;
  },

  forget() {
    events = [];
    labels.clear();
    readAs = NOTHING_READ;
    last = null;
  },

  judge(question) {
    const rules = rulesOf(question);
    const rule = rules[question.index];
    if (rule === undefined) return null;
    const report = reportOf(rule);
    const given = eventsGiven(events, rules);
    const from = performance.now();
    const answer = runRule(rule, given);
    const judged = judgedOf(report, answer, performance.now() - from);
    const failing = judged.verdicts === null || answer.sequences !== undefined ? null : failingFor(rule, given, judged.verdicts);
    last = { question, report, given, judged, failing, stages: answer.stages, table: answer.table ?? null };
    return judged;
  },

  part(question, other) {
    const rules = rulesOf(question);
    const rule = rules[question.index];
    return rule === undefined ? null : madePartings({ rule, rules }, other);
  },

  partRules: madePartings,

  make(question) {
    const rules = rulesOf(question);
    const rule = rules[question.index];
    if (rule === undefined) return null;
    const made = madeEvents(rule, rules, Date.now());
    const all = events.filter((_, number) => !labels.has(number));
    labels.clear();
    last = null;
    if (made.withheld === undefined) {
      const put = (event: Event, label: Made): void => {
        labels.set(all.length, label);
        all.push(event);
      };
      for (const event of made.events) put(event, { kind: 'match' });
      // Events of a match of several would match together with those of its near misses.
      if (made.events.length === 1) for (const { condition, events: near } of made.misses) for (const event of near) put(event, { kind: 'near', condition });
    }
    events = all;
    return { made, read: { ...readAs, events: events.length } };
  },

  // What writes in other languages is fetched when it is first asked for.
  async compare(question, wish, tests) {
    const { comparisonOf } = await import('../src/convert/comparison');
    const rules = rulesOf(question);
    const rule = rules[question.index];
    if (rule === undefined) return null;
    const about = JSON.stringify(question);
    if (cases?.about !== about) cases = { about, made: madeCases(rule, rules) };
    return comparisonOf(rule, wish, rules, { tests, made: cases.made, samples: events.filter((_, number) => !labels.has(number)) });
  },

  judgeTests: (question, tests) => outcomesOf(rulesOf({ ...question, index: 0 }), tests),
  testsIn,

  rows(filter, tests, offset, limit) {
    if (last === null) return { total: 0, rows: [] };
    const { verdicts, columns } = last.judged;
    const { failing } = last;
    const find = filter.find.toLowerCase();
    const isShown = (number: number): boolean => {
      const { only } = filter;
      if (only === 'one-part' ? !failsOnce(number) : only !== null && verdicts !== null && SAMPLE_VERDICTS[verdicts[number]!] !== only) return false;
      return find === '' || JSON.stringify(events[number]).toLowerCase().includes(find);
    };
    const rows: SampleRow[] = [];
    let total = 0;
    const readers = columns.map(readerOf);
    const kept = new Map(tests.flatMap(({ id, events: [first, ...more] }) => (more.length > 0 ? [] : [[JSON.stringify(first), id] as const])));
    for (let number = 0; number < events.length; number++) {
      if (!isShown(number)) continue;
      if (total++ < offset || rows.length >= limit) continue;
      const event = events[number]! as Bag;
      const parts = failing?.(number) ?? [];
      const nanos = timeOfEvent(event);
      rows.push({
        number,
        ...madeAt(number),
        verdict: verdictAt(number),
        fails: parts.length === 0 ? null : { part: parts[0]!.name || excerptAt(last.question.text, parts[0]!.span), more: parts.length - 1 },
        at: nanos === null ? null : Number(nanos / 1_000_000n),
        test: kept.size === 0 ? null : (kept.get(JSON.stringify(event)) ?? null),
        cells: readers.map((read) => cellOf(read(event))),
      });
    }
    return { total, rows };
  },

  count() {
    if (last === null) return null;
    const { report, given, failing, stages } = last;
    const isCounted = failing !== null && events.length <= MOST_COUNTED;
    return {
      stages: (stages ?? countsByItself(report.rule, given)).map(({ span: { start, end }, before, after, left = null, undecided }) => ({
        span: { start, end },
        before,
        after,
        left,
        undecided,
      })),
      onePart: isCounted ? events.filter((_, number) => failsOnce(number)).length : null,
    };
  },

  open(number) {
    const event = events[number];
    if (last === null || event === undefined) return null;
    const { report, given, judged, failing } = last;
    const tests = explainRule(report.rule, event, given).map(({ start, end, verdict, seen, why }): SampleTest => ({
      span: { start, end },
      verdict: VERDICT_OF[verdict],
      seen: seen === null ? null : cellOf(seen as Parameters<typeof cellOf>[0]),
      why: why ?? null,
    }));
    const nodes = failing === null ? null : explainNodes(report.rule, event, given);
    const parts = failing?.(number) ?? [];
    return {
      number,
      ...madeAt(number),
      event,
      verdict: verdictAt(number),
      tests,
      fields: fieldsOf(report, judged, event as Bag),
      lines: nodes === null ? [] : reasonLines(nodes, partNames(report.rule).around, parts),
      failing: parts,
      alike: parts.length === 1 && events.length <= MOST_COUNTED ? alikeCount(number, parts[0]!) : null,
    };
  },

  mend(number, tests) {
    const event = events[number];
    const [part, ...more] = last?.failing?.(number) ?? [];
    if (last === null || event === undefined || part === undefined || more.length > 0) return [];
    const { question, report, given, judged } = last;
    const seen = new Map(explainRule(report.rule, event, given).map((test) => [`${test.start} ${test.end}`, test.seen]));
    const seenOf = ({ span }: Test): string | null => {
      const value = seen.get(`${span.start} ${span.end}`);
      return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
    };
    const { format, context } = readingOf(question);
    return judgedMends(
      mendsOf({ text: question.text, report, index: question.index, part, seenOf }, format, context),
      { number, events, verdicts: judged.verdicts!, tests },
      (edits) => {
        const rules = rulesOf({ ...question, text: edited(question.text, edits) });
        return { rules, rule: rules[question.index] };
      },
    );
  },

  stage(at) {
    const table = last === null ? null : tableAfter(last, at);
    if (last === null || table === null) return null;
    const names = namesOf(table);
    // Of more columns than there is room for, those that the rule asks of come first.
    const own = names.length > MOST_STAGE_COLUMNS ? last.judged.columns.filter((name) => names.includes(name)) : [];
    const columns = [...new Set([...own, ...names])].slice(0, MOST_STAGE_COLUMNS);
    return { ...tableOf(table, columns), more: names.length - columns.length, strip: timeStripOf(table.rows, MOST_ROWS) };
  },

  csv(at) {
    const table = last === null ? null : at === null ? last.table : tableAfter(last, at);
    return table === null ? null : csvOfTable(table);
  },
};

/** What leaves a stage of a pipeline is what the rule gives that ends with it. */
function tableAfter({ report: { rule }, given }: Last, at: number): Table | null {
  const stages = rule.analysis.stages.slice(0, at + 1);
  return runRule({ ...rule, analysis: { ...rule.analysis, stages } }, given).table ?? null;
}

const verdictAt = (number: number): SampleVerdict | null => {
  const verdicts = last?.judged.verdicts ?? null;
  return verdicts === null ? null : SAMPLE_VERDICTS[verdicts[number]!]!;
};

/** Where a rule fails for each sample that it does not match. */
function failingFor(rule: Rule, given: Given, verdicts: Uint8Array): Last['failing'] {
  const failing = failingOf(rule, given);
  if (failing === null) return null;
  const known = new Map<number, readonly FailingPart[]>();
  return (number) => {
    if (SAMPLE_VERDICTS[verdicts[number]!] === 'matches') return [];
    let parts = known.get(number);
    if (parts === undefined) known.set(number, (parts = failing(events[number]!)));
    return parts;
  };
}

const failsOnce = (number: number): boolean => last?.failing?.(number).length === 1;

/** Other samples that fail at this part and nowhere else. */
const alikeCount = (number: number, { span: { start, end } }: FailingPart): number =>
  events.filter((_, other) => {
    const [first, ...rest] = other === number ? [] : (last?.failing?.(other) ?? []);
    return rest.length === 0 && first?.span.start === start && first.span.end === end;
  }).length;

/** Fields that the rule reads, first ones first, as the event has them. */
function fieldsOf(report: Report, { joined }: SamplesJudged, event: Bag): readonly SampleField[] {
  const names = new Set(report.leaves.flatMap(({ field, derived }) => (field === null || derived ? [] : [field])));
  return [...names].map((name) => {
    const values = [name, ...joined.filter(({ rule }) => rule === name).map((join) => join.event)].map((own) => ({ own, value: readerOf(own)(event) }));
    const found = values.find(({ value }) => value !== undefined);
    return { name, own: found === undefined || found.own === name ? '' : found.own, value: found === undefined ? null : cellOf(found.value) };
  });
}

const madeAt = (number: number): { readonly made?: Made } => {
  const made = labels.get(number);
  return made === undefined ? {} : { made };
};

const readingOf = ({ text, format, path, macros }: SamplesQuestion): { readonly format: Format; readonly context: Context } => ({
  format: FORMATS.get(format) ?? detectFormat(text, path),
  context: { languages: LANGUAGES, macros: macroMap([...MACROS, ...readMacrosConf(macros).macros]) },
});

function rulesOf(question: SamplesQuestion): readonly Rule[] {
  const { format, context } = readingOf(question);
  return openAt(format, question.text, question.path, context).rules;
}

function judgedOf(report: Report, answer: Answer, ms: number): SamplesJudged {
  const { matches, undecided, table } = answer;
  const refused = answer.refused.map(({ span, why }) => ({ span: { start: span.start, end: span.end }, why }));
  // What is refused as a whole is not judged by events; a part that cannot be told leaves the others their verdict.
  const isByEvent = answer.verdict === 'events' || (answer.verdict === 'rows' && table === undefined);
  const verdicts = isByEvent ? new Uint8Array(events.length).fill(SAMPLE_VERDICTS.indexOf('does-not')) : null;
  if (verdicts !== null) {
    for (const number of undecided) verdicts[number] = SAMPLE_VERDICTS.indexOf('cannot-tell');
    for (const number of matches) verdicts[number] = SAMPLE_VERDICTS.indexOf('matches');
  }
  const joins = new Map(answer.joined.map(({ rule, event }) => [rule, event]));
  const fields = [...new Set(report.leaves.flatMap(({ field, derived }) => (field === null || derived ? [] : [joins.get(field) ?? field])))];
  return {
    verdicts,
    counts: {
      matches: matches.length,
      'cannot-tell': undecided.length,
      'does-not': verdicts === null ? 0 : events.length - matches.length - undecided.length,
    },
    columns: fields.slice(0, MOST_COLUMNS),
    joined: answer.joined.map(({ rule, event }) => ({ rule, event })),
    readings: answer.readings ?? [],
    sequences: answer.sequences?.slice(0, MOST_ROWS) ?? [],
    table: table === undefined ? null : tableOf(table, namesOf(table)),
    strip: timeStripOf(
      table?.rows ?? (answer.sequences ?? []).flatMap((slots) => slots.find((slot) => slot !== null) ?? []).map((at) => events[at] as Bag),
      MOST_ROWS,
    ),
    refused,
    ms,
  };
}

expose(api);
endWhenUnhandled();
