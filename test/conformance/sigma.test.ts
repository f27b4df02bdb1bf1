import { describe, expect, it } from 'vitest';
import { openSigma } from '../../src/languages/sigma/documents';
import { decodePattern } from '../../src/languages/sigma/values';
import { readSigmaCases, type SigmaCase, textOfCase } from './sigma-cases';

const KNOWN: readonly { readonly reason: string; readonly is: (one: SigmaCase) => boolean }[] = [];

function verdicts(kind: SigmaCase['kind']): { readonly seen: number; readonly agreed: number; readonly unexplained: readonly string[] } {
  const seen = new Set<string>();
  let agreed = 0;
  const unexplained: string[] = [];
  for (const one of readSigmaCases()) {
    const text = one.kind === kind ? textOfCase(one) : null;
    if (text === null || seen.has(text)) continue;
    seen.add(text);
    const errors = openSigma(text).diagnostics.filter(({ severity }) => severity === 'error');
    if ((errors.length === 0) === one.valid) agreed++;
    else if (!KNOWN.some(({ is }) => is(one))) unexplained.push(`${one.valid ? 'valid' : 'invalid'} ${one.subkind}: ${JSON.stringify(one.input).slice(0, 1500)} | ${errors.map(({ message }) => message).join(' ')} | ${JSON.stringify(one.expectation).slice(0, 200)}`);
  }
  console.log(`${kind}: ${agreed} of ${seen.size} verdicts agree`);
  return { seen: seen.size, agreed, unexplained };
}

describe('verdicts of the reference implementation', () => {
  for (const kind of ['condition', 'rule', 'correlation', 'modifier'] as const) {
    it(kind, () => {
      const { seen, agreed, unexplained } = verdicts(kind);
      expect(unexplained).toEqual([]);
      expect(agreed / seen).toBeGreaterThanOrEqual(0.98);
    });
  }

  it('strings are decoded alike', () => {
    for (const { kind, subkind, input, expectation } of readSigmaCases()) {
      if (kind !== 'modifier' || subkind !== 'string') continue;
      const { text, wild } = decodePattern(input as string);
      const parts: (string | { readonly wild: string })[] = [];
      for (let at = 0; at < text.length; at++) {
        if (wild.includes(at)) parts.push({ wild: text[at]! });
        else if (typeof parts.at(-1) === 'string') parts[parts.length - 1] += text[at]!;
        else parts.push(text[at]!);
      }
      expect({ input, parts }).toEqual({ input, parts: (expectation as { readonly parts: unknown }).parts });
    }
  });
});
