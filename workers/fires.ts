import { expose } from 'comlink';
import { eventRulesOf } from '../src/catalog/event-rules';
import { rowOf, type MetadataColumns } from '../src/catalog/store/metadata-columns';
import type { Event, EventFile, EventRule, FiredEvent, FiresAnswer, FiresApi, NotSingle, Taxonomy } from '../src/model';
import { piecesOf } from '../src/run/events/pieces';
import { readEvents } from '../src/run/events/read';
import { readerOf } from '../src/run/fields';
import { manyRules, type ManyRules } from '../src/run/many';
import { taxonomyOf } from '../src/run/names';
import { reasonOf } from '../src/run/reason';
import { newTally, type Tally } from '../src/run/tally';
import { TRUE } from '../src/run/truth';
import type { Bag } from '../src/run/value';
import { openedCatalog } from './opened-catalog';
import { keptFiles } from './own-catalog';
import { cellOf } from './sample-tables';
import { endWhenUnhandled } from './unhandled';

/** What one page reads; beyond it the command line is the place. */
const LIMIT_BYTES = 2 ** 30;
const LIMIT_EVENTS = 5_000_000;
/** Milliseconds between what is told, and how long judging goes on before others are heard. */
const TELL = 700;
const BREATH = 40;
const MOST_COLUMNS = 5;
const MOST_PROBLEMS = 20;

interface OpenRules {
  readonly list: MetadataColumns;
  readonly rules: readonly (EventRule | NotSingle)[];
  /** Ready for events in the names of a family; made when the first of them come. */
  readonly ready: Map<Taxonomy | null, ManyRules>;
}

interface Found {
  readonly tally: Tally;
  readonly formats: Set<string>;
  readonly problems: string[];
  events: number;
  judging: number;
}

let open: OpenRules | null = null;
let found = nothing();
let run: { aborted: boolean } | null = null;

function nothing(): Found {
  return { tally: newTally(), formats: new Set(), problems: [], events: 0, judging: 0 };
}

const api: FiresApi = {
  async open(address, use, onProgress) {
    const opened = await openedCatalog(address, use, use === 'bundled' ? null : await keptFiles(), onProgress);
    if ('failure' in opened) return opened.failure;
    const failure = await opened.session.failure;
    if (failure !== null) return failure;
    const { catalog, meanings } = (await opened.session.whole)!;
    open = { list: catalog.list, rules: eventRulesOf(catalog, await meanings()), ready: new Map() };
    return null;
  },

  async run(files, onProgress) {
    const mine = { aborted: false };
    run = mine;
    const total = files.reduce((sum, { size }) => sum + size, 0);
    let before = 0;
    let told = 0;
    for (const [at, file] of files.entries()) {
      if (mine.aborted) break;
      await judgeFile(file, mine, LIMIT_BYTES - before, (bytes) => {
        if (Date.now() - told < TELL) return;
        told = Date.now();
        onProgress({ file: file.name, at: at + 1, of: files.length, bytes: before + bytes, total, answer: answerNow(mine.aborted) });
      });
      before += file.size;
    }
    return answerNow(mine.aborted);
  },

  stop() {
    if (run !== null) run.aborted = true;
  },

  forget() {
    if (run !== null) run.aborted = true;
    found = nothing();
  },

  events(rule) {
    const { tally } = found;
    const counted = tally.rules.get(rule);
    const kept = (counted?.first ?? []).map((number) => ({ number, ...tally.kept.get(number)! }));
    const [one] = kept;
    const ready = one === undefined ? null : readyFor(one.names).ready[rule];
    const fields = ready === null || ready === undefined || one === undefined ? [] : columnsOf(reasonOf(ready, one.event), one.event);
    const readers = fields.map(readerOf);
    return {
      columns: fields,
      total: counted === undefined ? 0 : counted.hits + counted.undecided,
      events: kept.map(({ number, event, names, at }): FiredEvent => {
        const truth = readyFor(names).ready[rule]?.truth(event as Bag);
        return { number, at, verdict: truth === TRUE ? 'matches' : 'cannot-tell', cells: readers.map((read) => cellOf(read(event as Bag))) };
      }),
    };
  },

  hits: (rule) => (found.tally.rules.get(rule)?.first ?? []).map((number) => found.tally.kept.get(number)!.event),

  event(rule, number) {
    const kept = found.tally.kept.get(number);
    const ready = kept === undefined ? null : readyFor(kept.names).ready[rule];
    return kept === undefined || ready === null || ready === undefined ? null : { event: kept.event, lines: reasonOf(ready, kept.event) };
  },
};

/** Fields that a rule compares and the event has, first ones first. */
const columnsOf = (lines: ReturnType<typeof reasonOf>, event: Event): readonly string[] =>
  [...new Set(lines.flatMap(({ kind, field }) => (kind === 'test' && field !== '' && readerOf(field)(event as Bag) !== undefined ? [field] : [])))].slice(
    0,
    MOST_COLUMNS,
  );

/** `sample`: the first events in these names. */
function readyFor(names: Taxonomy | null, sample: readonly Event[] = []): ManyRules {
  const { ready, rules } = open!;
  let many = ready.get(names);
  if (many === undefined) {
    const single = rules.map((rule) => (typeof rule === 'string' ? null : rule));
    ready.set(names, (many = manyRules(single, { names, types: new Map(), now: BigInt(Date.now()) * 1_000_000n, ignoreLogsource: false }, sample)));
  }
  return many;
}

/** Reads a file a piece at a time: the next piece is taken when the events of the last are judged, so that no more is held than is judged. */
async function judgeFile(file: EventFile, signal: { readonly aborted: boolean }, limitBytes: number, onBytes: (bytes: number) => void): Promise<void> {
  const mine = found;
  const waiting: (readonly Event[])[] = [];
  let names: Taxonomy | null = null;
  const judgeWaiting = async (): Promise<void> => {
    for (let batch = waiting.shift(); batch !== undefined && !signal.aborted; batch = waiting.shift()) {
      names = taxonomyOf(batch as readonly Bag[]) ?? names;
      await judgeBatch(batch, names, mine, signal);
    }
  };
  async function* pieces(): AsyncIterable<Uint8Array> {
    let bytes = 0;
    for await (const piece of piecesOf(file, signal)) {
      yield piece;
      await judgeWaiting();
      onBytes((bytes += piece.length));
    }
  }
  const report = await readEvents(file.name, pieces(), {
    limitBytes: Math.max(0, limitBytes),
    limitEvents: LIMIT_EVENTS - mine.events,
    onEvents: (batch) => waiting.push(batch),
    signal,
  });
  await judgeWaiting();
  mine.formats.add(report.format);
  mine.problems.push(
    ...report.problems.slice(0, MOST_PROBLEMS).map(({ at, number, sentence }) => `${file.name}: ${at} ${number}: ${sentence}`),
    ...report.cuts.map((sentence) => `${file.name}: ${sentence}`),
  );
  const rest = report.problemCount - MOST_PROBLEMS;
  if (rest > 0) mine.problems.push(`${file.name}: and ${rest.toLocaleString('en')} more like these`);
}

async function judgeBatch(batch: readonly Event[], names: Taxonomy | null, into: Found, signal: { readonly aborted: boolean }): Promise<void> {
  const many = readyFor(names, batch);
  // Others are heard before the first event too: making the rules ready takes a while.
  await new Promise((resolve) => setTimeout(resolve));
  let since = performance.now();
  for (const event of batch) {
    if (signal.aborted) return;
    into.tally.add(into.events++, event, names, many.judge(event));
    if (performance.now() - since < BREATH) continue;
    into.judging += performance.now() - since;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  }
  into.judging += performance.now() - since;
}

function answerNow(isStopped: boolean): FiresAnswer {
  const { list, rules, ready } = open!;
  const { tally, events, formats, problems, judging } = found;
  const used = ready.size === 0 ? [readyFor(null)] : [...ready.values()];
  let [judged, several, nothingKept] = [0, 0, 0];
  rules.forEach((rule, number) => {
    if (rule === 'several') several++;
    else if (rule === 'nothing') nothingKept++;
    else if (used.some((many) => many.ready[number] !== null)) judged++;
  });
  return {
    events,
    formats: [...formats],
    rules: [...tally.rules].map(([rule, { hits, undecided }]) => ({ ...rowOf(list, rule), hits, undecided, strip: tally.strip(rule) })),
    didNot: judged - tally.rules.size,
    notJudged: { several, nothing: nothingKept, unnamed: rules.length - several - nothingKept - judged },
    range: tally.range(),
    problems,
    isStopped,
    judging: Math.round(judging),
  };
}

expose(api);
endWhenUnhandled();
