import { describe, expect, it } from 'vitest';
import { detect } from '../../src/formats/detect';
import { LANGUAGES } from '../../src/languages/registry';
import { formatText } from '../../src/lint/format-text';
import { readCorpus } from '../bench/corpus';

const context = { languages: LANGUAGES };
/** By source: its endings, and which share of its files is taken, so that all of it takes under a minute. */
const SOURCES = [
  ['sigma', ['.yml'], 8],
  ['splunk', ['.yml'], 12],
  ['anvilogic', ['.yml'], 12],
  ['sentinel', ['.yaml', '.txt'], 5],
  ['bert-janp', ['.md'], 4],
  ['alexverboon', ['.md', '.kql'], 4],
  ['elastic', ['.toml'], 10],
] as const;
/** Files of which the usual form would be read in another way: they stay as they are. Each share was looked at. */
const MOST_REFUSED = 0.01;

// Law 9: written twice, nothing changes any more, and the canonical tree is the same; what would change it stays as it is.
describe('the usual form', () => {
  for (const [source, endings, share] of SOURCES) {
    const files = readCorpus(source, ...endings).filter((_, index) => index % share === 0);
    it.skipIf(files.length === 0)(`of ${source} is reached in one step and says the same`, { timeout: 120_000 }, () => {
      let [laid, changed, refused, unsound] = [0, 0, 0, 0];
      const unstable: string[] = [];
      for (const { path, text } of files) {
        const { format } = detect(text, path);
        if (format === null) continue;
        const once = formatText(text, format, context);
        if ('refused' in once) {
          if (once.refused.includes('mend what Problems says')) unsound++;
          else refused++;
          continue;
        }
        laid++;
        if (once.text === text) continue;
        changed++;
        const twice = formatText(once.text, format, context);
        if ('refused' in twice || twice.text !== once.text) unstable.push(path);
      }
      console.log(`${source}: ${laid} laid out, ${changed} of them changed, ${refused} left as they are, ${unsound} that have an error`);
      expect(unstable).toEqual([]);
      expect(refused).toBeLessThanOrEqual(Math.ceil((laid + refused) * MOST_REFUSED));
    });
  }
});
