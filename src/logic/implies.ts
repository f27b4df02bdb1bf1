import { fileNameField, lineField } from '../knowledge/fields';
import type { Span } from '../model';
import { joined, type Formula, type Literal } from './formula';
import { areApart, includesSet, LONGEST, patternSet, type ValueSet } from './value-set';

/** How many comparisons of comparisons one question, or all that share the budget, may cost; past it the answer is "not known", from `cutAt` on. */
export interface Budget {
  left: number;
  cutAt?: Span;
  /**
   * Where it is given, rules of different writers are compared: a path names its file, and an argument is taken to stand in its command line as it is, blanks
   * and quotes aside; whether the latter was used.
   */
  lines?: boolean;
}
const MOST_STEPS = 200_000;
const MOST_SPLITS = 64;
/** What one question may cost. */
export const oneQuestion = (inLines = false): Budget => ({ left: MOST_STEPS, ...(inLines ? { lines: false } : null) });

/** Takes a step, and so many more, for a question about this part; whether there was none left. */
function isSpent(budget: Budget, { span }: Formula, more = 0): boolean {
  budget.left -= 1 + more;
  if (budget.left >= 0) return false;
  budget.cutAt ??= span;
  return true;
}

/** Whether whatever fires `a` fires `b`; true is certain, false is "not known". */
export const implies = (a: Formula, b: Formula, budget: Budget = oneQuestion()): boolean => follows(a, b, budget, MOST_SPLITS);

function follows(a: Formula, b: Formula, budget: Budget, splits: number): boolean {
  if (isSpent(budget, b)) return false;
  if (isAlike(a, b)) return true;
  if (b.kind === 'all') return b.of.every((part) => follows(a, part, budget, splits));
  if (a.kind === 'any') return a.of.every((branch) => follows(branch, b, budget, splits));
  if (a.kind === 'literal' && b.kind === 'literal')
    return (
      !isTooDear(a, b, budget) &&
      (literalFollows(a, b) || (budget.lines !== undefined && a.field !== b.field && (followsOfFile(a, b) || followsInLine(a, b, budget))))
    );
  if (a.kind === 'all' && a.of.some((part) => follows(part, b, budget, splits))) return true;
  if (b.kind !== 'any') return false;
  if (a.kind === 'literal' && keysIn(b).has(a.key)) return true;
  if (b.of.some((branch) => follows(a, branch, budget, splits))) return true;
  if (a.kind !== 'all' || splits <= 0) return false;
  // By cases: each branch of a choice, together with the rest.
  const at = a.of.findIndex((part) => part.kind === 'any' && part.of.length <= splits);
  const choice = a.of[at];
  if (choice?.kind !== 'any') return false;
  const rest = a.of.filter((_, index) => index !== at);
  return choice.of.every((branch) => follows(joined('all', [...rest, branch], a.span), b, budget, Math.floor(splits / choice.of.length)));
}

/** Whether two joined formulas are the same part for part, so that none need be compared with all others. */
const isAlike = (a: Formula, b: Formula): boolean =>
  (a.kind === 'all' || a.kind === 'any') && a.kind === b.kind && a.of.length === b.of.length && textOf(a) !== null && textOf(a) === textOf(b);

const TEXTS = new WeakMap<Formula, string | null>();

/** One text for formulas that are alike; null where a part is not read: of that nothing follows, not even itself. */
function textOf(formula: Formula): string | null {
  if (formula.kind === 'literal') return formula.key;
  if (formula.kind === 'unread') return null;
  let known = TEXTS.get(formula);
  if (known === undefined) {
    const parts = formula.of.map(textOf);
    TEXTS.set(formula, (known = parts.includes(null) ? null : `${formula.kind}(${parts.join('\n')})`));
  }
  return known;
}

const KEYS = new WeakMap<Formula, ReadonlySet<string>>();

/** The literals of a choice, so that one of thousands is found at once. */
function keysIn(choice: Extract<Formula, { kind: 'any' }>): ReadonlySet<string> {
  let known = KEYS.get(choice);
  if (known === undefined) KEYS.set(choice, (known = new Set(choice.of.flatMap((branch) => (branch.kind === 'literal' ? [branch.key] : [])))));
  return known;
}

/** Whether the one literal holds wherever the other does. */
export function literalFollows(a: Literal, b: Literal): boolean {
  if (a.field !== b.field || a.element !== b.element || (a.absent && !b.absent)) return false;
  if (a.key === b.key) return true;
  // A comparison that no event without the field meets says that there is a value.
  if (b.sign && b.set.kind === 'every') return !a.absent && (!b.set.filled || (a.sign && includesSet(b.set, a.set)));
  if (a.sign && b.sign) return includes(b, a);
  if (!a.sign && !b.sign) return includes(a, b);
  return a.sign && !b.sign && isApart(a, b);
}

/** Whether what one literal says of a path, or of the name of its file, makes the other's of the name or the path hold. */
function followsOfFile(a: Literal, b: Literal): boolean {
  if (b.set.kind === 'every') return false;
  if (fileNameField(a.field) === b.field) return saysOf(fileNamed(a), b);
  if (fileNameField(b.field) !== a.field) return false;
  return saysOf(pathEnding(a, b.field), b) || (leavesPlace(b) && saysOf(a, fileNamed(b)));
}

const saysOf = (a: Literal | null, b: Literal | null): boolean => a !== null && b !== null && literalFollows(a, b);

/** Whether what the two say of a path and of the name of its file excludes each other. */
function clashOfFile(a: Literal, b: Literal): boolean {
  const [path, name] = fileNameField(a.field) === b.field ? [a, b] : [b, a];
  if (fileNameField(path.field) !== name.field) return false;
  const [named, ending] = [fileNamed(path), pathEnding(name, path.field)];
  return (named !== null && literalsClash(named, name)) || (ending !== null && literalsClash(path, ending));
}

const NAME_OF_PATH = /^([^]*)[\\/]([^\\/\uE000\uE001]+)$/;

/** Whether a literal about a path says nothing but the name of its file. */
const leavesPlace = ({ set }: Literal): boolean => set.kind === 'pattern' && NAME_OF_PATH.exec(set.pattern)?.[1] === '\uE000';

/** What a literal about a path says of the name of its file; null: nothing. */
export function fileNamed(path: Literal): Literal | null {
  const field = fileNameField(path.field);
  // Not to be one path is to have any name.
  if (field === null || field === path.field || path.set.kind !== 'pattern' || (!path.sign && !leavesPlace(path))) return null;
  const name = NAME_OF_PATH.exec(path.set.pattern)?.[2];
  return name === undefined ? null : { ...path, field, set: patternSet(name) };
}

/** What a literal about the name of a file says of its path, which ends in it; null: nothing. */
const pathEnding = (name: Literal, field: string): Literal | null =>
  name.sign && name.set.kind === 'pattern' ? { ...name, field, set: patternSet(name.path ?? `\uE000${name.set.pattern}`.replace(/^\uE000+/, '\uE000')) } : null;

/** Whether the literal about a command line follows from one about an argument of it, where that may be taken to stand in it. */
function followsInLine(a: Literal, b: Literal, budget: Budget): boolean {
  if (!standsInLine(a, b)) return false;
  budget.lines = true;
  return true;
}

/** Whether an argument that meets the one literal, standing in its command line as it is, makes that meet the other. Quoted or escaped it would not. */
export function standsInLine(a: Literal, b: Literal): boolean {
  if (lineField(a.field) !== b.field || !a.sign || !b.sign || b.element !== null || a.set.kind !== 'pattern' || b.set.kind === 'every') return false;
  const { pattern } = a.set;
  return !/["'`\s\uE001]/.test(pattern) && includes(b, { ...a, set: patternSet(`\uE000${pattern}\uE000`.replace(/\uE000+/g, '\uE000')) });
}

/** Whether every value that `inner` names is one that `outer` names, letters' case as each minds it. */
function includes(outer: Literal, inner: Literal): boolean {
  if (outer.exact && !inner.exact) return false;
  return includesSet(outer.set, outer.exact === inner.exact ? inner.set : folded(inner.set));
}

/** Of several values one may fit each: only a field's one value cannot. */
const isApart = (a: Literal, b: Literal): boolean =>
  !a.many && !b.many && areApart(a.exact === b.exact ? rooted(a) : folded(rooted(a)), a.exact === b.exact ? rooted(b) : folded(rooted(b)));

const folded = (set: ValueSet): ValueSet =>
  set.kind === 'pattern' ? patternSet(set.pattern.toLowerCase()) : set.kind === 'word' ? { kind: 'word', text: set.text.toLowerCase() } : set;

/** Laying one pattern on another may take the product of their lengths: so many units of that are a step. */
const UNITS_A_STEP = 64;

/** Whether the budget has no room for comparing two literals; what that costs beyond a step is taken from it. */
function isTooDear({ set: a }: Literal, second: Literal, budget: Budget): boolean {
  const { set: b } = second;
  if (a.kind !== 'pattern' || b.kind !== 'pattern' || (a.inner !== null && b.inner !== null)) return false;
  return isSpent(budget, second, Math.floor((Math.min(a.pattern.length, LONGEST) * Math.min(b.pattern.length, LONGEST)) / UNITS_A_STEP));
}

/** Whether no event fires both; true is certain. */
export const contradicts = (a: Formula, b: Formula, budget: Budget = oneQuestion()): boolean => clash(a, b, budget);

function clash(a: Formula, b: Formula, budget: Budget): boolean {
  if (isSpent(budget, b)) return false;
  if (a.kind === 'any') return a.of.every((branch) => clash(branch, b, budget));
  if (b.kind === 'any') return b.of.every((branch) => clash(a, branch, budget));
  if (a.kind === 'all') {
    if (a.of.some((part) => clash(part, b, budget))) return true;
    // Each branch of a choice may be ruled out by another condition.
    return b.kind === 'all' && b.of.some((part) => part.kind === 'any' && clash(a, part, budget));
  }
  if (b.kind === 'all') return b.of.some((part) => clash(a, part, budget));
  if (a.kind === 'unread' || b.kind === 'unread' || (a.absent && b.absent)) return false;
  if (a.element !== null || b.element !== null) return false;
  if (a.field !== b.field) return budget.lines !== undefined && clashOfFile(a, b);
  return !isTooDear(a, b, budget) && literalsClash(a, b);
}

/** A path that has a drive in it begins with that, or with what leads to it: of two with other steps behind it none is both. */
const rooted = ({ field, set }: Literal): ValueSet =>
  set.kind === 'pattern' && set.isOpenBefore && isPath(field) && /^\uE000[a-z]:\\/i.test(set.pattern) ? patternSet(set.pattern.slice(1)) : set;
const isPath = (field: string): boolean => (fileNameField(field) ?? field) !== field;

/** Whether no value of their field meets both. */
const literalsClash = (a: Literal, b: Literal): boolean => (a.sign && b.sign ? isApart(a, b) : a.sign ? includes(b, a) : b.sign && includes(a, b));

/** Whether no event can fire it; true is certain. The two parts that exclude each other, or an empty choice. */
export function impossibleIn(formula: Formula, budget: Budget = oneQuestion()): readonly [Formula, Formula] | null {
  if (formula.kind === 'any') {
    if (formula.of.length === 0) return [formula, formula];
    const found = formula.of.map((part) => impossibleIn(part, budget));
    return found.every((pair) => pair !== null) ? found[0]! : null;
  }
  if (formula.kind !== 'all') return null;
  for (const [at, part] of formula.of.entries()) {
    const inner = impossibleIn(part, budget);
    if (inner !== null) return inner;
    for (let other = 0; other < at && budget.cutAt === undefined; other++) if (contradicts(formula.of[other]!, part, budget)) return [formula.of[other]!, part];
  }
  // Each side of a choice may be ruled out by another condition.
  for (const part of formula.of) {
    if (part.kind !== 'any' || part.of.length === 0) continue;
    const by = part.of.map((side) => (budget.cutAt === undefined ? formula.of.find((other) => other !== part && contradicts(other, side, budget)) : undefined));
    if (by.every((one) => one !== undefined)) return [by[0]!, part];
  }
  return null;
}
