import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchText, plainAddressOf } from '../../src/state/drafts/rule-text';

const PAGE = 'https://github.com/SigmaHQ/sigma/blob/8eaafff/rules/a%20b.yml';
const answering = (answer: (init: RequestInit) => Promise<Response>) => {
  const asked = vi.fn(async (_address: string, init: RequestInit) => answer(init));
  vi.stubGlobal('fetch', asked);
  return asked;
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the text of a public rule', () => {
  it('stands at the plain address of its pinned page, and nowhere else', () => {
    expect(plainAddressOf(PAGE)).toBe('https://raw.githubusercontent.com/SigmaHQ/sigma/8eaafff/rules/a%20b.yml');
    expect(plainAddressOf('https://example.com/x/blob/y')).toBe('');
    expect(plainAddressOf('')).toBe('');
  });

  it('is fetched without telling who asks, letters cut between two parts whole', async () => {
    const bytes = new TextEncoder().encode('title: größer\n');
    const parts = [bytes.slice(0, 9), bytes.slice(9, 10), bytes.slice(10)];
    const asked = answering(
      async () =>
        new Response(
          new ReadableStream({
            pull: (stream) => (parts.length === 0 ? stream.close() : stream.enqueue(parts.shift()!)),
          }),
        ),
    );
    expect(await fetchText(PAGE)).toBe('title: größer\n');
    expect(asked.mock.calls[0]).toMatchObject([plainAddressOf(PAGE), { credentials: 'omit', referrerPolicy: 'no-referrer' }]);
  });

  it.each([
    [404, /no longer holds the file/],
    [429, /too many texts/],
    [403, /refused and answered with 403/],
    [503, /refused and answered with 503/],
  ])('that its source answers with %i', async (status, says) => {
    answering(async () => new Response('', { status }));
    await expect(fetchText(PAGE)).rejects.toThrow(says);
  });

  it('that is no rule, by its size, is not read to its end', async () => {
    let given = 0;
    const cancel = vi.fn();
    answering(
      async () =>
        new Response(
          new ReadableStream({
            pull: (stream) => {
              given++;
              stream.enqueue(new Uint8Array(300_000));
            },
            cancel,
          }),
        ),
    );
    await expect(fetchText(PAGE)).rejects.toThrow(/more than a rule/);
    expect(given).toBeLessThan(8);
    expect(cancel).toHaveBeenCalled();
  });

  it('whose source takes too long, at once or halfway', async () => {
    for (const isHalfway of [false, true]) {
      const patience = new AbortController();
      vi.spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal);
      const cut = new Promise<never>((_, reject) => patience.signal.addEventListener('abort', () => reject(patience.signal.reason)));
      answering(() => (isHalfway ? Promise.resolve(new Response(new ReadableStream({ pull: () => cut }))) : cut));
      const text = fetchText(PAGE);
      patience.abort();
      await expect(text).rejects.toThrow(/took longer than 15 seconds/);
    }
  });

  it('without a network, and without an answer', async () => {
    answering(() => Promise.reject(new TypeError('Failed to fetch')));
    vi.stubGlobal('navigator', { onLine: false });
    await expect(fetchText(PAGE)).rejects.toThrow('You are offline.');
    vi.stubGlobal('navigator', { onLine: true });
    await expect(fetchText(PAGE)).rejects.toThrow('Its source did not answer.');
  });

  it('of a private rule is asked of nobody', async () => {
    const asked = answering(async () => new Response(''));
    await expect(fetchText('')).rejects.toThrow(/no public address/);
    expect(asked).not.toHaveBeenCalled();
  });
});
