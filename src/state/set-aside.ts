import { PREFERENCES_KEY } from './settings';

const KEY = 'rulewright.start';
const ASIDE = `${PREFERENCES_KEY}.aside`;

/** How the starts before this one went. */
interface Starts {
  /** Begun one after another without a first drawing: the page hung, or was closed at once. */
  readonly unfinished: number;
  /** What stopped the workbench as a whole; '' where nothing did. */
  readonly stopped: string;
}

/** What `localStorage` has, so that it can be stood in for. */
type Box = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const GOOD: Starts = { unfinished: 0, stopped: '' };
/** One start that is not finished may have been closed before it could; two are no chance. */
const MANY = 2;
/** Characters of a reason that are kept. */
const LONGEST = 300;

/**
 * Called before anything stored is read. Where the start before stopped while drawing, or two never came to it, what a person set up is put aside:
 * this start uses defaults, the bundled catalog and no draft. Gives the reason; null for a usual start.
 */
export function beginStart(box: Box): string | null {
  const before = read(box);
  const reason = before.stopped || (before.unfinished >= MANY ? 'It did not come to its first drawing, twice.' : '');
  if (reason !== '') putAside(box);
  write(box, { unfinished: reason === '' ? before.unfinished + 1 : 1, stopped: '' });
  return reason || null;
}

/** What is put aside takes the room of what it was, also where there is no more; this record's own makes up for the longer name. */
function putAside(box: Box): void {
  const preferences = box.getItem(PREFERENCES_KEY);
  if (preferences === null) return;
  for (const key of [PREFERENCES_KEY, KEY, ASIDE]) box.removeItem(key);
  box.setItem(ASIDE, preferences);
}

/** The first drawing is there. */
export const endStart = (box: Box): void => write(box, { ...read(box), unfinished: 0 });

/** The whole workbench stopped: the next start goes without what may have caused it. */
export const stopped = (box: Box, reason: string): void => write(box, { ...read(box), stopped: reason.slice(0, LONGEST) || 'It stopped while drawing.' });

/** Puts back what was set up before; it counts from the next start on. */
export function takeBack(box: Box): void {
  const preferences = box.getItem(ASIDE);
  if (preferences === null) return;
  box.removeItem(ASIDE);
  box.setItem(PREFERENCES_KEY, preferences);
}

function read(box: Box): Starts {
  try {
    const { unfinished, stopped: why } = JSON.parse(box.getItem(KEY) ?? '{}') as Readonly<Partial<Record<keyof Starts, unknown>>>;
    return { unfinished: typeof unfinished === 'number' ? unfinished : 0, stopped: typeof why === 'string' ? why : '' };
  } catch {
    return GOOD;
  }
}

/** Where there is no room for it the starts are not counted; all else goes on. */
function write(box: Box, starts: Starts): void {
  try {
    box.setItem(KEY, JSON.stringify(starts));
  } catch {
    box.removeItem(KEY);
  }
}
