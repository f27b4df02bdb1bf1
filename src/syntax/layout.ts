import type { Span } from '../model';

/** A word of a text that is laid out anew, or a comment: everything that is no blank. */
export interface Piece extends Span {
  /**
   * What it does to lines. `pipe` begins one; `end` ends a statement; `binding` begins one that gives a pipeline a name; `open` and `close` are
   * brackets. A `line-comment` takes the rest of its line, a `comment` does not.
   */
  readonly role?: 'pipe' | 'end' | 'binding' | 'open' | 'close' | 'line-comment' | 'comment';
  /** It begins a line, one step in. */
  readonly isItem?: true;
  /** Its text in the usual case of letters, where that differs. */
  readonly as?: string;
}

/** What the signs of a pipeline language do to lines. */
export const SIGN_ROLES: Readonly<Record<string, Piece['role']>> = {
  '|': 'pipe',
  ';': 'end',
  '(': 'open',
  '[': 'open',
  '{': 'open',
  ')': 'close',
  ']': 'close',
  '}': 'close',
};

interface LayoutRules {
  /** Blanks of one step. */
  readonly step: number;
  /** A bracket that holds a pipeline: `hang` breaks the line after it and before its partner, `lead` before it, its pipes under it. */
  readonly brackets: 'hang' | 'lead';
  /** What stands between two pieces of one line: one blank, nothing, what is written (line ends too); null: one blank where there is any. */
  readonly between?: (left: Piece, right: Piece) => ' ' | '' | 'as written' | null;
}

/** A pipeline, or what stands in one pair of brackets. */
interface Frame {
  /** The indentation of the line that opened it. */
  readonly line: number;
  /** Indentation of its pipes and of where a statement begins. */
  pipe: number;
  /** Indentation of lines that go on. */
  rest: number;
  isEmpty: boolean;
  /** It holds pipes, or statements. */
  readonly holds: boolean;
  readonly isSubquery: boolean;
}

/** Blanks before a line at most: no nesting makes a text longer than a few times what it was. */
const DEEPEST = 120;

const isComment = ({ role }: Piece): boolean => role === 'comment' || role === 'line-comment';

/**
 * The text with each stage, statement and item on a line of its own, indented by depth, with one blank where there were several; other line ends stay
 * where they are, and at most one empty line. Pieces and their order stay the same. Laid out twice, nothing changes any more. Linear.
 */
export function layOut(text: string, pieces: readonly Piece[], { step, brackets, between }: LayoutRules): string {
  const holding = bracketsThatHold(pieces);
  const next = solidAfter(pieces);
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first === undefined || last === undefined) return text;
  const out: string[] = [];
  const frames: Frame[] = [{ line: 0, pipe: 0, rest: step, isEmpty: true, holds: true, isSubquery: false }];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const edge = (blank: string): string => unseenIn(blank) + (breaksIn(blank) > 0 ? eol : '');
  let line = 0;
  let begins = true;

  const indentOf = (piece: Piece, at: number): number => {
    const frame = frames.at(-1)!;
    const solid = pieces[next[at]!];
    if (solid?.role === 'close') return isComment(piece) ? frame.rest : frame.line;
    // What is said of the whole at its end is said of no stage.
    if (solid === undefined && isComment(piece)) return frame.pipe;
    if (solid?.isItem === true) return step;
    if (solid?.role === 'pipe' && frame.holds) return frame.pipe;
    if (brackets === 'lead' && solid?.role === 'open' && holding.has(next[at]!)) return frame.pipe + step;
    return frame.isEmpty ? frame.pipe : frame.rest;
  };

  pieces.forEach((piece, at) => {
    const before = pieces[at - 1];
    if (before !== undefined) {
      const blank = text.slice(before.end, piece.start);
      const frame = frames.at(-1)!;
      const breaks = breaksIn(blank);
      const gap = between?.(before, piece) ?? null;
      const isForced =
        !isComment(piece) &&
        ((piece.role === 'pipe' && frame.holds && !frame.isEmpty) ||
          piece.isItem === true ||
          (brackets === 'hang' && before.role === 'open' && holding.has(at - 1)) ||
          (brackets === 'hang' && piece.role === 'close' && frame.holds) ||
          (brackets === 'lead' && piece.role === 'open' && blank !== '' && before.role !== 'open' && holding.has(at)) ||
          (before.role === 'end' && frame.holds && piece.role !== 'end'));
      begins = false;
      if (gap === 'as written') out.push(blank);
      else if (isForced || before.role === 'line-comment' || (breaks > 0 && before.role !== 'pipe')) {
        line = Math.min(DEEPEST, indentOf(piece, at));
        begins = true;
        out.push(unseenIn(blank), eol, breaks > 1 && piece.role !== 'close' && before.role !== 'open' ? eol : '', ' '.repeat(line));
      } else out.push(unseenIn(blank), before.role === 'pipe' ? ' ' : (gap ?? (blank === '' ? '' : ' ')));
    }
    out.push(piece.as ?? text.slice(piece.start, piece.end));
    place(piece, at);
  });
  return edge(text.slice(0, first.start)) + out.join('') + edge(text.slice(last.end));

  function place(piece: Piece, at: number): void {
    if (isComment(piece)) return;
    const frame = frames.at(-1)!;
    if (piece.role === 'open') {
      const isSubquery = holding.has(at);
      const pipe = brackets === 'lead' && isSubquery && begins ? line : line + step;
      frame.isEmpty = false;
      frames.push({ line, pipe, rest: isSubquery ? pipe + step : pipe, isEmpty: true, holds: isSubquery, isSubquery });
    } else if (piece.role === 'close') {
      if (frames.length > 1) line = frames.pop()!.line;
      frames.at(-1)!.isEmpty = false;
    } else if (piece.role === 'end' && frame.holds) {
      const start = frame.isSubquery ? frame.line + step : 0;
      Object.assign(frame, { pipe: start, rest: start + step, isEmpty: true });
    } else {
      if (piece.role === 'binding' && frame.isEmpty) Object.assign(frame, { pipe: frame.pipe + step, rest: frame.pipe + step });
      if (piece.role === 'pipe' && frame.holds) frame.rest = frame.pipe + step;
      frame.isEmpty = false;
    }
  }
}

/** What a language passes over between its words and is no blank all the same: nobody sees it, and it stays. */
const unseenIn = (blank: string): string => blank.replace(/\s+/g, '');

/** Opening brackets, by their place among the pieces, right inside which pipes or ends of statements stand; a pipe that comes first does not count. */
function bracketsThatHold(pieces: readonly Piece[]): ReadonlySet<number> {
  const holding = new Set<number>();
  const open: number[] = [];
  pieces.forEach(({ role }, at) => {
    const inner = open.at(-1);
    if (role === 'open') open.push(at);
    else if (role === 'close') open.pop();
    else if ((role === 'pipe' || role === 'end') && inner !== undefined && inner !== at - 1) holding.add(inner);
  });
  return holding;
}

/** For each piece the place of the next one, itself included, that is no comment. */
function solidAfter(pieces: readonly Piece[]): Int32Array {
  const found = new Int32Array(pieces.length);
  let next = pieces.length;
  for (let at = pieces.length - 1; at >= 0; at--) {
    if (!isComment(pieces[at]!)) next = at;
    found[at] = next;
  }
  return found;
}

function breaksIn(blank: string): number {
  let breaks = 0;
  for (let at = 0; at < blank.length; at++) if (blank[at] === '\n' || (blank[at] === '\r' && blank[at + 1] !== '\n')) breaks++;
  return breaks;
}
