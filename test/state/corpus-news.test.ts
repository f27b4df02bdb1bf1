import { describe, expect, it } from 'vitest';
import type { CorpusChange } from '../../src/model';
import { newsSince } from '../../src/state/corpus-news';

const build = (id: string, date: string, added: readonly string[], changed = 0): CorpusChange => ({
  id,
  date,
  rules: 10,
  sources: [{ source: 'sigma', added: added.length, changed, gone: 0 }],
  techniques: [],
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

  it('is nothing where the newest was seen, and all that is known where the one seen is forgotten', () => {
    expect(newsSince(builds, 'c')).toBeNull();
    expect(newsSince([], 'a')).toBeNull();
    expect(newsSince(builds, 'older')!.counts.added).toBe(4);
  });
});
