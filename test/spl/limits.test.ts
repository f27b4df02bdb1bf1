import { expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';

const context = { languages: LANGUAGES };

it('searches appended to one another by the thousand are read, and what is not known of them is said', () => {
  for (const unit of ['| append [search a=b]\n', '| append [search a=b]\n| search c=d\n']) {
    const [rule] = FORMATS.get('spl')!.open(`index=x\n${unit.repeat(12_000)}`, context).rules;
    expect(() => reportOf(rule!)).not.toThrow();
    expect(JSON.stringify(rule!.analysis.predicate)).toContain('many appended searches');
  }
});
