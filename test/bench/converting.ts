import { convert } from '../../src/convert/convert';
import { TARGETS } from '../../src/convert/targets/list';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { parseYaml } from '../../src/syntax/yaml';
import { bestOf, count, type Figure, ms, spread, times, type Times, timesOf } from './measure';

/** What pySigma takes for a rule of SigmaHQ and one backend, on the average of 18,650, as it was measured once on a machine like that of docs/performance.md. */
const THEIRS = 7.4;
const ROUNDS = 3;

/** Rules of Sigma read and written in each language, and in one also read back. */
export function figuresOf(texts: readonly string[]): readonly Figure[] {
  const timed = (call: (text: string) => unknown): Times => timesOf(bestOf(texts, call, ROUNDS));
  const yaml = timed((text) => parseYaml(text));
  const open = (text: string) => FORMATS.get('sigma')!.open(text, { languages: LANGUAGES }).rules;
  const meanOf = ({ total }: Times): number => total / texts.length;
  const figure = (what: string, took: Times, goal: string): Figure => ({
    what: `${what}, ${count(texts.length)} rules`,
    value: `mean ${ms(meanOf(took))}, ${spread(took)}`,
    beside: `its YAML alone: mean ${ms(meanOf(yaml))}; pySigma: mean ${THEIRS} ms on another machine`,
    ratio: `${times(took.total / yaml.total)}; ${times(THEIRS / meanOf(took))} faster`,
    goal,
  });
  const targets = [...TARGETS.values()].filter(({ language }) => language !== 'sigma');
  const [first] = targets;
  return [
    figure('read', timed(open), ''),
    ...targets.map((target) =>
      figure(
        `read and written in ${target.label}`,
        timed((text) => open(text).map((rule) => convert(rule, target, { readBack: false }))),
        '20 times faster',
      ),
    ),
    figure(
      `the same in ${first!.label}, and read back`,
      timed((text) => open(text).map((rule) => convert(rule, first!))),
      '',
    ),
  ];
}
