import { type OddCharacter, oddCharactersOf, remarkOnOdd, unmeantIn } from '../../../syntax/odd-characters';
import { type Remarks, replacing } from '../diagnostics';
import { type Chain, MODIFIERS } from '../parse/modifiers';
import { plainNumber } from '../parse/number';
import { placeInKey, type SigmaEntry, type SigmaScalar } from '../parse/yaml-node';

/** Slips of the pen that YAML or Sigma reads as something else than was meant. */
export function lintWritten(entry: SigmaEntry, field: string, chain: Chain, remarks: Remarks): void {
  lintColon(entry, field, remarks);
  if (remarks.mayBeOdd) for (const odd of onePerKind(oddCharactersOf(remarks.text, entry.keySpan))) remarkOdd(odd, remarks);
  const wide = chain.links.find(({ written }) => written === 'utf16le');
  if (wide !== undefined) {
    const start = field.length + wide.at;
    const span = placeInKey(entry, start, start + wide.written.length);
    const message = "`utf16le` is the specification's name; pySigma and what is built on it know it as `wide` alone.";
    remarks.remark('sigma/utf16le', span, message, replacing('Write wide', span, 'wide'));
  }
  const values = entry.value.kind === 'seq' ? entry.value.items : [entry.value];
  for (const value of values) if (value.kind === 'scalar') lintScalar(value, entry, remarks);
}

/** `Image:endswith: x`, where a bar was meant. */
/** Modifiers that are no part of a field's own name. */
const DOTTED: ReadonlySet<string> = new Set(['contains', 'startswith', 'endswith', 'base64offset', 'windash', 'cidr']);

function lintColon(entry: SigmaEntry, field: string, remarks: Remarks): void {
  const colon = Math.max(field.lastIndexOf(':'), field.lastIndexOf('.'));
  const word = field.slice(colon + 1);
  if (colon <= 0 || (field[colon] === ':' ? !MODIFIERS.has(word) : !DOTTED.has(word))) return;
  const span = placeInKey(entry, colon, colon + 1);
  const message = `A bar stands before a modifier: \`${field.slice(0, colon)}|${word}\`. With a ${field[colon] === ':' ? 'colon' : 'dot'} this is a field of that name.`;
  remarks.remark('sigma/colon-modifier', span, message, replacing('Write a bar', span, '|'));
}

function lintScalar(scalar: SigmaScalar, entry: SigmaEntry, remarks: Remarks): void {
  const { text, span, style, type } = scalar;
  if (type === 'number' && style === 'plain' && !/^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) {
    const plain = plainNumber(text);
    if (plain !== text.replace(/^\+/, '')) {
      const message = `YAML reads this number as ${plain}, and so do the converters, which a field with the text ${text} never equals. Quote it if the text is meant.`;
      remarks.remark('sigma/number-base', span, message, replacing('Quote it', span, `'${text}'`));
    }
  }
  if (type !== 'string' || style === 'alias') return;
  if (style === 'plain') lintPlain(scalar, entry, remarks);
  if (remarks.mayBeOdd) for (const odd of onePerKind(unmeantIn(remarks.text, span))) remarkOdd(odd, remarks);
}

/** What stands without quotes: a dash without its blank, curly quotes that quote nothing. */
function lintPlain({ text, span }: SigmaScalar, entry: SigmaEntry, remarks: Remarks): void {
  const isOnItsOwnLine = span.start > entry.keySpan.end && /^:[ \t]*\r?\n[ \t]*$/.test(remarks.text.slice(entry.keySpan.end, span.start));
  if (isOnItsOwnLine && /^-[^\s-]/.test(text)) {
    const at = { start: span.start + 1, end: span.start + 1 };
    const message = 'A blank is missing after this dash: YAML reads all of it as one text, not as a list.';
    remarks.remark('sigma/dash-without-blank', { start: span.start, end: span.start + 1 }, message, replacing('Insert a blank', at, ' '));
  }
  const [, open, inner, close] = /^([\u2018-\u201f\u00ab\u00b4])(.*)([\u2018-\u201f\u00bb\u00b4])$/s.exec(text) ?? [];
  if (open === undefined || inner === undefined || close === undefined || inner === '') return;
  const message = `${open} and ${close} quote nothing: they are part of the value, which is sought with them.`;
  const isOneLine = span.end - span.start === text.length;
  remarks.remark('sigma/curly-quotes', span, message, isOneLine ? replacing('Write straight quotes', span, `'${inner.replaceAll("'", "''")}'`) : undefined);
}

/** The first of each kind: one text that holds many is one slip. */
const onePerKind = (odd: readonly OddCharacter[]): readonly OddCharacter[] => {
  const kinds = new Set<string>();
  return odd.filter(({ kind }) => !kinds.has(kind) && kinds.add(kind));
};

export function remarkOdd(odd: OddCharacter, remarks: Remarks): void {
  const { message, fix } = remarkOnOdd(odd);
  remarks.remark('sigma/odd-character', odd.span, message, fix);
}
