import type { Naming, Span, Stage } from '../model';

/** The words of a text by what they are to a column's name. */
export interface Said {
  /** Every place that says a column, by its name, without quotes. */
  readonly places: ReadonlyMap<string, readonly Span[]>;
  /** Names of which it is not told everywhere what they mean, with why. */
  readonly doubts: ReadonlyMap<string, string>;
  /** Patterns that mean every name they fit. */
  readonly patterns: readonly RegExp[];
  /** Why no name is sure; null: some are. */
  readonly unsure: string | null;
  /** Words of the language, in small letters, which no column may be called. */
  readonly reserved: readonly string[];
}

/** A column that a step makes. */
interface MadeColumn {
  readonly name: string;
  /** What gives it its name. */
  readonly span: Span;
  /** Where rows are read that do not have it yet. */
  readonly reads: Span;
}

/** The columns that steps say they make. */
export const madeBy = (stages: readonly Stage[]): readonly MadeColumn[] =>
  stages.flatMap(({ kind, span: step, derives }) =>
    // Assignments are worked out one after the other, every other step all at once.
    (derives ?? []).map(({ name, span, expression }) => ({ name, span, reads: kind === 'eval' ? { start: step.start, end: expression.end } : step })),
  );

/** More names than these are not told apart by one form, nor are as many patterns. */
const [MOST_NAMES, MOST_PATTERNS] = [1_000, 50];
/** Names in longer patterns are not looked for. */
const LONGEST_PATTERN = 2_000;
const PLAIN = /^[A-Za-z_][\w.]*$/;
const escaped = (name: string): string => name.replace(/[^\w]/g, '\\$&');

/** A name with stars as the names it means. */
export const starredName = (name: string): RegExp => new RegExp(`^${name.split('*').map(escaped).join('.*')}$`);

/**
 * The columns that a query makes, each with every place that says it. It has another name only where all of them are known: none before it is made, when the
 * events' own field would be meant, and none in doubt. `isBare`: what stands at a place is a name, and no function.
 */
export function columnNamings(
  text: string,
  steps: readonly MadeColumn[],
  { places, doubts, patterns, unsure, reserved }: Said,
  isBare: (place: Span) => boolean,
): readonly Naming[] {
  const made = grouped(steps.toSorted((a, b) => a.span.start - b.span.start).map((one) => ({ ...one, place: nameIn(text, one.span, one.name, isBare) })));
  const words = reserved.flatMap((word) => [word, word.toUpperCase()]);
  const taken = new Set([...words, ...made.keys(), ...places.keys(), ...doubts.keys()]);
  const isMuch = taken.size > MOST_NAMES || patterns.length > MOST_PATTERNS;
  const others = isMuch ? '' : `(?!(?:${[...taken].map(escaped).join('|')})$)${patterns.map(({ source }) => `(?!${source.slice(1)})`).join('')}`;
  return [...made].map(([name, columns]): Naming => {
    const { place, reads } = columns[0]!;
    const said = places.get(name) ?? [];
    const fixed = isMuch
      ? 'There are too many names here to tell which one is free.'
      : !PLAIN.test(name)
        ? 'A name with such signs is not written alike in every place.'
        : columns.some((one) => one.place === null)
          ? 'It gets its name from what it is made of, not from a word of its own.'
          : (unsure ??
            doubts.get(name) ??
            (patterns.some((pattern) => pattern.test(name)) ? 'A pattern with a star means it too.' : null) ??
            (said.some(({ start }) => start < reads.end && start !== place?.start)
              ? 'The events may have a field of this name too: which of them is meant differs from place to place.'
              : null));
    const all = [...said, ...columns.flatMap((one) => (one.place === null ? [] : [one.place]))];
    const uses = [...new Map(all.map((span) => [span.start, span])).values()].filter(({ start }) => start !== place?.start);
    return {
      name,
      kind: 'column',
      definition: place,
      uses: uses.toSorted((a, b) => a.start - b.start),
      leaves: true,
      ...(fixed === null ? null : { fixed }),
      form: `${others}[A-Za-z_]\\w*`,
    };
  });
}

function grouped<T extends { readonly name: string }>(all: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(one.name);
    if (group === undefined) groups.set(one.name, [one]);
    else group.push(one);
  }
  return groups;
}

/** Where a name is written in what makes it: as it is, in quotes, or as a group or key of a pattern. */
function nameIn(text: string, { start, end }: Span, name: string, isBare: (place: Span) => boolean): Span | null {
  const written = text.slice(start, end);
  const quote = /^["'`]/.test(written) ? 1 : 0;
  const bare = { start: start + quote, end: end - quote };
  if (text.slice(bare.start, bare.end) === name) return isBare(bare) ? bare : null;
  if (written.length > LONGEST_PATTERN) return null;
  const found = [...written.matchAll(new RegExp(`(?:\\(\\?P?<|%\\{|:)${escaped(name)}(?=[>}:])`, 'g'))];
  if (found.length !== 1) return null;
  const at = start + found[0]!.index + found[0]![0].length - name.length;
  return { start: at, end: at + name.length };
}
