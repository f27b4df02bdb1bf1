import type { Fix, Span } from '../model';

/**
 * What an odd character is: `invisible` takes no room, `bidirectional` changes the order in which text is drawn, `blank` looks like a space and is none,
 * `quote` and `dash` look like those of a keyboard, `look-alike` is a letter of another script within a word of Latin letters.
 */
type OddKind = 'invisible' | 'bidirectional' | 'blank' | 'quote' | 'dash' | 'look-alike';

/** A character that reads as another, or as nothing. */
export interface OddCharacter {
  readonly span: Span;
  readonly kind: OddKind;
  /** `U+200B zero width space`. */
  readonly name: string;
  /** What was most likely meant: '' for what is invisible. */
  readonly plain: string;
}

/** Everything odd by its code point, but letters: kind, name, what is meant. Names are Unicode's. */
const ODD = new Map<number, readonly [kind: OddKind, name: string, plain: string]>([
  [0xad, ['invisible', 'soft hyphen', '']],
  [0x34f, ['invisible', 'combining grapheme joiner', '']],
  [0x115f, ['invisible', 'hangul choseong filler', '']],
  [0x1160, ['invisible', 'hangul jungseong filler', '']],
  [0x180e, ['invisible', 'mongolian vowel separator', '']],
  [0x200b, ['invisible', 'zero width space', '']],
  [0x200c, ['invisible', 'zero width non-joiner', '']],
  [0x200d, ['invisible', 'zero width joiner', '']],
  [0x2060, ['invisible', 'word joiner', '']],
  [0x2061, ['invisible', 'function application', '']],
  [0x2062, ['invisible', 'invisible times', '']],
  [0x2063, ['invisible', 'invisible separator', '']],
  [0x2064, ['invisible', 'invisible plus', '']],
  [0x3164, ['invisible', 'hangul filler', '']],
  [0xfeff, ['invisible', 'zero width no-break space', '']],
  [0xffa0, ['invisible', 'halfwidth hangul filler', '']],
  [0x61c, ['bidirectional', 'arabic letter mark', '']],
  [0x200e, ['bidirectional', 'left-to-right mark', '']],
  [0x200f, ['bidirectional', 'right-to-left mark', '']],
  [0x202a, ['bidirectional', 'left-to-right embedding', '']],
  [0x202b, ['bidirectional', 'right-to-left embedding', '']],
  [0x202c, ['bidirectional', 'pop directional formatting', '']],
  [0x202d, ['bidirectional', 'left-to-right override', '']],
  [0x202e, ['bidirectional', 'right-to-left override', '']],
  [0x2066, ['bidirectional', 'left-to-right isolate', '']],
  [0x2067, ['bidirectional', 'right-to-left isolate', '']],
  [0x2068, ['bidirectional', 'first strong isolate', '']],
  [0x2069, ['bidirectional', 'pop directional isolate', '']],
  [0x85, ['blank', 'next line', ' ']],
  [0xa0, ['blank', 'no-break space', ' ']],
  [0x1680, ['blank', 'ogham space mark', ' ']],
  ...[
    'en quad',
    'em quad',
    'en space',
    'em space',
    'three-per-em space',
    'four-per-em space',
    'six-per-em space',
    'figure space',
    'punctuation space',
    'thin space',
    'hair space',
  ].map((name, at) => [0x2000 + at, ['blank', name, ' ']] as const),
  [0x2028, ['blank', 'line separator', '\n']],
  [0x2029, ['blank', 'paragraph separator', '\n']],
  [0x202f, ['blank', 'narrow no-break space', ' ']],
  [0x205f, ['blank', 'medium mathematical space', ' ']],
  [0x3000, ['blank', 'ideographic space', ' ']],
  [0xab, ['quote', 'left-pointing double angle quotation mark', '"']],
  [0xb4, ['quote', 'acute accent', "'"]],
  [0xbb, ['quote', 'right-pointing double angle quotation mark', '"']],
  [0x2018, ['quote', 'left single quotation mark', "'"]],
  [0x2019, ['quote', 'right single quotation mark', "'"]],
  [0x201a, ['quote', 'single low-9 quotation mark', "'"]],
  [0x201b, ['quote', 'single high-reversed-9 quotation mark', "'"]],
  [0x201c, ['quote', 'left double quotation mark', '"']],
  [0x201d, ['quote', 'right double quotation mark', '"']],
  [0x201e, ['quote', 'double low-9 quotation mark', '"']],
  [0x201f, ['quote', 'double high-reversed-9 quotation mark', '"']],
  [0x2032, ['quote', 'prime', "'"]],
  [0x2033, ['quote', 'double prime', '"']],
  [0x2010, ['dash', 'hyphen', '-']],
  [0x2011, ['dash', 'non-breaking hyphen', '-']],
  [0x2012, ['dash', 'figure dash', '-']],
  [0x2013, ['dash', 'en dash', '-']],
  [0x2014, ['dash', 'em dash', '-']],
  [0x2015, ['dash', 'horizontal bar', '-']],
  [0x2212, ['dash', 'minus sign', '-']],
]);

/** Letters of other scripts drawn as Latin ones, by script; the two texts stand letter under letter. */
const LETTERS = [
  ['cyrillic', 'АВЕКМНОРСТХІЅЈЬУаеорсухіѕјһԁԛԝкмтпгѵ', 'ABEKMHOPCTXISJbYaeopcyxisjhdqwkmtnrv'],
  ['greek', 'ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυκτ', 'ABEZHIKMNOPTYXaivopukt'],
  ['armenian', 'օսոհցՕԼՏ', 'ouhhgOLS'],
] as const;

const LOOK_ALIKES = new Map(
  LETTERS.flatMap(([script, foreign, latin]) =>
    [...foreign].map((letter, at): readonly [number, readonly [string, string]] => [
      letter.codePointAt(0)!,
      [`${script} letter like ${latin[at]!}`, latin[at]!],
    ]),
  ),
);

// oxlint-disable-next-line no-control-regex
const WORTH_READING = /[^\t\n\r\x20-\x7e]/;

/** Whether a text has nothing but characters of a keyboard, which are never odd. */
export const isPlain = (text: string): boolean => !WORTH_READING.test(text);

const WORD = /[\p{L}\p{M}\p{N}_]+/gu;
const EMOJI_BEFORE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{fe0f}\u{20e3}]$/u;

/** Every odd character of a text, or of a stretch of it, in order. Time linear in the stretch's length. */
export function oddCharactersOf(text: string, { start, end }: Span = { start: 0, end: text.length }): readonly OddCharacter[] {
  const stretch = text.slice(start, end);
  if (isPlain(stretch)) return [];
  const found: OddCharacter[] = [];
  const put = (at: number, length: number, kind: OddKind, code: number, name: string, plain: string): void =>
    void found.push({
      span: { start: start + at, end: start + at + length },
      kind,
      name: `U+${code.toString(16).toUpperCase().padStart(4, '0')} ${name}`,
      plain,
    });
  let isFlag = false;
  for (let at = 0; at < stretch.length;) {
    const code = stretch.codePointAt(at)!;
    const length = code > 0xffff ? 2 : 1;
    if (code < 0xe0000 || code > 0xe007f) isFlag = false;
    const odd = ODD.get(code);
    if (odd !== undefined) {
      // Emoji are joined by it.
      if (code !== 0x200d || !EMOJI_BEFORE.test(stretch.slice(Math.max(0, at - 2), at))) put(at, length, odd[0], code, odd[1], odd[2]);
    } else if (code >= 0xe0000 && code <= 0xe007f) {
      // Flags of regions are spelt with them behind a flag.
      isFlag ||= EMOJI_BEFORE.test(stretch.slice(Math.max(0, at - 2), at));
      if (!isFlag) put(at, length, 'invisible', code, 'tag character', '');
    } else if (code < 32 ? code !== 9 && code !== 10 && code !== 13 : code >= 0x7f && code < 0xa0) put(at, length, 'invisible', code, 'control character', '');
    else if (code >= 0xff01 && code <= 0xff5e) put(at, length, 'look-alike', code, 'fullwidth form', String.fromCharCode(code - 0xfee0));
    at += length;
  }
  for (const { 0: word, index } of stretch.matchAll(WORD)) {
    if (!/[A-Za-z]/.test(word)) continue;
    for (let at = 0; at < word.length; at++) {
      const look = LOOK_ALIKES.get(word.charCodeAt(at));
      if (look !== undefined) put(index + at, 1, 'look-alike', word.charCodeAt(at), look[0], look[1]);
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/**
 * Those that can hardly be meant within a value: a value that is nothing but odd characters (and wildcards, quotes) looks for them,
 * and typographic quotes and dashes stand in texts.
 */
export function unmeantIn(text: string, span: Span): readonly OddCharacter[] {
  const odd = oddCharactersOf(text, span);
  if (odd.length === 0) return odd;
  const others = text.slice(span.start, span.end).replace(/[\s*?'"%.()[\]|^$\\-]/g, '').length;
  const taken = odd.reduce((sum, one) => sum + one.span.end - one.span.start, 0);
  return others <= taken ? [] : odd.filter(({ kind }) => kind !== 'quote' && kind !== 'dash');
}

const SAID: Readonly<Record<OddKind, string>> = {
  invisible: 'is not seen, and part of the text',
  bidirectional: 'changes the order in which the text is drawn, not the text',
  blank: 'looks like a space and is none',
  quote: 'is no quote to a query',
  dash: 'is no hyphen',
  'look-alike': 'only looks like the Latin letter',
};

/** A sentence on one odd character, and what puts it right. */
export function remarkOnOdd({ span, kind, name, plain }: OddCharacter): { readonly message: string; readonly fix: Fix } {
  const written = plain.trim() === '' ? 'a space' : `\`${plain}\``;
  return {
    message: `${name} ${SAID[kind]}.`,
    fix: { title: plain === '' ? 'Remove it' : `Write ${written}`, edits: [{ span: { start: span.start, end: span.end }, text: plain }] },
  };
}
