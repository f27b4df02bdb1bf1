import type { Regex } from '../model';
import { type RegexNode, regexTree } from '../syntax/regex-tree';
import { charFitting } from './regex-chars';

/** A text that a regular expression finds, and whether nothing may stand before or after it. */
interface RegexText {
  readonly text: string;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** More choices than these are not tried one after another. */
const MOST_VARIANTS = 48;
const LONGEST_TEXT = 4000;
/** So many nodes of an expression are gone through for a text: what is repeated may be empty. */
const MOST_STEPS = 10_000;

/** Texts for groups of an expression, by their number or name. */
type Filled = ReadonlyMap<number | string, string>;

/** Small texts that fit, the plainest first, with texts for groups where they are given; none where the expression holds what is not read here. */
export function* regexTexts(
  { text: source, dialect, flags, whole }: Pick<Regex, 'text' | 'dialect' | 'flags' | 'whole'>,
  filled: Filled = new Map(),
): Generator<RegexText> {
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
    const made = sample(tree, variant, filled, plainest);
    if (made === null || seen.has(made.text)) continue;
    seen.add(made.text);
    yield whole === true ? { text: made.text, atStart: true, atEnd: true } : made;
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

/** One text of the tree; each choice takes its share of the variant's number. Null: it would be too long, or holds what is not read. */
function sample(tree: RegexNode, variant: number, filled: Filled, plainest: (leaf: RegexNode) => string | null): RegexText | null {
  let left = variant;
  const choose = (count: number): number => {
    const chosen = left % count;
    left = Math.floor(left / count);
    return chosen;
  };
  let [text, atStart, atEnd] = ['', false, false];
  let steps = 0;
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
        if (given === undefined) return visit(node.of);
        text += given;
        return true;
      }
      case 'repeated': {
        // A run that may be empty is left out at first, then there once.
        const count = node.by.reduce((times, { least, most }) => times * (most > least ? least + choose(2) : least), 1);
        for (let turn = 0; turn < count; turn++) if (!visit(node.of)) return false;
        return true;
      }
      default: {
        if (node.kind === 'edge') {
          atStart ||= text === '' && /[\^A]/.test(node.sign);
          atEnd ||= /[$zZ]/.test(node.sign);
        }
        const own = plainest(node);
        text += own ?? '';
        return own !== null && text.length <= LONGEST_TEXT;
      }
    }
  };
  return visit(tree) ? { text, atStart, atEnd } : null;
}
