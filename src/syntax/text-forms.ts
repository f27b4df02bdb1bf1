import type { GlobPart, Operand } from '../model';
import { base64Of, utf8Of } from './encoding';

/** A text, or the bytes of an encoded one, each as the character of its number. */
interface Form {
  readonly text: string;
  readonly isBytes?: true;
}

/** The dashes that Windows takes for one another. */
const DASHES = ['-', '/', '–', '—', '―'];
/** Of one value no more forms than this: five dashes at each of five places. */
const MOST = 3125;

type Encoding = (form: Form) => readonly Form[] | string;

/** Ways in which a value is looked for in other forms than it is written, by the names Sigma gives them. */
const FORMS: ReadonlyMap<string, Encoding> = new Map<string, Encoding>([
  ['windash', ({ text }) => dashed(text)],
  ['wide', (form) => [wide(form.text, true)]],
  ['utf16le', (form) => [wide(form.text, true)]],
  ['utf16be', (form) => [wide(form.text, false)]],
  ['utf16', (form) => [{ text: `\xff\xfe${wide(form.text, true).text}`, isBytes: true }]],
  ['base64', (form) => [{ text: base64Of(bytesOf(form)) }]],
  ['base64offset', (form) => [0, 1, 2].map((offset) => shifted(bytesOf(form), offset))],
]);

/**
 * Every form of a value that is looked for in forms, as globs; null: it is not such a value; a text: why it cannot be told.
 * A glob may hold such a value as a part (`*` around `base64offset(x)`).
 */
export function formsOf(operand: Operand): readonly (readonly GlobPart[])[] | string | null {
  if (operand.kind === 'call') return FORMS.has(operand.fn) ? partsOf(operand) : null;
  if (operand.kind !== 'glob' || !operand.parts.some((part) => typeof part === 'object' && 'of' in part && part.of.kind === 'call' && FORMS.has(part.of.fn)))
    return null;
  return partsOf(operand);
}

function partsOf(operand: Operand): readonly (readonly GlobPart[])[] | string {
  switch (operand.kind) {
    case 'literal':
      return [[{ text: operand.text }]];
    case 'glob': {
      let all: (readonly GlobPart[])[] = [[]];
      for (const part of operand.parts) {
        const forms = typeof part === 'object' && 'of' in part ? partsOf(part.of) : [[part]];
        if (typeof forms === 'string') return forms;
        if (all.length * forms.length > MOST) return 'a value with too many forms';
        all = all.flatMap((head) => forms.map((tail) => [...head, ...tail]));
      }
      return all;
    }
    case 'list': {
      const all: (readonly GlobPart[])[] = [];
      for (const item of operand.of) {
        const forms = partsOf(item);
        if (typeof forms === 'string') return forms;
        all.push(...forms);
      }
      return all;
    }
    case 'call': {
      // The innermost encoding comes first, so that its bytes are what the next one sees.
      const chain: Encoding[] = [];
      let inner: Operand = operand;
      while (inner.kind === 'call') {
        const encode = FORMS.get(inner.fn);
        if (encode === undefined) return `the function \`${inner.fn}\` in a value`;
        chain.unshift(encode);
        const [argument]: readonly Operand[] = inner.args;
        if (argument === undefined) return 'a value without a text';
        inner = argument;
      }
      const globs = partsOf(inner);
      if (typeof globs === 'string') return globs;
      const all: (readonly GlobPart[])[] = [];
      for (const parts of globs) {
        let forms: (readonly GlobPart[])[] = [[]];
        for (const part of parts) {
          const encoded = typeof part === 'object' && 'text' in part ? chained(chain, part.text) : [part];
          if (typeof encoded === 'string') return encoded;
          if (forms.length * encoded.length > MOST) return 'a value with too many forms';
          forms = forms.flatMap((head) => encoded.map((tail) => [...head, tail]));
        }
        all.push(...forms);
      }
      return all;
    }
    default:
      return 'a value that only the event knows, in another form';
  }
}

function chained(chain: readonly Encoding[], text: string): readonly GlobPart[] | string {
  let forms: readonly Form[] = [{ text }];
  for (const encode of chain) {
    const next: Form[] = [];
    for (const form of forms) {
      const encoded = encode(form);
      if (typeof encoded === 'string') return encoded;
      next.push(...encoded);
    }
    forms = next;
  }
  return forms.map(({ text: made }) => ({ text: made }));
}

/** Every combination of dashes where one begins a word and none ends before it. */
function dashed(text: string): readonly Form[] | string {
  const pieces = text.split(/\B[-/](?=\w)/);
  if (DASHES.length ** (pieces.length - 1) > MOST) return 'a value with too many dashes';
  let forms = [pieces[0]!];
  for (const piece of pieces.slice(1)) forms = forms.flatMap((head) => DASHES.map((dash) => head + dash + piece));
  return forms.map((form) => ({ text: form }));
}

function wide(text: string, isLittle: boolean): Form {
  let bytes = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const [low, high] = [String.fromCharCode(unit & 255), String.fromCharCode(unit >> 8)];
    bytes += isLittle ? low + high : high + low;
  }
  return { text: bytes, isBytes: true };
}

const bytesOf = ({ text, isBytes }: Form): string => (isBytes === true ? text : utf8Of(text));

/** What of the encoding does not depend on what stands before and after, the bytes being `offset` off a group of three. */
function shifted(bytes: string, offset: number): Form {
  const encoded = base64Of('\0'.repeat(offset) + bytes);
  const from = [0, 2, 3][offset]!;
  const rest = (bytes.length + offset) % 3;
  return { text: encoded.slice(from, encoded.length - [0, 3, 2][rest]!) };
}
