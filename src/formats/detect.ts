import type { Format } from '../model';
import { FORMATS } from './registry';

/** The format that is surest of a text; Sigma, the first, when none is. */
export function detectFormat(text: string, path = ''): Format {
  let best = [...FORMATS.values()][0]!;
  let sure = 0;
  for (const format of FORMATS.values()) {
    const score = format.detect(text, path);
    if (score > sure) {
      best = format;
      sure = score;
    }
  }
  return best;
}
