/** Many texts in lower case as one or two, so that a scan searches them all, or only those stretches that may hold what is looked for. */
export interface Haystack {
  readonly size: number;
  /** Texts with a character beyond Latin 1 stand apart: one such character makes all of a text wide, and a scan of it several times longer. */
  readonly parts: readonly Part[];
}

/** Texts laid end to end, a line break between two; so many neighbours make a block. */
export interface Part {
  readonly text: string;
  /** Where each entry begins; one more marks the end. */
  readonly starts: Int32Array;
  /** Which of all texts each entry is. */
  readonly numbers: readonly number[];
  /** The entry that each block begins with; one more marks the end. */
  readonly blocks: Int32Array;
  /** What runs of three characters each block has, as bits: two runs may share one. */
  readonly runs: Int32Array;
}

/** Characters of a block, at least. */
const BLOCK = 2048;
/** Numbers of 32 bits that say a block's runs. */
const WORDS = 128;

// eslint-disable-next-line no-control-regex
const WIDE = /[^\x00-\xff]/;

export function haystackOf(texts: readonly string[]): Haystack {
  const narrow: number[] = [];
  const wide: number[] = [];
  for (let at = 0; at < texts.length; at++) (WIDE.test(texts[at]!) ? wide : narrow).push(at);
  const parts = [
    partOf(
      narrow,
      narrow.map((at) => texts[at]!),
    ),
    partOf(
      wide,
      wide.map((at) => texts[at]!.toLowerCase()),
    ),
  ];
  return { size: texts.length, parts: parts.filter(({ numbers }) => numbers.length > 0) };
}

/** `texts`: such as are in lower case no longer than they are. */
function partOf(numbers: readonly number[], texts: readonly string[]): Part {
  // All at once takes half the time of one by one.
  const text = texts.join('\n').toLowerCase();
  const starts = new Int32Array(texts.length + 1);
  const blocks = [0];
  let block = 0;
  for (let entry = 0; entry < texts.length; entry++) {
    starts[entry + 1] = starts[entry]! + texts[entry]!.length + 1;
    if (starts[entry + 1]! - block < BLOCK && entry + 1 < texts.length) continue;
    blocks.push(entry + 1);
    block = starts[entry + 1]!;
  }
  const runs = new Int32Array((blocks.length - 1) * WORDS);
  for (let at = 0; at + 1 < blocks.length; at++) addRuns(runs, at * WORDS, text, starts[blocks[at]!]!, starts[blocks[at + 1]!]! - 1);
  return { text, starts, numbers, blocks: Int32Array.from(blocks), runs };
}

/** Sets the bits of a text's runs, from an offset to before another, in the numbers from `first` on. */
function addRuns(runs: Int32Array, first: number, text: string, from: number, to: number): void {
  let run = (text.charCodeAt(from) << 8) ^ text.charCodeAt(from + 1);
  for (let at = from + 2; at < to; at++) {
    run = (run << 8) ^ text.charCodeAt(at);
    // Spreads the last three characters over twelve bits.
    const bit = Math.imul(run & 0xffffff, 0x9e3779b1) >>> 20;
    runs[first + (bit >> 5)]! |= 1 << (bit & 31);
  }
}

/** The stretches of a part, from one entry to before another, in one of whose entries all of these texts may stand. */
export function* stretchesWith({ blocks, runs }: Part, texts: readonly string[]): Iterable<readonly [first: number, end: number]> {
  const wanted = new Int32Array(WORDS);
  for (const text of texts) addRuns(wanted, 0, text, 0, text.length);
  const words = [...wanted.keys()].filter((word) => wanted[word] !== 0);
  const mayHold = (block: number): boolean => words.every((word) => (runs[block * WORDS + word]! & wanted[word]!) === wanted[word]);
  for (let block = 0; block + 1 < blocks.length; block++) {
    if (!mayHold(block)) continue;
    const first = block;
    while (block + 2 < blocks.length && mayHold(block + 1)) block++;
    yield [blocks[first]!, blocks[block + 1]!];
  }
}
