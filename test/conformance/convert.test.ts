import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { convert } from '../../src/convert/convert';
import { meaningOf } from '../../src/convert/meaning';
import type { Target } from '../../src/convert/manner';
import { TARGETS } from '../../src/convert/targets/list';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Conversion, Event, Rule } from '../../src/model';
import type { Given } from '../../src/run/engine';
import { runRule } from '../../src/run/dialect/engines';
import { loadMicrosoft, syntaxErrors } from '../kusto/microsoft';
import { SHARED } from './sigma-cases';

const CORPUS = join(SHARED, 'corpus', 'sigma');
const JUDGED = join(SHARED, 'expected', 'run', 'sigma');
const PEER = join(SHARED, 'expected', 'convert');
const CONTEXT = { languages: LANGUAGES };
const SIX = ['spl', 'kusto', 'eql', 'esql', 'lucene', 'kuery'].map((id) => TARGETS.get(id)!);

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'regression_data' ? [] : filesBelow(path);
    return name.endsWith('.yml') ? [path] : [];
  });
const linesOf = <T>(path: string): readonly T[] =>
  gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
const openAs = (format: string, text: string): Rule | undefined => FORMATS.get(format)!.open(text, CONTEXT).rules[0];

/** What cannot be said, without the names in it. */
const kindOf = (why: string): string => why.replace(/`[^`]*`/g, '`…`').replace(/%\w+%/g, '%…%');

function counted(texts: Iterable<string>): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([text, count]) => `    ${count} ${text}`)
    .join('\n');
}

describe.skipIf(!existsSync(CORPUS))('Sigma rules in other languages', () => {
  let rules: readonly { readonly path: string; readonly rule: Rule }[] = [];
  const conversions = new Map<Target, readonly Conversion[]>();
  beforeAll(() => {
    rules = filesBelow(CORPUS).flatMap((path) =>
      FORMATS.get('sigma')!
        .open(readFileSync(path, 'utf8'), CONTEXT)
        .rules.map((rule) => ({ path, rule })),
    );
    for (const target of SIX)
      conversions.set(
        target,
        rules.map(({ rule }) => convert(rule, target)),
      );
  }, 300_000);

  it('reads back by our own parsers as what it was made of, or is refused with the reason', () => {
    for (const [target, all] of conversions) {
      const written = all.filter(({ text }) => text !== null);
      const wrong = written.filter(({ proof }) => !proof.readsBack);
      const refused = all.flatMap(({ refused: why }) => [...new Set(why.map((one) => kindOf(one.why)))]);
      const lost = all.flatMap(({ lost: losses }) => [...new Set(losses.map(({ kind, effect }) => `${kind}, ${effect}`))]);
      console.log(
        `${target.id}: ${written.length} of ${all.length} converted, ${wrong.length} invalid, ${written.filter((one) => one.lost.length === 0).length} without a loss\n  refused\n${counted(refused)}\n  lost\n${counted(lost)}`,
      );
      expect(wrong.map(({ text }) => text)).toEqual([]);
      expect(written.length / all.length).toBeGreaterThan(0.94);
    }
  });

  it('is accepted by Microsoft’s parser', () => {
    const microsoft = loadMicrosoft();
    const wrong = conversions
      .get(TARGETS.get('kusto')!)!
      .flatMap(({ text }, at) => (text === null || at % 3 > 0 ? [] : [text]))
      .filter((text) => syntaxErrors(microsoft.parse(text)).length > 0);
    console.log(`Kusto by Microsoft's parser, one in three: ${wrong.length} refused`);
    expect(wrong).toEqual([]);
  });

  it('is accepted by Kibana’s grammar', async () => {
    const kibana = '@cybernetex/kbn-es-query';
    const { fromKueryExpression } = (await import(/* @vite-ignore */ kibana)) as { fromKueryExpression(text: string): unknown };
    const wrong = conversions
      .get(TARGETS.get('kuery')!)!
      // The grammar at hand is of the time before nested fields: braces were no signs then, and no sign was written by its number.
      .flatMap(({ text }, at) => (at % 4 > 0 || text === null || /\\[{}u]/.test(text) ? [] : [text]))
      .filter((text) => {
        try {
          fromKueryExpression(text);
          return false;
        } catch {
          return true;
        }
      });
    console.log(`kuery by Kibana's grammar, one in four: ${wrong.length} refused`);
    expect(wrong).toEqual([]);
  });

  it('says what another converter says, or more exactly', () => {
    const byPath = new Map(rules.map(({ path, rule }) => [path.slice(CORPUS.length + 1), rule]));
    for (const target of SIX.filter(({ id }) => id !== 'kuery')) {
      const theirs = linesOf<{ readonly path: string; readonly queries: readonly string[] | null }>(join(PEER, `${target.id}.ndjson.gz`)).filter(
        (_, at) => at % 6 === 0,
      );
      const counts = { same: 0, other: 0, theirsBroken: 0, refused: 0 };
      for (const { path, queries } of theirs) {
        const rule = byPath.get(path);
        const [query] = queries ?? [];
        if (rule === undefined || query === undefined) continue;
        const { text } = convert(rule, target, { names: 'sigma' });
        if (text === null) {
          counts.refused++;
          continue;
        }
        // Their Kusto is a condition without its table.
        const read = openAs(target.id, target.id === 'kusto' ? `union *\n| where ${query}` : query)?.analysis;
        if (read === undefined || read.diagnostics.some(({ severity }) => severity === 'error')) counts.theirsBroken++;
        else counts[meaningOf(read.predicate) === meaningOf(openAs(target.id, text)!.analysis.predicate) ? 'same' : 'other']++;
      }
      console.log(`${target.id} beside another converter's texts, one in six: ${JSON.stringify(counts)}`);
    }
  });
});

interface Hits {
  readonly path: string;
  readonly hits?: Readonly<Record<string, readonly number[]>>;
}

const givenOf = (events: readonly Event[]): Given => ({
  events,
  tables: new Map(),
  policies: new Map(),
  types: new Map(),
  names: null,
  ignoreLogsource: true,
  now: 0n,
  rules: [],
});

describe.skipIf(!existsSync(JUDGED))('converted rules on events', () => {
  it('gives the verdicts of the original, or the list of losses says why not', () => {
    const all: Event[] = [];
    const starts = new Map<string, number>();
    for (const file of readdirSync(join(JUDGED, 'events')).sort()) {
      starts.set(file.replace('.ndjson.gz', ''), all.length);
      for (const event of linesOf<Event>(join(JUDGED, 'events', file)))
        all.push(Object.fromEntries(Object.entries(event).filter(([key]) => !key.startsWith('_'))));
    }
    const hits = linesOf<Hits>(join(JUDGED, 'hits.ndjson.gz'));
    const cases = hits.map(({ path, hits: own }, at) => {
      const rule = openAs('sigma', readFileSync(join(CORPUS, path), 'utf8'))!;
      // Each rule sees some of the events it fires on, and others from everywhere.
      const chosen = new Set(Object.entries(own ?? {}).flatMap(([name, lines]) => lines.slice(0, 4).map((line) => starts.get(name)! + line - 1)));
      for (let step = 0; step < 15; step++) chosen.add((step * 797 + at * 31) % all.length);
      const events = [...chosen].map((index) => all[index]!);
      return { path, rule, events, answer: runRule(rule, givenOf(events)) };
    });
    for (const target of SIX) {
      const counts = { rules: 0, same: 0, said: 0, unsaid: 0, refusedToJudge: 0 };
      const notes: string[] = [];
      for (const { path, rule, events, answer } of cases) {
        const { text, lost } = convert(rule, target, { names: 'sigma' });
        if (text === null || answer.verdict === 'refused') continue;
        counts.rules++;
        const other = runRule(openAs(target.id, text)!, givenOf(events));
        const effects = new Set(lost.map(({ effect }) => effect));
        if (other.verdict === 'refused') {
          // Values of another type than the rule's are not compared: the list says so.
          if (lost.some(({ kind }) => kind === 'type')) counts.refusedToJudge++;
          else notes.push(`${path}: ${other.refused[0]?.why}`);
          continue;
        }
        const untold = new Set([...answer.undecided, ...other.undecided]);
        const [wanted, got] = [new Set(answer.matches), new Set(other.matches)];
        const isMissed = [...wanted].some((one) => !got.has(one) && !untold.has(one));
        const isExtra = [...got].some((one) => !wanted.has(one) && !untold.has(one));
        const isSaid = (!isMissed || effects.has('stricter') || effects.has('either')) && (!isExtra || effects.has('looser') || effects.has('either'));
        if (!isMissed && !isExtra) counts.same++;
        else if (isSaid) counts.said++;
        else {
          counts.unsaid++;
          notes.push(`${path}: ${isMissed ? 'misses' : 'finds more'}\n${text}`);
        }
      }
      console.log(`${target.id} on events: ${JSON.stringify(counts)}`);
      expect(notes).toEqual([]);
    }
  }, 300_000);
});
