import { describe, expect, it } from 'vitest';
import { queriesOf } from '../../src/languages/kusto/parse/parser';

const split = (text: string): readonly string[] => queriesOf(text).map(({ start, end }) => text.slice(start, end).trim());

describe('the queries of one text', () => {
  it('are parted where one could end and another begins after an empty line', () => {
    expect(split('A | count\n\nB\n| where x == 1\n\n\nlet c = 1;\nC | take c')).toEqual(['A | count', 'B\n| where x == 1', 'let c = 1;\nC | take c']);
  });
  it('keep the comments directly above them', () => {
    expect(split('A | count\n\n// About B,\n// in two lines\nB | count')).toEqual(['A | count', '// About B,\n// in two lines\nB | count']);
  });
  it('hold empty lines of their own', () => {
    const one = 'let a = 1;\n\nlet b = 2;\n\nA\n\n| where x == 1\n\n  and y == 2\n\n| summarize count()\n\n    by z,\n\n    w\n\n';
    expect(split(one)).toEqual([one.trim()]);
    expect(queriesOf('')).toEqual([{ start: 0, end: 0 }]);
  });
  it('are one where only a pipe is missing, two where the next begins with a table', () => {
    expect(split('A\n\nwhere x == 1')).toHaveLength(1);
    expect(split('A | where (x == 1\n\nB | count')).toHaveLength(2);
  });
  it('cover the text without gaps', () => {
    const text = '\n// a\nA | count\n\n  \nB | count\n\n// c\nC\n';
    const spans = queriesOf(text);
    expect(spans[0]!.start).toBe(0);
    expect(spans.at(-1)!.end).toBe(text.length);
    for (let index = 1; index < spans.length; index++) expect(spans[index]!.start).toBe(spans[index - 1]!.end);
  });
});
