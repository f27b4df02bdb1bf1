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

/**
 * Called before anything stored is read. Where the start before stopped while drawing, or two never came to it, what a person set up is put aside:
 * this start uses defaults, the bundled catalog and no draft. Gives the reason; null for a usual start.
 */
export function beginStart(box: Box): string | null {
  const before = read(box);
  const reason = before.stopped || (before.unfinished >= MANY ? 'It did not come to its first drawing, twice.' : '');
  write(box, { unfinished: reason === '' ? before.unfinished + 1 : 1, stopped: '' });
  if (reason === '') return null;
  const preferences = box.getItem(PREFERENCES_KEY);
  if (preferences !== null) box.setItem(ASIDE, preferences);
  box.removeItem(PREFERENCES_KEY);
  return reason;
}

/** The first drawing is there. */
export const endStart = (box: Box): void => write(box, { ...read(box), unfinished: 0 });

/** The whole workbench stopped: the next start goes without what may have caused it. */
export const stopped = (box: Box, reason: string): void => write(box, { ...read(box), stopped: reason || 'It stopped while drawing.' });

/** Puts back what was set up before; it counts from the next start on. */
export function takeBack(box: Box): void {
  const preferences = box.getItem(ASIDE);
  if (preferences !== null) box.setItem(PREFERENCES_KEY, preferences);
}

function read(box: Box): Starts {
  try {
    const { unfinished, stopped: why } = JSON.parse(box.getItem(KEY) ?? '{}') as Readonly<Partial<Record<keyof Starts, unknown>>>;
    return { unfinished: typeof unfinished === 'number' ? unfinished : 0, stopped: typeof why === 'string' ? why : '' };
  } catch {
    return GOOD;
  }
}

const write = (box: Box, starts: Starts): void => box.setItem(KEY, JSON.stringify(starts));
