/** What is wrong with a regular expression, and where in it. */
interface RegexProblem {
  readonly at: number;
  readonly message: string;
}

interface RegexCheck {
  readonly problem: RegexProblem | null;
  /** A lookaround or atomic group, which many backends cannot run; null when there is none. */
  readonly lookaround: number | null;
}

/**
 * Checks a regular expression by the rules of Python's `re`, which the reference implementation uses. Linear.
 * Fixed width of lookbehinds is not checked.
 */
export function checkRegex(source: string): RegexCheck {
  let at = 0;
  let groups = 0;
  let lookaround: number | null = null;
  const names = new Set<string>();
  const open: { readonly start: number; readonly captures: boolean }[] = [];
  let capturing = 0;
  /** Whether a quantifier may follow, and whether one has just been taken. */
  let atom = false;
  let repeated = false;
  const fail = (place: number, message: string): RegexCheck => ({ problem: { at: place, message }, lookaround });

  while (at < source.length) {
    const unit = source[at]!;
    if (unit === '\\') {
      const length = escapeLength(source, at, groups - capturing, false);
      if (typeof length === 'string') return fail(at, length);
      at += length;
      atom = true;
      repeated = false;
    } else if (unit === '[') {
      const end = setEnd(source, at);
      if (typeof end !== 'number') return { problem: end, lookaround };
      at = end;
      atom = true;
      repeated = false;
    } else if (unit === '(') {
      const start = at++;
      atom = false;
      repeated = false;
      if (source[at] !== '?') {
        groups++;
        capturing++;
        open.push({ start, captures: true });
        continue;
      }
      const head = groupHead(source, at);
      if (typeof head === 'string') return fail(start, head);
      if (head.looks) lookaround ??= start;
      if (head.global && start !== 0) return fail(start, 'flags for the whole expression stand at its start');
      if (head.name !== undefined) {
        if (names.has(head.name)) return fail(start, `the group name ${head.name} is used twice`);
        names.add(head.name);
        groups++;
        capturing++;
      }
      at += head.length;
      if (!head.closed) open.push({ start, captures: head.name !== undefined });
    } else if (unit === ')') {
      const group = open.pop();
      if (group === undefined) return fail(at, 'a closing parenthesis without its opening one');
      if (group.captures) capturing--;
      at++;
      atom = true;
      repeated = false;
    } else if (unit === '|') {
      at++;
      atom = false;
      repeated = false;
    } else if (unit === '*' || unit === '+' || unit === '?' || unit === '{') {
      const length = unit === '{' ? boundsLength(source, at) : 1;
      if (length === 0) {
        at++;
        atom = true;
        repeated = false;
        continue;
      }
      if (typeof length === 'string') return fail(at, length);
      if (repeated) return fail(at, 'two quantifiers follow each other');
      if (!atom) return fail(at, 'there is nothing before the quantifier to repeat');
      at += length;
      if (source[at] === '?' || source[at] === '+') at++;
      repeated = true;
    } else {
      atom = unit !== '^';
      repeated = false;
      at++;
    }
  }
  const unclosed = open[0];
  return unclosed === undefined ? { problem: null, lookaround } : fail(unclosed.start, 'the closing parenthesis of this group is missing');
}

interface GroupHead {
  /** From the question mark to where the group's content starts. */
  readonly length: number;
  readonly looks: boolean;
  readonly global: boolean;
  /** The whole group is the head: inline flags, a comment, a back reference. */
  readonly closed: boolean;
  readonly name?: string;
}

function groupHead(source: string, at: number): GroupHead | string {
  const plain = { looks: false, global: false, closed: false };
  const next = source[at + 1];
  if (next === ':') return { ...plain, length: 2 };
  if (next === '=' || next === '!') return { ...plain, length: 2, looks: true };
  if (next === '>') return { ...plain, length: 2, looks: true };
  if (next === '<') return source[at + 2] === '=' || source[at + 2] === '!' ? { ...plain, length: 3, looks: true } : 'a named group is written (?P<name>…)';
  if (next === '#') {
    const end = source.indexOf(')', at);
    return end === -1 ? 'the closing parenthesis of this comment is missing' : { ...plain, length: end + 1 - at, closed: true };
  }
  if (next === 'P') {
    const named = /^\?P<([A-Za-z_]\w*)>/.exec(source.slice(at, at + 200));
    if (named !== null) return { ...plain, length: named[0].length, name: named[1]! };
    const back = /^\?P=([A-Za-z_]\w*)\)/.exec(source.slice(at, at + 200));
    return back === null ? 'a named group is written (?P<name>…)' : { ...plain, length: back[0].length, closed: true };
  }
  const flags = /^\?([aiLmsux]*)(?:-([imsx]+))?([:)])/.exec(source.slice(at, at + 40));
  if (flags === null || (flags[1] === '' && flags[2] === undefined)) return 'this kind of group is unknown';
  if (flags[3] === ')')
    return flags[2] === undefined ? { ...plain, length: flags[0].length, global: true, closed: true } : 'flags are switched off only inside a group: (?-i:…)';
  return { ...plain, length: flags[0].length };
}

/** Length of `{2}`, `{2,}`, `{,3}`, `{2,3}`; 0 when the brace is a plain character. */
function boundsLength(source: string, at: number): number | string {
  const bounds = /^\{(\d*)(?:(,)(\d*))?\}/.exec(source.slice(at, at + 24));
  if (bounds === null || (bounds[1] === '' && bounds[2] === undefined)) return 0;
  const [whole, low = '', , high = ''] = bounds;
  return low !== '' && high !== '' && Number(low) > Number(high) ? 'the lower bound is above the upper one' : whole.length;
}

/** Length of the escape at this place, or what is wrong with it. */
function escapeLength(source: string, at: number, closedGroups: number, inSet: boolean): number | string {
  const unit = source[at + 1];
  if (unit === undefined) return 'a backslash at the end escapes nothing';
  const digits = unit === 'x' ? 2 : unit === 'u' ? 4 : unit === 'U' ? 8 : 0;
  if (digits > 0) {
    for (let i = 0; i < digits; i++) if (!/[\da-fA-F]/.test(source[at + 2 + i] ?? '')) return `\\${unit} takes ${digits} hexadecimal digits`;
    return 2 + digits;
  }
  if (/\d/.test(unit) && !inSet && unit !== '0') {
    // Three octal digits are a character, anything else a back reference.
    if (/^[0-3][0-7][0-7]/.test(source.slice(at + 1, at + 4))) return 4;
    const two = /\d/.test(source[at + 2] ?? '') ? 2 : 1;
    const group = Number(source.slice(at + 1, at + 1 + two));
    return group > closedGroups ? `there is no group ${group} before this place` : 1 + two;
  }
  if (/[A-Za-z]/.test(unit)) {
    const known = inSet ? 'abdDfnrsStvwW' : 'AabBdDfnrsStvwWZ';
    if (unit === 'N' && source[at + 2] === '{') {
      const end = source.indexOf('}', at);
      if (end !== -1) return end + 1 - at;
    }
    if (!known.includes(unit)) return `\\${unit} has no meaning`;
  }
  return 2;
}

/** Where a character set ends, or what is wrong with it. */
function setEnd(source: string, start: number): number | RegexProblem {
  let at = start + 1;
  if (source[at] === '^') at++;
  const first = at;
  while (at < source.length) {
    if (source[at] === ']' && at > first) return at + 1;
    const low = memberOf(source, at);
    if (typeof low.length === 'string') return { at, message: low.length };
    at += low.length;
    if (source[at] !== '-' || source[at + 1] === ']' || at + 1 >= source.length) continue;
    const high = memberOf(source, at + 1);
    if (typeof high.length === 'string') return { at: at + 1, message: high.length };
    if (low.code === null || high.code === null || low.code > high.code)
      return { at: at - low.length, message: 'this range of characters is the wrong way round' };
    at += 1 + high.length;
  }
  return { at: start, message: 'the closing bracket of this set is missing' };
}

/** One member of a set: its length, and its code when it is a single character. */
function memberOf(source: string, at: number): { readonly length: number | string; readonly code: number | null } {
  if (source[at] !== '\\') return { length: 1, code: source.charCodeAt(at) };
  const length = escapeLength(source, at, 0, true);
  if (typeof length === 'string') return { length, code: null };
  const unit = source[at + 1]!;
  if ('dDsSwW'.includes(unit)) return { length, code: null };
  if ('xuU'.includes(unit)) return { length, code: Number.parseInt(source.slice(at + 2, at + length), 16) };
  const control = 'abfnrtv'.indexOf(unit);
  return { length, code: control >= 0 ? [7, 8, 12, 10, 13, 9, 11][control]! : source.charCodeAt(at + 1) };
}
