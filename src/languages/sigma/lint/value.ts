import type { Span } from '../../../model';
import type { Code, Remarks } from '../diagnostics';
import { replacing } from '../diagnostics';
import { type Chain, type Link, MODIFIERS, type ValueKind } from '../parse/modifiers';
import { problemOfStrictNetwork } from '../../../syntax/network';
import { placeInKey, type SigmaEntry, type SigmaScalar } from '../parse/yaml-node';
import { checkRegex } from './regex';
import { decodePattern } from '../parse/pattern';

const NAMES: Readonly<Record<ValueKind, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
  regex: 'a regular expression',
  network: 'a network',
  field: 'a field reference',
  comparison: 'a comparison',
  presence: 'a presence test',
  'time-part': 'a part of a time',
};

/** Modifiers that add wildcards. */
const STARRED: ReadonlySet<string> = new Set(['contains', 'startswith', 'endswith']);

/** Follows one value through the modifiers of its key and remarks the first step that does not fit; false where nobody can tell what the whole means. */
export function checkValue(chain: Chain, scalar: SigmaScalar, entry: SigmaEntry, remarks: Remarks): boolean {
  const wrong = (code: Code, span: Span, message: string): false => {
    remarks.remark(code, span, message);
    return false;
  };
  let kind: ValueKind = scalar.type;
  let hasWild = false;
  let isFirst = true;
  for (const link of chain.links) {
    const modifier = link.modifier!;
    if (modifier.first === true && !isFirst) {
      return wrong('sigma/modifier-order', placeOf(link, entry), `\`${link.written}\` works on the value as written and must be the first modifier.`);
    }
    isFirst = false;
    if (modifier.takes === null) continue;
    if (modifier.name === 'exists' && entry.key.startsWith('|')) {
      return wrong('sigma/value-type', placeOf(link, entry), '`exists` asks for a field; none is named before it.');
    }
    if (!modifier.takes.includes(kind)) {
      explainKind(link, kind, scalar, entry, modifier.takes, remarks);
      return false;
    }
    if (kind === 'regex' && scalar.type !== 'string' && (modifier.name === 'expand' || STARRED.has(modifier.name))) {
      return wrong('sigma/value-type', scalar.span, `\`${link.written}\` takes a regular expression written as text; this is ${NAMES[scalar.type]}.`);
    }
    if (kind === 'string') {
      if (modifier.plain === true && (hasWild || decodePattern(scalar.text).wild.length > 0)) {
        return wrong(
          'sigma/value-type',
          hasWild ? placeOf(link, entry) : scalar.span,
          hasWild
            ? `\`${link.written}\` cannot encode wildcards; write it before the modifier that adds them.`
            : `\`${link.written}\` takes a value without wildcards; write \\* or \\? for the character itself.`,
        );
      }
      // oxlint-disable-next-line no-control-regex
      if (modifier.ascii === true && /[^\x00-\x7f]/.test(scalar.text)) {
        return wrong('sigma/value-type', scalar.span, `\`${link.written}\` takes ASCII characters only.`);
      }
      if (STARRED.has(modifier.name)) hasWild = true;
      if (modifier.name === 'cidr') {
        const problem = problemOfStrictNetwork(scalar.text);
        if (problem !== null) remarks.remark('sigma/bad-network', scalar.span, `Not a network: ${problem}. Expected is a form such as 10.0.0.0/8 or fd00::/8.`);
      }
    }
    kind = modifier.gives ?? kind;
    if (modifier.name === 're') {
      const { problem } = checkRegex(scalar.text);
      if (problem !== null)
        remarks.remark('sigma/bad-regex', scalar.span, `This regular expression is not valid: ${problem.message} (at character ${problem.at + 1}).`);
    }
  }
  return true;
}

function explainKind(link: Link, kind: ValueKind, scalar: SigmaScalar, entry: SigmaEntry, takes: readonly ValueKind[], remarks: Remarks): void {
  const wanted = NAMES[takes[0]!];
  const isWritten = kind === scalar.type;
  if (!isWritten)
    return remarks.remark(
      'sigma/modifier-order',
      placeOf(link, entry),
      `\`${link.written}\` takes ${wanted}; here it gets ${NAMES[kind]} from the modifier before it.`,
    );
  const quotable = takes.includes('string') && scalar.style === 'plain' && scalar.text !== '';
  remarks.remark(
    'sigma/value-type',
    scalar.span,
    `\`${link.written}\` takes ${wanted}; this is ${NAMES[kind]}.`,
    quotable ? replacing('Quote the value', scalar.span, `'${scalar.text}'`) : undefined,
  );
}

/** Modifiers that exist elsewhere, under the name Sigma knows. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['regex', 're'],
  ['not', 'neq'],
  ['eq', ''],
  ['equals', ''],
  ['in', ''],
]);

export function explainUnknown(entry: SigmaEntry, chain: Chain, field: string, remarks: Remarks): void {
  // A key over several lines lacks its colon, and the YAML has said so.
  if (/[\r\n]/.test(remarks.text.slice(entry.keySpan.start, entry.keySpan.end))) return;
  for (const link of chain.links) {
    if (link.modifier !== undefined) continue;
    const span = placeOf(link, entry);
    if (link.written === '') {
      const bar = { start: Math.max(span.start - 1, entry.keySpan.start), end: Math.max(span.start, entry.keySpan.start) };
      remarks.remark('sigma/unknown-modifier', bar, 'A modifier is missing after this bar.', replacing('Remove the bar', bar, ''));
      continue;
    }
    const known = ELSEWHERE.get(link.written) ?? remarks.nearest(link.written.toLowerCase(), () => MODIFIERS.keys());
    remarks.remark(
      'sigma/unknown-modifier',
      span,
      `\`${link.written}\` is no modifier${known === undefined || known === '' ? '' : `; did you mean \`${known}\`?`}${known === '' ? `; \`${field}: value\` without a modifier says it` : ''}`.replace(
        /(?<!\?)$/,
        '.',
      ),
      known === undefined
        ? undefined
        : known === ''
          ? replacing('Remove the modifier', { start: span.start - 1, end: span.end }, '')
          : replacing(`Write ${known}`, span, known),
    );
  }
}

/** A modifier's place in the document. */
function placeOf(link: Link, entry: SigmaEntry): Span {
  const start = entry.key.indexOf('|') + link.at;
  return placeInKey(entry, start, start + link.written.length);
}
