import type { RegexDialect } from '../model';
import { type RegexPiece, classMembers } from '../syntax/regex';
import { type RegexNode, regexTree } from '../syntax/regex-tree';

/** Literals of which one must occur in every text that fits: a set for each demand. Only where letters stand one after another in the pattern. */
type Demands = readonly (readonly string[])[];

/** What every text has that an expression finds; `least`: the fewest UTF-16 units. */
interface Required {
  readonly sets: Demands;
  readonly least: number;
}

/** What one alternative is made of so far: its exact texts where they are few, and what it demands anyway. */
interface Part {
  /** Every text it can be; null: too many to list. */
  readonly exact: readonly string[] | null;
  readonly needs: Demands;
  readonly least: number;
}

const exactly = (exact: readonly string[]): Part => ({ exact, needs: [], least: shortestOf(exact) });
/** The length of the shortest; Infinity where there is none. */
export const shortestOf = (texts: readonly string[]): number => texts.reduce((least, text) => Math.min(least, text.length), Infinity);
const longer = (least: number): Part => ({ exact: null, needs: [], least });
const NOTHING = longer(0);
const ONE = longer(1);
const UNREAD: Required = { sets: [], least: 0 };
const MOST = 32;

/** Longer patterns are left unread: they demand nothing. */
const LONGEST = 4000;

const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };

/** Sets of literals, each with a member in every text that the expression finds. Total: what it does not read demands nothing. */
export function requiredOf(pattern: string, dialect: RegexDialect, flags = ''): Required {
  const tree = pattern.length > LONGEST ? null : regexTree(pattern, dialect, flags);
  if (tree === null) return UNREAD;

  const partOf = (node: RegexNode): Part => {
    switch (node.kind) {
      case 'choice':
        return oneOf(node.of.map(partOf));
      case 'sequence':
        return inOrder(node.of.map(partOf));
      case 'repeated':
        return node.by.reduce(repeated, partOf(node.of));
      case 'group':
        // What stands in a look is not in the text that is found, or not at its side.
        return node.open.group === 'look' || node.open.group === 'unknown' ? NOTHING : partOf(node.of);
      case 'char':
        return exactly([node.char]);
      case 'quote':
        return exactly([node.text]);
      case 'any':
        return ONE;
      case 'edge':
      case 'flags':
      case 'comment':
        return exactly(['']);
      case 'class': {
        const members = classMembers(pattern, node, dialect);
        const texts = members.flatMap((member) => (member.kind === 'char' && member.char !== '-' ? [member.char] : []));
        return !node.isNegated && texts.length === members.length && texts.length > 0 && texts.length <= 4 ? exactly(texts) : ONE;
      }
      case 'escape':
        return node.letter in CONTROLS ? exactly([CONTROLS[node.letter]!]) : 'dDsSwW'.includes(node.letter) ? ONE : NOTHING;
      case 'reference':
      case 'operator':
        return NOTHING;
      default:
        return node satisfies never;
    }
  };

  const whole = partOf(tree);
  return { sets: whole.exact !== null && !whole.exact.includes('') ? [...whole.needs, whole.exact] : whole.needs, least: whole.least };
}

/** Parts one after another: exact texts beside each other are one run of letters. */
function inOrder(parts: readonly Part[]): Part {
  let run: readonly string[] | null = [''];
  const needs: (readonly string[])[] = [];
  const end = (): void => {
    if (run !== null && run.every((text) => text !== '')) needs.push(run);
    run = [''];
  };
  let isExact = true;
  let least = 0;
  for (const part of parts) {
    for (const one of part.needs) needs.push(one);
    least += part.least;
    const joined: readonly string[] | null = part.exact === null || run === null ? null : crossed(run, part.exact);
    if (joined !== null) {
      run = joined;
      continue;
    }
    isExact = false;
    end();
    if (part.exact !== null) run = part.exact;
  }
  if (isExact) return { exact: run, needs, least };
  end();
  return { exact: null, needs, least };
}

/** What a quantifier behind it leaves of a part. */
function repeated(part: Part, { least, most }: Extract<RegexPiece, { kind: 'repeat' }>): Part {
  if (least === 0) return most === 1 && part.exact !== null && part.exact.length < 4 ? exactly([...part.exact, '']) : NOTHING;
  if (most === 1) return part;
  const needs = part.exact === null || part.exact.includes('') ? part.needs : [part.exact, ...part.needs];
  return { exact: null, needs, least: part.least * least };
}

/** Every text of one followed by every text of the other; null where there would be many. */
function crossed(a: readonly string[], b: readonly string[]): readonly string[] | null {
  if (a.length * b.length > MOST) return null;
  return a.flatMap((head) => b.map((tail) => head + tail));
}

/** One of several alternatives: each must have a demand, else the choice demands nothing. */
function oneOf(parts: readonly Part[]): Part {
  if (parts.every((part) => part.exact !== null)) {
    const exact = parts.flatMap((part) => part.exact!);
    if (exact.length <= MOST) return exactly(exact);
    return { exact: null, needs: exact.includes('') ? [] : [exact], least: shortestOf(exact) };
  }
  const least = parts.reduce((shortest, part) => Math.min(shortest, part.least), Infinity);
  const chosen: string[] = [];
  for (const part of parts) {
    const sets = part.exact === null || part.exact.includes('') ? part.needs : [...part.needs, part.exact];
    const best = sets.toSorted((a, b) => shortestOf(b) - shortestOf(a))[0];
    if (best === undefined) return longer(least);
    for (const one of best) chosen.push(one);
  }
  return { exact: null, needs: chosen.length > 400 ? [] : [chosen], least };
}
