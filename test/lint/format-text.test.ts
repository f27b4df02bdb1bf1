import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { formatText } from '../../src/lint/format-text';
import { inputsOf } from '../support/cases';
import { expectLinear } from '../support/linear';

const context = { languages: LANGUAGES };
const laid = (id: string, text: string): string => {
  const done = formatText(text, FORMATS.get(id)!, context);
  return 'refused' in done ? `refused: ${done.refused}` : done.text;
};

/** A text without its blanks; to Kusto a space without width is one too. */
const words = (text: string): string => text.replace(/[\s\u200b]+/g, '').toLowerCase();

for (const language of LANGUAGES.values())
  describe(`the usual form of ${language.id}`, () => {
    const inputs = inputsOf(language.id).filter((_, index) => index % 4 === 0);

    it('is reached in one step, of every case and of damaged ones, and loses no word', { timeout: 60_000 }, () => {
      for (const input of inputs)
        for (const text of [input, input.slice(0, input.length >> 1), input.slice(input.length >> 2)]) {
          const once = laid(language.id, text);
          if (once.startsWith('refused')) continue;
          expect(laid(language.id, once)).toBe(once);
          expect(words(once)).toBe(words(text));
          if (text.includes('\n') && !text.includes('\r')) expect(laid(language.id, text.replaceAll('\n', '\r\n'))).toBe(once.replaceAll('\n', '\r\n'));
        }
    });

    it('takes no more than a moment for any long text, nor makes it much longer', { timeout: 60_000, retry: 2 }, () => {
      for (const unit of ['(', '|', '// a\n', '# a\n', '[ a | b ]', '[ a | ', 'a | b\n', '- a: 1\n', ' a  ']) {
        const of = (length: number): string => unit.repeat(length / unit.length);
        expectLinear(JSON.stringify(unit), (length) => language.format?.(of(length), []), 10_000);
        expect(language.format?.(of(10_000), [])?.length ?? 0, unit).toBeLessThan(60 * 10_000);
      }
    });
  });

describe('YAML whose aliases go in a circle, or stand for far more than is written', () => {
  it.each(['    s: &s\n       a: b\n       c: *s\n', `    a: &a [${'x, '.repeat(50)}]\n    b: &b [${'*a, '.repeat(50)}]\n    s: [${'*b, '.repeat(50)}]\n`])(
    'stays as it is: %s',
    (selection) => {
      expect(laid('sigma', `title: T\nlogsource: {category: x}\ndetection:\n${selection}    condition: s\n`)).toMatch(/^refused: /);
    },
  );
});

describe('a container', () => {
  const SEARCH = 'index=a|stats count by b';

  it('has its query laid out and nothing else changed', () => {
    expect(laid('splunk', `name: A   # of mine\nsearch: '${SEARCH}'\ntype:   TTP\n`)).toBe(
      'name: A   # of mine\nsearch: |-\n  index=a\n  | stats count by b\ntype:   TTP\n',
    );
    expect(laid('splunk', `name: A\nsearch: >-\n    ${SEARCH}\ntype: TTP\n`)).toBe('name: A\nsearch: |-\n    index=a\n    | stats count by b\ntype: TTP\n');
    expect(laid('sentinel', 'name: A\r\nquery: |\r\n  T|take 1\r\nseverity: Low\r\n')).toBe('name: A\r\nquery: |\r\n  T\r\n  | take 1\r\nseverity: Low\r\n');
    expect(laid('markdown', '# A\n```kql\nT|take 1\n```\n')).toBe('# A\n```kql\nT\n| take 1\n```\n');
    expect(laid('savedsearches', `[A]\nsearch = ${SEARCH}\n`)).toBe('[A]\nsearch = index=a\\\n| stats count by b\n');
    expect(laid('elastic', '[rule]\nname = "A"\ntype = "esql"\nlanguage = "esql"\nquery = "from a|limit 1"\n')).toBe(
      `[rule]\nname = "A"\ntype = "esql"\nlanguage = "esql"\nquery = '''\nfrom a\n| limit 1\n'''\n`,
    );
    expect(laid('elastic', '{"rule_id":"1","name":"A","type":"esql","language":"esql","risk_score":1,"query":"from a|where b == \\"c\\""}\n')).toBe(
      '{"rule_id":"1","name":"A","type":"esql","language":"esql","risk_score":1,"query":"from a\\n| where b == \\"c\\""}\n',
    );
  });

  it('keeps a block as far in as its fence', () => {
    expect(laid('markdown', '- A\n\n  ```kql\n  T|take 1 // a\n  ```\n')).toBe('- A\n\n  ```kql\n  T\n  | take 1 // a\n  ```\n');
    expect(laid('markdown', '> ```kql\n> T|take 1\n> ```\n')).toContain('refused');
  });

  it.each([
    ['spl', 'index=a "b|stats count'],
    ['kusto', 'T|where (a == 1|take 1'],
    ['eql', 'process where (a == 1   or b == 2'],
    ['esql', 'from a|where b =='],
    ['kuery', 'a:(b   or'],
    ['splunk', "name: A\nsearch: 'index=a (b|stats count'\n"],
  ])('stays as it is where its query has an error: %s', (id, text) => {
    expect(laid(id, text)).toMatch(/^refused: .* mend what Problems says/);
  });

  it('stays as it is where its quotes cannot hold what would be written', () => {
    expect(laid('splunk', `name: A\nsearch: '${SEARCH}' # of mine\n`)).toContain('refused');
  });
});
