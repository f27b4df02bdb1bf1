import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convert } from '../../src/convert/convert';
import type { Target } from '../../src/convert/manner';
import { TARGETS } from '../../src/convert/targets/list';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Event, LossEffect, Rule } from '../../src/model';
import { runRule } from '../../src/run/dialect/engines';
import { readCases, writeCases } from '../support/cases';

const FILE = join(import.meta.dirname, 'verdicts.txt');
const JUDGED = ['sigma', 'spl', 'kusto', 'kuery', 'lucene', 'eql', 'esql'].map((id) => TARGETS.get(id)!);

/** Events that come together, and whether the original must fire on them. */
interface Given {
  readonly fires: boolean;
  readonly events: readonly Event[];
}

/** `+` or `-` and an event, or a list of events: `t` is its time in seconds, under the name that each language has for it. */
function givenIn(line: string): Given {
  const read = [JSON.parse(line.slice(1)) as Event | readonly Event[]].flat() as readonly Event[];
  const events = read.map(({ t, ...rest }): Event => {
    if (typeof t !== 'number') return rest;
    const at = Date.UTC(2026, 0, 1, 12) + t * 1000;
    const time = new Date(at).toISOString();
    return { '@timestamp': time, _time: at / 1000, TimeGenerated: time, timestamp: time, ...rest };
  });
  return { fires: line.startsWith('+'), events };
}

const open = (format: string, text: string): readonly Rule[] => FORMATS.get(format)!.open(text, { languages: LANGUAGES }).rules;
const judgedIn = (rules: readonly Rule[]): Rule => rules.findLast(({ meta }) => meta.kind !== 'filter')!;

/** Whether a rule fires; a text: why that cannot be told. */
function firesOn(rules: readonly Rule[], events: readonly Event[]): boolean | string {
  const types = new Map([
    ['TimeGenerated', 'datetime'],
    ['@timestamp', 'date'],
    ['timestamp', 'date'],
  ]);
  const given = { events, tables: new Map(), policies: new Map(), types, names: null, ignoreLogsource: true, now: 0n, rules };
  const { verdict, matches, undecided, table, refused } = runRule(judgedIn(rules), given);
  if (verdict === 'refused') return refused[0]!.why;
  return (table?.rows.length ?? matches.length) > 0 || (undecided.length > 0 ? 'not decided' : false);
}

/** How a target's text fares beside the original; `unsaid`: no loss tells it. */
function fared(rules: readonly Rule[], target: Target, all: readonly Given[]): string {
  const rule = judgedIn(rules);
  const { text, lost, refused, proof } = convert(rule, target, { rules, names: rule.taxonomy, ...(target.id === 'sigma' ? { source: '/small/' } : null) });
  if (text === null) return `refused: ${[...new Set(refused.map(({ why }) => why))].join('; ')}`;
  if (proof.readsBack !== true) return `unsaid: does not read back\n${text}`;
  const others = open(target.id, text);
  const told = all.map(({ events }) => firesOn(others, events));
  const untold = told.find((one) => typeof one === 'string');
  const missed = all.flatMap(({ fires }, at) => (fires && told[at] === false ? [at] : []));
  const extra = all.flatMap(({ fires }, at) => (!fires && told[at] === true ? [at] : []));
  const hasMany = all.some(({ events }) => events.some((event) => Object.values(event).some(Array.isArray)));
  // All events are in one place, and most have one value in a field.
  const losses = lost.filter(({ kind }) => kind !== 'source' && (kind !== 'several' || hasMany));
  const isSaid = (at: readonly number[], effect: LossEffect): boolean =>
    at.length === 0 || losses.some((loss) => loss.effect === effect || loss.effect === 'either');
  const kinds = [...new Set(losses.filter(({ effect }) => effect !== 'shown').map(({ kind, effect }) => `${kind}, ${effect}`))];
  return [
    [
      ...(isSaid(missed, 'stricter') && isSaid(extra, 'looser') ? [] : ['unsaid']),
      ...(missed.length === 0 ? [] : [`misses ${missed.join(' ')}`]),
      ...(extra.length === 0 ? [] : [`finds more ${extra.join(' ')}`]),
      ...(missed.length + extra.length > 0 || untold !== undefined ? [] : ['the same']),
      ...(untold === undefined ? [] : [`cannot be told: ${untold}`]),
    ].join(', ') + (kinds.length === 0 ? '' : ` (${kinds.join('; ')})`),
    ...(isSaid(missed, 'stricter') && isSaid(extra, 'looser') ? [] : [text]),
  ].join('\n');
}

/** The original's format, its events, the document. */
function answer(input: string): string {
  const [format = '', ...lines] = input.split('\n');
  const end = lines.findIndex((line) => !/^[+-] ?[[{]/.test(line));
  const all = lines.slice(0, end).map(givenIn);
  const rules = open(format, lines.slice(end).join('\n'));
  const other = all.flatMap(({ fires, events }, at) => (firesOn(rules, events) === fires ? [] : [`${at} ${firesOn(rules, events)}`]));
  if (other.length > 0) return `unsaid: the original says otherwise of ${other.join(', ')}`;
  const own = judgedIn(rules).analysis.language;
  return JUDGED.filter(({ language }) => language !== own || own === 'sigma')
    .map((target) => `${target.id}: ${fared(rules, target, all)}`)
    .join('\n');
}

describe('what is converted, on events made by hand: the verdicts of the original, or a loss that says which way they differ', () => {
  const cases = readCases(FILE);
  if (process.env['UPDATE'] === '1') {
    it('is rewritten', () => writeCases(FILE, cases.map((one) => ({ ...one, expected: answer(one.input) })))); // prettier-ignore
    return;
  }
  for (const { name, input, expected } of cases)
    it(name, () => {
      const found = answer(input);
      expect(found).not.toContain('unsaid');
      expect(found).toBe(expected);
    });
});
