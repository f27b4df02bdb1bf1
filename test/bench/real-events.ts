import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Event } from '../../src/model';
import { CORPUS } from './corpus';

const FILE = join(CORPUS, '..', 'expected', 'run', 'sigma', 'events', 'evtx-attack-samples.ndjson.gz');

/** Recorded events of Windows, one a line; none where they are not at hand. */
export const realLines = (): readonly string[] =>
  existsSync(FILE)
    ? gunzipSync(readFileSync(FILE))
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];

export const realEvents = (): readonly Event[] => realLines().map((line) => JSON.parse(line) as Event);
