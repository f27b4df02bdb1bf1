/** What is wrong with a regex, at an offset of its text. */
export interface RegexFault {
  readonly kind: 'unclosed-group' | 'unopened-group' | 'unclosed-class' | 'trailing-backslash' | 'nothing-to-repeat' | 'reversed-count' | 'explosive';
  readonly offset: number;
}

/** One thing that can be repeated, as far as explosions need it. */
interface Atom {
  readonly start: number;
  /** It can match nothing. */
  nullable: boolean;
  /** It is repeated without bound, or is a group that is nothing but such a thing. */
  unbounded: boolean;
}

/** An open group: its finished alternatives summed up, and the atoms of the one being read. */
interface Frame {
  readonly start: number;
  readonly isAtomic: boolean;
  readonly isLook: boolean;
  nullable: boolean;
  explosive: boolean;
  atoms: Atom[];
  /** How many suspects there were before it, and those of its finished alternatives: what stands in another alternative does not follow them. */
  readonly from: number;
  readonly kept: number[];
}

/** Longer ones are no one's to read. */
const MAX_LENGTH = 8000;

/**
 * What makes a regex invalid in every dialect that rules use, and groups whose repetition can explode:
 * an unbounded repetition of a group that itself is nothing but an unbounded repetition, such as `(a+)+$`, with something after it that can fail.
 * One pass, linear; a dialect's own extensions are taken as they come.
 */
export function regexFaults(source: string): readonly RegexFault[] {
  if (source.length > MAX_LENGTH || /^\(\?[a-wyz]*x/i.test(source)) return [];
  const faults: RegexFault[] = [];
  const frames: Frame[] = [frameAt(0, false, false, 0)];
  const suspects: number[] = [];
  const fault = (kind: RegexFault['kind'], offset: number): void => void faults.push({ kind, offset });
  /** Something that can fail, at an offset, makes the suspects before it explode. */
  const demand = (offset: number): void => {
    const later = suspects.filter((suspect) => suspect >= offset);
    for (const suspect of suspects) if (suspect < offset) fault('explosive', suspect);
    suspects.splice(0, suspects.length, ...later);
  };
  let at = 0;

  /** Reads the quantifier that follows an atom, if any. */
  const quantify = (atom: Atom, isExplosive: boolean): void => {
    const count = quantifierAt(source, at);
    if (count !== null) {
      if (count.least > count.most) fault('reversed-count', at);
      at = count.end;
      const isPossessive = source[at] === '+';
      if (isPossessive || source[at] === '?') at++;
      if (count.most === Infinity) {
        if (isExplosive && !isPossessive) suspects.push(atom.start);
        atom.unbounded = !isPossessive;
      }
      if (count.least === 0) atom.nullable = true;
    }
    if (!atom.nullable && suspects.length > 0) demand(atom.start);
    frames.at(-1)!.atoms.push(atom);
  };

  while (at < source.length) {
    const start = at;
    const char = source[at]!;
    switch (char) {
      case '\\': {
        if (at + 1 >= source.length) fault('trailing-backslash', at);
        const next = source[at + 1];
        if (next === 'Q') {
          const end = source.indexOf('\\E', at);
          at = end < 0 ? source.length : end + 2;
        } else at += 2;
        if (next === 'b' || next === 'B' || next === 'A' || next === 'z' || next === 'Z') demand(start);
        else quantify({ start, nullable: false, unbounded: false }, false);
        break;
      }
      case '[': {
        const end = classEnd(source, at);
        if (end === null) {
          fault('unclosed-class', at);
          return faults;
        }
        at = end;
        quantify({ start, nullable: false, unbounded: false }, false);
        break;
      }
      case '(': {
        const head = /^\((?:\?(?:[#=!>:|]|<[=!]|[a-zA-Z-]+[:)]|P?<[^>]*>|P[=>]|'[^']*'|&|R|\d)|\*[A-Z])?/.exec(source.slice(at, at + 80))![0];
        if (head.startsWith('(?#') || head.startsWith('(*')) {
          const end = source.indexOf(')', at);
          at = end < 0 ? source.length : end + 1;
        } else if (/^\(\?[a-zA-Z-]+\)$/.test(head)) at += head.length;
        else {
          frames.push(frameAt(at, head === '(?>', /^\(\?<?[=!]/.test(head), suspects.length));
          at += head.length;
        }
        break;
      }
      case ')': {
        at++;
        if (frames.length === 1) {
          fault('unopened-group', start);
          break;
        }
        const frame = frames.pop()!;
        finish(frame);
        suspects.push(...frame.kept);
        quantify(
          { start: frame.start, nullable: frame.nullable || frame.isLook, unbounded: frame.explosive && !frame.isAtomic && !frame.isLook },
          frame.explosive && !frame.isAtomic,
        );
        break;
      }
      case '|':
        finish(frames.at(-1)!);
        frames.at(-1)!.kept.push(...suspects.splice(frames.at(-1)!.from));
        at++;
        break;
      case '*':
      case '+':
      case '?':
        if (frames.at(-1)!.atoms.length === 0) fault('nothing-to-repeat', at);
        at++;
        break;
      case '^':
        at++;
        break;
      case '$':
        demand(start);
        at++;
        break;
      default:
        at++;
        quantify({ start, nullable: false, unbounded: false }, false);
    }
  }
  for (const frame of frames.slice(1)) fault('unclosed-group', frame.start);
  return faults;
}

const frameAt = (start: number, isAtomic: boolean, isLook: boolean, from: number): Frame => ({
  start,
  isAtomic,
  isLook,
  nullable: false,
  explosive: false,
  atoms: [],
  from,
  kept: [],
});

/** Sums up the alternative that ends here: it is explosive when repeated, if all its atoms but one unbounded one can match nothing. */
function finish(frame: Frame): void {
  const { atoms } = frame;
  const needed = atoms.filter((atom) => !atom.nullable);
  frame.nullable ||= needed.length === 0;
  frame.explosive ||= needed.length <= 1 && atoms.some((atom) => atom.unbounded) && needed.every((atom) => atom.unbounded);
  frame.atoms = [];
}

/** The quantifier at an offset; a brace that is none stands for itself. */
function quantifierAt(source: string, at: number): { readonly least: number; readonly most: number; readonly end: number } | null {
  switch (source[at]) {
    case '*':
      return { least: 0, most: Infinity, end: at + 1 };
    case '+':
      return { least: 1, most: Infinity, end: at + 1 };
    case '?':
      return { least: 0, most: 1, end: at + 1 };
    case '{': {
      const found = /^\{(\d{1,6})(,?)(\d{0,6})\}/.exec(source.slice(at, at + 16));
      if (found === null) return null;
      const least = Number(found[1]);
      return { least, most: found[2] === '' ? least : found[3] === '' ? Infinity : Number(found[3]), end: at + found[0].length };
    }
    default:
      return null;
  }
}

/** The offset after a character class; a bracket that comes first is literal, and POSIX classes nest. */
function classEnd(source: string, at: number): number | null {
  let next = at + 1;
  if (source[next] === '^') next++;
  if (source[next] === ']') next++;
  for (; next < source.length; next++) {
    const char = source[next];
    if (char === '\\') next++;
    else if (char === ']') return next + 1;
    else if (char === '[' && /^[:.=]/.test(source[next + 1] ?? '')) {
      const end = source.indexOf(`${source[next + 1]}]`, next + 2);
      if (end > 0) next = end + 1;
    }
  }
  return null;
}
