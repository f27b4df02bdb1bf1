import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { duckdbPath } from '../../src/cli/duckdb';
import { openOver, type OverQuery } from '../../src/cli/over';
import { convert } from '../../src/convert/convert';
import { duckdbTarget } from '../../src/convert/targets/sql';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Conversion, Event, Rule } from '../../src/model';
import type { Given } from '../../src/run/engine';
import { runRule } from '../../src/run/dialect/engines';
import { eventsGiven } from '../../src/run/given';
import { SHARED } from './sigma-cases';

const JUDGED = join(SHARED, 'expected', 'run', 'sigma');
const PATH = duckdbPath();

const linesOf = (path: string): readonly string[] =>
  gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');

/** What begins with `_` is about the event and not of it. */
const eventOf = (line: string): Event => Object.fromEntries(Object.entries(JSON.parse(line) as Event).filter(([key]) => !key.startsWith('_')));

interface Case {
  readonly path: string;
  readonly rule: Rule;
  readonly conversion: Conversion;
  readonly query: OverQuery;
}

const counts = { rules: 0, refusedToSay: 0, refusedByDuckDB: 0, refusedByJudge: 0, same: 0, said: 0, pairs: 0, hits: 0, undecided: 0 };

describe.skipIf(!existsSync(JUDGED) || PATH === null)(
  `SQL run by DuckDB${PATH === null ? ', which is not installed: name its folder in NODE_PATH' : ''}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'rulewright-over-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('gives the verdicts of the judge for every Sigma rule that is converted', async () => {
      const lines = readdirSync(join(JUDGED, 'events')).flatMap((file) => linesOf(join(JUDGED, 'events', file)));
      const events = lines.map(eventOf);
      const file = join(folder, 'events.ndjson');
      writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      const over = await openOver(file);
      const reasons = new Map<string, number>();
      const cases = linesOf(join(JUDGED, 'hits.ndjson.gz')).flatMap((line): readonly Case[] => {
        const { path } = JSON.parse(line) as { readonly path: string };
        const [rule] = FORMATS.get('sigma')!.open(readFileSync(join(SHARED, 'corpus', 'sigma', path), 'utf8'), { languages: LANGUAGES }).rules;
        const fields = new Set<string>();
        const conversion = convert(rule!, duckdbTarget, {
          columns: (name) => {
            fields.add(name);
            return over.columns(name);
          },
        });
        counts.rules++;
        for (const why of new Set(conversion.refused.map((one) => one.why.replace(/`[^`]*`/g, '`…`')))) reasons.set(why, (reasons.get(why) ?? 0) + 1);
        if (conversion.text === null) counts.refusedToSay++;
        return conversion.text === null ? [] : [{ path, rule: rule!, conversion, query: { text: conversion.text, fields } }];
      });
      const given: Given = { ...eventsGiven([], []), events, ignoreLogsource: true };
      const wrong: string[] = [];
      let at = 0;
      for await (const answer of over.answers(cases.map(({ query }) => query))) {
        const { path, rule, conversion } = cases[at++]!;
        const own = runRule(rule, given);
        if ('why' in answer) {
          counts.refusedByDuckDB++;
          wrong.push(`${path}: ${answer.why}`);
          continue;
        }
        if (own.verdict === 'refused') {
          counts.refusedByJudge++;
          continue;
        }
        const untold = new Set([...answer.undecided, ...own.undecided]);
        const [wanted, got] = [new Set(own.matches), new Set(answer.matches)];
        const missed = own.matches.filter((one) => !got.has(one) && !untold.has(one));
        const extra = answer.matches.filter((one) => !wanted.has(one) && !untold.has(one));
        const effects = new Set(conversion.lost.filter(({ kind }) => kind !== 'source').map(({ effect }) => effect));
        const isSaid =
          (missed.length === 0 || effects.has('stricter') || effects.has('either')) && (extra.length === 0 || effects.has('looser') || effects.has('either'));
        counts.pairs += events.length - untold.size;
        counts.undecided += untold.size;
        counts.hits += answer.matches.length;
        if (missed.length + extra.length === 0) counts.same++;
        else if (isSaid) counts.said++;
        else
          wrong.push(
            `${path}: misses ${missed.length} (${missed.slice(0, 3).join(' ')}), finds ${extra.length} more (${extra.slice(0, 3).join(' ')})\n${conversion.text}`,
          );
      }
      console.log(`SQL by DuckDB beside the judge: ${JSON.stringify(counts)}, ${events.length} events; refused: ${JSON.stringify([...reasons])}`);
      expect(wrong).toEqual([]);
    }, 1_800_000);
  },
);
