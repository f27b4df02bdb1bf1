import { describe, expect, it } from 'vitest';
import type { CorpusChange } from '../../src/model';
import { byDrafts, newsSince } from '../../src/state/corpus-news';

const build = (id: string, date: string, added: readonly string[], changed = 0): CorpusChange => ({
  id,
  date,
  rules: 10,
  sources: [{ source: 'sigma', added: added.length, changed, gone: 0 }],
  techniques: added.map((title) => [`T1${title.length}00`, 1, 2 + changed]),
  added: added.map((title) => ({ source: 'sigma', key: title, title, vendor: 'sigma', techniques: [] })),
  changed: [],
  gone: [],
});

describe('what is new in the corpus', () => {
  const builds = [build('c', '2026-11-03', ['five'], 2), build('b', '2026-10-02', ['three', 'four']), build('a', '2026-09-01', ['one'])];

  it('is every build since the one the reader saw, newest first', () => {
    const news = newsSince(builds, 'a')!;
    expect(news.added.map(({ title }) => title)).toEqual(['five', 'three', 'four']);
    expect(news).toMatchObject({ id: 'c', since: '2026-10-02', counts: { added: 3, changed: 2 } });
  });

  it('tells which techniques gained since then, over all builds', () => {
    const [first, ...older] = builds;
    const later = { ...first!, techniques: [['T1400', 4, 9]] as const };
    const before = { ...older[0]!, techniques: [['T1400', 3, 4], ['T1500', 0, 2]] as const }; // prettier-ignore
    expect(newsSince([later, before, older[1]!], 'a')!.techniques).toEqual([
      { id: 'T1400', before: 3, after: 9 },
      { id: 'T1500', before: 0, after: 2 },
    ]);
  });

  it('comes first where a draft is of its technique', () => {
    const rule = (title: string, ...techniques: string[]) => ({ source: 'sigma', key: title, title, vendor: 'sigma', techniques });
    const { own, others } = byDrafts(
      [rule('a', 'T1000'), rule('b', 'T1053.005'), rule('c', 'T1059.001', 'T1001'), rule('d')],
      ['- attack.t1053.005', 'T1059 and others'],
    );
    expect([own.map(({ title }) => title), others.map(({ title }) => title)]).toEqual([
      ['b', 'c'],
      ['a', 'd'],
    ]);
  });

  it('is nothing where the newest was seen, and all that is known where the one seen is forgotten', () => {
    expect(newsSince(builds, 'c')).toBeNull();
    expect(newsSince([], 'a')).toBeNull();
    expect(newsSince(builds, 'older')!.counts.added).toBe(4);
  });
});
