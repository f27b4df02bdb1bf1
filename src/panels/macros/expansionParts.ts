import type { Expansion, MacroLeft, MacroText } from '../../model';

/** A stretch of an expansion: plain words in one colour, a macro's definition with its own parts, or a macro that stands as written. */
export type Part =
  | { readonly kind: 'words'; readonly start: number; readonly words: string; readonly className: string | undefined }
  | { readonly kind: 'added'; readonly macro: MacroText; readonly parts: readonly Part[] }
  | { readonly kind: 'left'; readonly macro: MacroLeft; readonly words: string };

/** Longer texts are shown without colours. */
const COLOURED = 40_000;

/** The text of an expansion from its start to its end, what each macro added inside its own part. Linear. */
export function partsOf({ text, tokens, added, left }: Expansion): readonly Part[] {
  const colours = text.length > COLOURED ? [] : tokens;
  let token = 0;
  let inner = 0;
  let stay = 0;

  const wordsTo = (parts: Part[], from: number, to: number): void => {
    for (let at = from; at < to;) {
      while (token < colours.length && colours[token]!.end <= at) token++;
      const colour = colours[token];
      const isInside = colour !== undefined && colour.start <= at;
      const next = Math.min(to, isInside ? colour.end : (colour?.start ?? to));
      parts.push({ kind: 'words', start: at, words: text.slice(at, next), className: isInside ? `t-${colour.type}` : undefined });
      at = next;
    }
  };
  const partsTo = (from: number, to: number, depth: number): readonly Part[] => {
    const parts: Part[] = [];
    let at = from;
    for (;;) {
      const macro = added[inner];
      const kept = left[stay];
      const isNext = macro !== undefined && macro.depth === depth && macro.end <= to && (kept === undefined || macro.start <= kept.start);
      if (isNext) {
        wordsTo(parts, at, macro.start);
        inner++;
        parts.push({ kind: 'added', macro, parts: partsTo(macro.start, macro.end, depth + 1) });
        at = macro.end;
      } else if (kept !== undefined && kept.end <= to) {
        wordsTo(parts, at, kept.start);
        stay++;
        parts.push({ kind: 'left', macro: kept, words: text.slice(kept.start, kept.end) });
        at = kept.end;
      } else break;
    }
    wordsTo(parts, at, to);
    return parts;
  };
  return partsTo(0, text.length, 0);
}

/** A macro that was written out, once for all its places. */
export interface AddedRow {
  readonly call: string;
  readonly isOwn: boolean;
  readonly times: number;
  /** The macro whose definition it stands in; '' for one of the query's own. */
  readonly inside: string;
  readonly text: string;
}

/** What was written out, in order of first appearance. */
export function addedRows({ text, added }: Expansion): readonly AddedRow[] {
  const rows = new Map<string, AddedRow>();
  const path: MacroText[] = [];
  for (const macro of added) {
    path.length = macro.depth;
    const { call, isOwn } = macro;
    const inside = path.at(-1)?.name ?? '';
    path.push(macro);
    const key = `${inside}\u0000${call}`;
    const known = rows.get(key);
    rows.set(key, known === undefined ? { call, isOwn, times: 1, inside, text: text.slice(macro.start, macro.end) } : { ...known, times: known.times + 1 });
  }
  return [...rows.values()];
}

/** The distinct calls that stand as written for this reason, in order. */
export const leftFor = ({ left }: Expansion, why: MacroLeft['why']): readonly MacroLeft[] => [
  ...new Map(left.filter((macro) => macro.why === why).map((macro) => [macro.call, macro])).values(),
];
