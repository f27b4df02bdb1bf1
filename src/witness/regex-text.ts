import type { Regex } from '../model';
import { type RegexNode, regexTree } from '../syntax/regex-tree';
import { charFitting } from './regex-chars';

/** A stretch of text a value must have: at its beginning, at its end, or anywhere. At both: it is the value. */
export interface Piece {
  readonly text: string;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** A text that a regular expression finds; in pieces where it leaves open what stands between them. */
interface RegexText {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** More choices than these are not tried one after another. */
const MOST_VARIANTS = 48;
const LONGEST_TEXT = 4000;
/** So many nodes of an expression are gone through for a text: what is repeated may be empty. */
const MOST_STEPS = 10_000;

/** Texts for groups of an expression, by their number or name. */
type Filled = ReadonlyMap<number | string, string>;

type Pattern = Pick<Regex, 'text' | 'dialect' | 'flags' | 'whole'>;

/** Texts of expressions that were asked for lately, and what gives further ones: a search asks for the same again and again. */
const LATELY = new Map<string, { readonly texts: RegexText[]; readonly more: Iterator<RegexText> }>();
const MOST_LATELY = 100;

/** Small texts that fit, the plainest first, with texts for groups where they are given; none where the expression holds what is not read here. */
export function* regexTexts(regex: Pattern, filled: Filled = new Map()): Generator<RegexText> {
  const key = JSON.stringify([regex.text, regex.dialect, regex.flags, regex.whole === true, ...filled]);
  let lately = LATELY.get(key);
  if (lately === undefined) {
    if (LATELY.size >= MOST_LATELY) LATELY.clear();
    LATELY.set(key, (lately = { texts: [], more: textsOf(regex, filled) }));
  }
  const { texts, more } = lately;
  for (let at = 0; ; at++) {
    if (at === texts.length) {
      const next = more.next();
      if (next.done === true) return;
      texts.push(next.value);
    }
    yield texts[at]!;
  }
}

function* textsOf({ text: source, dialect, flags, whole }: Pattern, filled: Filled): Generator<RegexText> {
  const tree = regexTree(source, dialect, flags);
  if (tree === null) return;
  const known = new Map<RegexNode, string | null>();
  const plainest = (leaf: RegexNode): string | null => {
    let text = known.get(leaf);
    if (text === undefined) known.set(leaf, (text = leafText(source, leaf, dialect)));
    return text;
  };
  const seen = new Set<string>();
  for (let variant = 0; variant < MOST_VARIANTS; variant++) {
    const pieces = sample(tree, variant, filled, plainest, whole === true);
    const text = pieces?.map((piece) => piece.text).join('') ?? '';
    if (pieces === null || seen.has(text)) continue;
    seen.add(text);
    yield { text, pieces };
  }
}

/** The plainest text of what has no parts; null where it is not read. */
function leafText(source: string, leaf: RegexNode, dialect: Regex['dialect']): string | null {
  switch (leaf.kind) {
    case 'char':
      return leaf.char;
    case 'quote':
      return leaf.text;
    case 'edge':
    case 'flags':
    case 'comment':
      return '';
    case 'operator':
      // Any text, in Lucene.
      return leaf.sign === '@' ? '' : null;
    case 'any':
    case 'class':
    case 'escape':
      return charFitting(source, leaf, dialect);
    default:
      return null;
  }
}

/** Whether it may be any of so many characters that others can stand there too. */
const isBroad = (node: RegexNode): boolean =>
  node.kind === 'any' || (node.kind === 'class' && node.isNegated) || (node.kind === 'escape' && 'SWD'.includes(node.letter) && node.letter !== '');

/** One text of the tree in pieces; each choice takes its share of the variant's number. Null: it would be too long, or holds what is not read. */
function sample(tree: RegexNode, variant: number, filled: Filled, plainest: (leaf: RegexNode) => string | null, isWhole: boolean): readonly Piece[] | null {
  let left = variant;
  const choose = (count: number): number => {
    const chosen = left % count;
    left = Math.floor(left / count);
    return chosen;
  };
  const pieces: Piece[] = [];
  let [text, atStart, atEnd] = ['', isWhole, isWhole];
  let [steps, length] = [0, 0];
  const put = (more: string): boolean => {
    text += more;
    length += more.length;
    return length <= LONGEST_TEXT;
  };
  /** Ends a piece: behind it anything may stand. */
  const open = (): void => {
    if (text !== '') pieces.push({ text, atStart, atEnd: false });
    [text, atStart] = ['', false];
  };
  /** Whether the node's text is put behind what is there. */
  const visit = (node: RegexNode): boolean => {
    if (++steps > MOST_STEPS) return false;
    switch (node.kind) {
      case 'sequence':
        return node.of.every(visit);
      case 'choice':
        return visit(node.of[choose(node.of.length)]!);
      case 'group': {
        const { group, name } = node.open;
        if (group !== 'capture' && group !== 'plain') return false;
        const given = node.number === 0 ? undefined : (filled.get(node.number) ?? filled.get(name));
        return given === undefined ? visit(node.of) : put(given);
      }
      case 'repeated': {
        // A run that may be empty is left out at first, then there once.
        const count = node.by.reduce((times, { least, most }) => times * (most > least ? least + choose(2) : least), 1);
        for (let turn = 0; turn < count; turn++) if (!visit(node.of)) return false;
        if (isBroad(node.of) && node.by.some(({ most }) => most === Infinity)) open();
        return true;
      }
      default: {
        if (node.kind === 'edge') {
          atStart ||= length === 0 && pieces.length === 0 && /[\^A]/.test(node.sign);
          atEnd ||= /[$zZ]/.test(node.sign);
        }
        const own = plainest(node);
        return own !== null && put(own);
      }
    }
  };
  if (!visit(tree)) return null;
  return text !== '' || pieces.length === 0 ? [...pieces, { text, atStart, atEnd }] : pieces;
}
