import type { Span, TextEdit } from '../../../model';
import type { Remarks } from '../diagnostics';
import { replacing } from '../diagnostics';
import { type Chain, keyPartsOf } from '../parse/modifiers';
import type { SigmaEntry, SigmaNode, SigmaScalar, SigmaSeq } from '../parse/yaml-node';
import { checkRegex } from './regex';
import { decodePattern } from '../parse/pattern';
import { lintWritten } from './written';

/** What is legal in a selection but rarely meant: modifiers that do nothing, values that say the same twice, wildcards by hand. */
export function lintSelection(node: SigmaNode, remarks: Remarks): void {
  if (node.kind === 'seq') for (const item of node.items) lintSelection(item, remarks);
  if (node.kind === 'map') for (const entry of node.entries) lintItem(entry, remarks);
}

function lintItem(entry: SigmaEntry, remarks: Remarks): void {
  const { field, chain } = keyPartsOf(entry.key);
  if (!chain.isKnown) return;
  lintKey(entry, field, chain, remarks);
  lintWritten(entry, field, chain, remarks);
  const { value } = entry;
  if (value.kind === 'scalar') lintValue(value, field, chain, remarks);
  else if (value.kind === 'seq') {
    lintList(value, chain, remarks);
    for (const item of value.items) if (item.kind === 'scalar') lintValue(item, field, chain, remarks);
  }
  if (chain.links.length === 0 && field !== '') lintHandmade(entry, remarks);
}

function lintKey(entry: SigmaEntry, field: string, chain: Chain, remarks: Remarks): void {
  if (/\s/.test(field)) remarks.remark('sigma/blank-in-field', entry.keySpan, 'Field names in Sigma have no blanks: `New Value` of an event is `NewValue`.');
  if (chain.links.length === 0) return;
  const { value } = entry;
  const names = chain.links.map((link) => link.modifier!.name);
  const repeated = names.find((name, at) => name !== 'base64' && name !== 'base64offset' && names.indexOf(name) !== at);
  if (repeated !== undefined) remarks.remark('sigma/idle-modifier', entry.keySpan, `\`${repeated}\` stands twice.`);
  if (chain.every && (value.kind === 'scalar' || (value.kind === 'seq' && value.items.length === 1))) {
    const at = entry.keySpan.start + entry.key.length - '|all'.length;
    const isLast = entry.key.endsWith('|all') && entry.keySpan.end - entry.keySpan.start === entry.key.length;
    remarks.remark(
      'sigma/idle-modifier',
      entry.keySpan,
      '`all` joins several values; here there is one.',
      isLast && field !== '' ? replacing('Remove all', { start: at, end: at + '|all'.length }, '') : undefined,
    );
  } else if (chain.every && field !== '' && !chain.startStar && !chain.endStar && !chain.regex && chain.op === null) {
    remarks.remark(
      'sigma/never-all',
      entry.keySpan,
      'One field cannot equal several values at once; `all` needs `contains`, `startswith`, `endswith` or `re` beside it.',
    );
  }
  if (names.includes('base64offset') && !names.includes('contains')) {
    const end = entry.keySpan.start + entry.key.length;
    const isVerbatim = entry.keySpan.end === end;
    remarks.remark(
      'sigma/offset-without-contains',
      entry.keySpan,
      'What `base64offset` encodes is a part of a longer text; without `contains` it hardly ever equals the whole field.',
      isVerbatim ? replacing('Add contains', { start: end, end }, '|contains') : undefined,
    );
  }
}

function lintList(list: SigmaSeq, chain: Chain, remarks: Remarks): void {
  if (list.items.length < 2) return;
  const isExact = chain.caseSensitive || chain.changes.some((name) => name.startsWith('base64'));
  const seen = new Set<string>();
  let before: SigmaNode | null = null;
  for (const item of list.items) {
    if (item.kind === 'scalar') {
      const text = `${item.type} ${isExact ? item.text : item.text.toLowerCase()}`;
      if (seen.has(text))
        remarks.remark(
          'sigma/duplicate-value',
          item.span,
          'This value stands twice in the list.',
          before === null ? undefined : replacing('Remove it', { start: before.span.end, end: item.span.end }, ''),
        );
      seen.add(text);
    }
    before = item;
  }
}

function lintValue(scalar: SigmaScalar, field: string, chain: Chain, remarks: Remarks): void {
  const { text } = scalar;
  if (scalar.type !== 'string') return;
  if (chain.regex) {
    const { lookaround, problem } = checkRegex(text);
    if (lookaround !== null && problem === null)
      remarks.remark('sigma/regex-lookaround', scalar.span, 'Lookarounds and atomic groups are not understood by many backends.');
    return;
  }
  if (CONTROL.test(text)) {
    remarks.remark(
      'sigma/control-character',
      scalar.span,
      'This value holds a control character; in double quotes a backslash starts an escape. Use single quotes.',
    );
  }
  if (text.includes('*') || text.includes('?')) lintWildcards(scalar, remarks);
  if (field === 'Hashes') lintHash(scalar, remarks);
  if (scalar.style !== 'plain' && chain.links.length === 0 && /^\d{1,15}$/.test(text) && !(text.length > 1 && text.startsWith('0'))) {
    // No fix: whether the field holds numbers is not known, and a fix must leave a rule that is right as it is.
    remarks.remark('sigma/number-as-string', scalar.span, 'This number is quoted, so it is compared as text.');
  }
}

/** Anything below the blank but a line break. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x09\x0b-\x1f]/;

function lintWildcards(scalar: SigmaScalar, remarks: Remarks): void {
  const { text, wild } = decodePattern(scalar.text);
  const twice = wild.findIndex((offset, at) => text[offset] === '*' && wild[at + 1] === offset + 1 && text[offset + 1] === '*');
  if (twice !== -1) remarks.remark('sigma/double-wildcard', scalar.span, 'Two stars in a row mean no more than one.');
  if (escapesInPath(scalar.text))
    remarks.remark(
      'sigma/escaped-wildcard',
      scalar.span,
      'A backslash before `*` or `?` makes it a plain character. To match a backslash and then anything, write two backslashes before the star.',
    );
}

const SEPARATOR = /(?<!\\)\\[A-Za-z0-9]/;
const ESCAPED = /(?<!\\)\\[*?]/;

/** Whether one backslash stands before a wildcard, behind one that parts the folders of a path: elsewhere, as in `-Filter \*`, the star itself is sought. */
function escapesInPath(text: string): boolean {
  const first = text.search(SEPARATOR);
  return first !== -1 && ESCAPED.test(text.slice(first + 2));
}

const HASHES: Readonly<Record<string, number>> = { MD5: 32, SHA1: 40, SHA256: 64, IMPHASH: 32 };

function lintHash(scalar: SigmaScalar, remarks: Remarks): void {
  const [type = '', ...rest] = scalar.text.replace(/^\*|\*$/g, '').split('=');
  const length = Object.hasOwn(HASHES, type) ? HASHES[type]! : null;
  const digits = rest.join('=');
  if (length !== null && digits.length === length && /^[\da-fA-F]*$/.test(digits)) return;
  const expected =
    length === null
      ? 'Expected is a type, an equals sign and the hash: MD5=…, SHA1=…, SHA256=… or IMPHASH=….'
      : `After ${type}= stand ${length} hexadecimal digits.`;
  remarks.remark('sigma/bad-hash', scalar.span, expected);
}

/** `*x*`, `*x` or `x*` throughout is what `contains`, `endswith` and `startswith` are for. */
function lintHandmade(entry: SigmaEntry, remarks: Remarks): void {
  const scalars = entry.value.kind === 'seq' ? entry.value.items : [entry.value];
  let shape: string | null = null;
  const edits: TextEdit[] = [];
  for (const scalar of scalars) {
    if (scalar.kind !== 'scalar' || scalar.type !== 'string' || scalar.text.length < 2) return;
    const { text, wild } = decodePattern(scalar.text);
    const leads = wild[0] === 0 && text[0] === '*';
    const trails = wild.length > 0 && wild[wild.length - 1] === text.length - 1 && text.endsWith('*');
    // A star behind a backslash is a plain one: what was meant is told there.
    if (wild.length !== Number(leads) + Number(trails) || wild.length === 0 || text.split('*').length - 1 > wild.length) return;
    const own = leads ? (trails ? 'contains' : 'endswith') : 'startswith';
    if (shape !== null && shape !== own) return;
    shape = own;
    const quote = scalar.style === 'plain' ? 0 : 1;
    if (scalar.style === 'block' || scalar.style === 'alias') return;
    const cut = (start: number): Span => ({ start, end: start + 1 });
    if (leads) edits.push({ span: cut(scalar.span.start + quote), text: '' });
    if (trails) edits.push({ span: cut(scalar.span.end - quote - 1), text: '' });
  }
  if (shape === null) return;
  const isVerbatim = entry.keySpan.end - entry.keySpan.start === entry.key.length;
  const key: TextEdit = { span: { start: entry.keySpan.end, end: entry.keySpan.end }, text: `|${shape}` };
  const message = `These wildcards say \`${shape}\`: write \`${entry.key}|${shape}\` and leave the stars out.`;
  remarks.remark('sigma/handmade-wildcards', entry.keySpan, message, isVerbatim ? { title: `Use ${shape}`, edits: [key, ...edits] } : undefined);
}
