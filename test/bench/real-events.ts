import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Event } from '../../src/model';
import { CORPUS } from './corpus';

const FOLDER = join(CORPUS, '..', 'expected', 'run', 'sigma', 'events');
const FILE = join(FOLDER, 'evtx-attack-samples.ndjson.gz');

const linesOf = (path: string): readonly string[] =>
  gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');

/** Recorded events of Windows, one a line; none where they are not at hand. */
export const realLines = (): readonly string[] => (existsSync(FILE) ? linesOf(FILE) : []);

/** Every so many-th event of each of the reference's files; what begins with `_` is about the event and not of it. */
export const eventSets = (step: number): readonly (readonly Event[])[] =>
  existsSync(FOLDER)
    ? readdirSync(FOLDER).map((name) =>
        linesOf(join(FOLDER, name))
          .filter((_, at) => at % step === 0)
          .map((line) => Object.fromEntries(Object.entries(JSON.parse(line) as Event).filter(([key]) => !key.startsWith('_')))),
      )
    : [];

export const realEvents = (): readonly Event[] => realLines().map((line) => JSON.parse(line) as Event);
