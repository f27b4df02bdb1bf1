import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyseText, contextWith } from '../../src/cli/documents';
import { macroMap, MACROS } from '../../src/knowledge/macros';
import type { Diagnostic } from '../../src/model';

const CASES = join(import.meta.dirname, '../../../shared/cases/unseen/typed-mistakes.ndjson');

/** Files whose slip we judge to be none, each with the reason. */
const NO_SLIP: Readonly<Record<string, string>> = {
  'sigma-backslash.yml': 'two backslashes stand for one, as the specification has it: the value is the one that is meant',
  'sigma-cond1of.yml': '`any of` is `1 of` in pySigma’s grammar',
  'sigma-modorder.yml': '`all` links the values wherever it stands in the chain: pySigma reads both orders alike',
  'spl-backslash.spl': 'two backslashes stand for one in a quoted text of SPL: the value is the one that is meant',
};

interface Typed {
  readonly id: string;
  readonly text: string;
}

describe.skipIf(!existsSync(CASES))('everyday slips that no one here had seen', () => {
  const typed = existsSync(CASES)
    ? readFileSync(CASES, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Typed)
    : [];
  const context = contextWith(macroMap(MACROS));
  const told = ({ id, text }: Typed): readonly Diagnostic[] => {
    const { rules, loose } = analyseText(text, id, null, context);
    return [...rules.flatMap(({ diagnostics }) => diagnostics), ...loose].filter(({ severity }) => severity !== 'info');
  };

  it('draw an error or a warning each; what is right draws none', () => {
    const slips = typed.filter(({ id }) => !/-ok\./.test(id) && !(id in NO_SLIP));
    const silent = slips.filter((one) => told(one).length === 0).map(({ id }) => id);
    const wrongly = typed.filter((one) => /-ok\./.test(one.id)).flatMap((one) => told(one).map(({ code, message }) => `${one.id}: ${code} ${message}`));
    console.log(`${slips.length - silent.length} of ${slips.length} slips told, ${Object.keys(NO_SLIP).length} held to be none`);
    expect({ silent, wrongly }).toEqual({ silent: [], wrongly: [] });
  });
});
