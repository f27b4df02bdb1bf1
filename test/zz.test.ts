import { it } from 'vitest';
import { kustoQueries } from './conformance/kusto-corpus';
import { inputsOf } from './support/cases';
import { uncovered, brokenLaws } from './support/laws';
import { kusto } from '../src/languages/kusto';
import { LANGUAGES } from '../src/languages/registry';
it("x", { timeout: 100000 }, () => {
  const context={languages: LANGUAGES};
  let n=0, bad=0; const shown: string[]=[];
  for (const text of [...inputsOf('kusto'), ...kustoQueries().map((q) => q.text)]) {
    n++;
    const missed = uncovered(text, kusto.analyse(text, context));
    if (missed.length>0) { bad++; const at = Number(/(\d+)$/.exec(missed[0]!)![1]); if (shown.length<70) shown.push(missed.length+' '+missed[0] + ' ⟨' + text.slice(Math.max(0,at-60),at+40).replace(/\s+/g,' ')+'⟩'); }
  }
  console.log(n, bad, '\n'+shown.join('\n'));
});
