import { type ClassMember, classMembers, codePointOf, memberRanges, regexPieces } from '../../../syntax/regex';

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
  const names = new Set<string>();
  const open: { readonly start: number; readonly captures: boolean }[] = [];
  let lookaround: number | null = null;
  /** Capturing groups so far, and those of them that are open. */
  let [groups, capturing] = [0, 0];
  /** Whether a quantifier may follow, and whether one has just been taken. */
  let [atom, repeated] = [false, false];
  const fail = (at: number, message: string): RegexCheck => ({ problem: { at, message }, lookaround });

  for (const piece of regexPieces(source, 'python')) {
    const { start, end, kind } = piece;
    const text = source.slice(start, Math.min(end, start + 100));
    if (kind === 'repeat') {
      if (piece.least > piece.most) return fail(start, 'the lower bound is above the upper one');
      if (repeated) return fail(start, 'two quantifiers follow each other');
      if (!atom) return fail(start, 'there is nothing before the quantifier to repeat');
      repeated = true;
      continue;
    }
    repeated = false;
    if (text.startsWith('\\')) {
      const fault = escapeFault(text, groups - capturing, false);
      if (fault !== null) return fail(start, fault);
    }
    if (kind === 'class') {
      const problem = classProblem(source, piece);
      if (problem !== null) return { problem, lookaround };
    } else if (text.startsWith('(')) {
      const fault = groupFault(text, kind);
      if (fault !== null) return fail(start, fault);
      if (kind === 'flags' && start !== 0) return fail(start, 'flags for the whole expression stand at its start');
    } else if (kind === 'close') {
      const group = open.pop();
      if (group === undefined) return fail(start, 'a closing parenthesis without its opening one');
      if (group.captures) capturing--;
    }
    if (kind === 'open') {
      const captures = piece.group === 'capture';
      if (piece.group === 'look' || piece.group === 'atomic') lookaround ??= start;
      if (names.has(piece.name)) return fail(start, `the group name ${piece.name} is used twice`);
      if (piece.name !== '') names.add(piece.name);
      if (captures) [groups, capturing] = [groups + 1, capturing + 1];
      open.push({ start, captures });
    }
    atom = kind !== 'open' && kind !== 'or' && kind !== 'edge' && kind !== 'flags' && kind !== 'comment';
  }
  const unclosed = open[0];
  return unclosed === undefined ? { problem: null, lookaround } : fail(unclosed.start, 'the closing parenthesis of this group is missing');
}

/** What Python does not take of a group's head. */
function groupFault(head: string, kind: string): string | null {
  if (!head.startsWith('(?')) return null;
  if (kind === 'comment') return head.endsWith(')') || head.length === 100 ? null : 'the closing parenthesis of this comment is missing';
  if (/^\(\?(?:[:=!>]|<[=!]|P<[A-Za-z_]|P=[A-Za-z_]\w*\))/.test(head)) return null;
  if (/^\(\?(?:<|P)/.test(head)) return 'a named group is written (?P<name>…)';
  const flags = /^\(\?([aiLmsux]*)(?:-([imsx]+))?([:)])/.exec(head);
  if (flags === null || (flags[1] === '' && flags[2] === undefined)) return 'this kind of group is unknown';
  return flags[3] === ')' && flags[2] !== undefined ? 'flags are switched off only inside a group: (?-i:…)' : null;
}

/** What Python does not take of an escape, which begins with its backslash. */
function escapeFault(escape: string, closedGroups: number, inClass: boolean): string | null {
  const unit = escape[1];
  if (unit === undefined) return 'a backslash at the end escapes nothing';
  const digits = unit === 'x' ? 2 : unit === 'u' ? 4 : unit === 'U' ? 8 : 0;
  if (digits > 0) return new RegExp(`^[\\da-fA-F]{${digits}}$`).test(escape.slice(2)) ? null : `\\${unit} takes ${digits} hexadecimal digits`;
  if (/[1-9]/.test(unit) && !inClass && escape.length < 4) {
    const group = Number(escape.slice(1));
    return group > closedGroups ? `there is no group ${group} before this place` : null;
  }
  if (!/[A-Za-z]/.test(unit) || (unit === 'N' && escape.length > 2)) return null;
  return (inClass ? 'abdDfnrsStvwW' : 'AabBdDfnrsStvwWZ').includes(unit) ? null : `\\${unit} has no meaning`;
}

/** What Python does not take of a class: a member, a range the wrong way round, an end that is missing. */
function classProblem(source: string, piece: Parameters<typeof classMembers>[1]): RegexProblem | null {
  for (const { low, high } of memberRanges(source, classMembers(source, piece, 'python'))) {
    const lowFault = memberFault(source, low);
    if (lowFault !== null) return { at: low.start, message: lowFault };
    if (high === null) continue;
    const highFault = memberFault(source, high);
    if (highFault !== null) return { at: high.start, message: highFault };
    const [from, to] = [codePointOf(source, low), codePointOf(source, high)];
    if (from === null || to === null || from > to) return { at: low.start, message: 'this range of characters is the wrong way round' };
  }
  return piece.isClosed ? null : { at: piece.start, message: 'the closing bracket of this set is missing' };
}

const memberFault = (source: string, { start, end }: ClassMember): string | null =>
  source[start] === '\\' ? escapeFault(source.slice(start, end), 0, true) : null;
