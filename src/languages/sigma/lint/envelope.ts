import type { Remarks } from '../diagnostics';
import { replacing } from '../diagnostics';
import { entryOf, headOf, type SigmaEntry, type SigmaMap, type SigmaNode } from '../parse/yaml-node';

const STATUSES = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'] as const;
const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export const RELATIONS = ['derived', 'obsolete', 'merged', 'renamed', 'similar', 'correlation'] as const;

const NAMES = ['name', 'taxonomy'] as const;
const TEXTS = ['author', 'description', 'license'] as const;
const LISTS = ['fields', 'falsepositives', 'references', 'scope'] as const;
const DATES = ['date', 'modified'] as const;

const isNull = (node: SigmaNode): boolean => node.kind === 'scalar' && node.type === 'null';
const isText = (node: SigmaNode): boolean => node.kind === 'scalar' && node.type === 'string';
const textOf = (node: SigmaNode): string => (node.kind === 'scalar' ? node.text : '');

/** Checks the keys around the detection as the reference implementation does: presence, types, closed lists, dates. */
export function checkEnvelope(root: SigmaMap, remarks: Remarks): void {
  checkTitle(root, remarks);
  const id = entryOf(root, 'id');
  if (id !== undefined && !isNull(id.value) && !isUuid(id.value))
    remarks.remark('sigma/bad-value', id.value.span, 'An `id` is a UUID, such as 7a9c1d52-3b0e-4f6a-8c2d-5e1f0a4b6c8d.');
  for (const key of NAMES) checkName(entryOf(root, key), key, remarks);
  for (const key of TEXTS) {
    const entry = entryOf(root, key);
    if (entry !== undefined && !isNull(entry.value) && !isText(entry.value))
      remarks.remark('sigma/wrong-type', entry.value.span, `\`${key}\` is a text${key === 'author' ? ', names separated by commas' : ''}.`, quoting(entry));
  }
  for (const key of LISTS) {
    const entry = entryOf(root, key);
    if (entry !== undefined && !isNull(entry.value) && entry.value.kind !== 'seq')
      remarks.remark('sigma/wrong-type', entry.value.span, `\`${key}\` is a list.`, listing(entry));
  }
  checkClosed(entryOf(root, 'status'), STATUSES, remarks);
  checkClosed(entryOf(root, 'level'), LEVELS, remarks);
  for (const key of DATES) {
    const entry = entryOf(root, key);
    if (entry !== undefined && !isNull(entry.value) && !isDate(textOf(entry.value)))
      remarks.remark('sigma/bad-value', entry.value.span, `\`${key}\` is a day of the calendar, written YYYY-MM-DD.`);
  }
  checkTags(entryOf(root, 'tags'), remarks);
  checkRelated(entryOf(root, 'related'), remarks);
}

function checkTitle(root: SigmaMap, remarks: Remarks): void {
  const entry = entryOf(root, 'title');
  if (entry === undefined || isNull(entry.value))
    return remarks.remark('sigma/missing-key', entry?.span ?? headOf(root), 'A `title` is missing: a few words that name what is detected.');
  if (!isText(entry.value)) return remarks.remark('sigma/wrong-type', entry.value.span, 'A title is a text.', quoting(entry));
  if (textOf(entry.value).length > 256) remarks.remark('sigma/bad-value', entry.value.span, 'A title has at most 256 characters.');
}

function checkName(entry: SigmaEntry | undefined, key: string, remarks: Remarks): void {
  if (entry === undefined || isNull(entry.value)) return;
  if (!isText(entry.value)) return remarks.remark('sigma/wrong-type', entry.value.span, `\`${key}\` is a text.`, quoting(entry));
  if (textOf(entry.value) === '') remarks.remark('sigma/bad-value', entry.value.span, `\`${key}\` may be left out, but not be empty.`);
}

function checkClosed(entry: SigmaEntry | undefined, known: readonly string[], remarks: Remarks): void {
  if (entry === undefined || isNull(entry.value)) return;
  const written = textOf(entry.value);
  if (isText(entry.value) && known.includes(written.toLowerCase())) {
    const lower = written.toLowerCase();
    if (written !== lower)
      remarks.remark(
        'sigma/word-case',
        entry.value.span,
        `A ${entry.key} is written in lower case: \`${lower}\`.`,
        replacing(`Write ${lower}`, entry.value.span, lower),
      );
    return;
  }
  const close = remarks.nearest(written.toLowerCase(), () => known);
  remarks.remark(
    entry.value.kind === 'scalar' ? 'sigma/bad-value' : 'sigma/wrong-type',
    entry.value.span,
    `\`${entry.key}\` is one of ${known.join(', ')}.`,
    close === undefined ? undefined : replacing(`Write ${close}`, entry.value.span, close),
  );
}

function checkTags(entry: SigmaEntry | undefined, remarks: Remarks): void {
  if (entry === undefined || isNull(entry.value)) return;
  if (entry.value.kind !== 'seq') return remarks.remark('sigma/wrong-type', entry.value.span, '`tags` is a list.', listing(entry));
  for (const tag of entry.value.items) {
    if (!isText(tag)) remarks.remark('sigma/wrong-type', tag.span, 'A tag is a text, such as attack.t1049.');
    else if (!textOf(tag).includes('.')) {
      const isAttack = /^[tgs]\d{4}(?:\.\d{3})?$/i.test(textOf(tag));
      remarks.remark(
        'sigma/bad-value',
        tag.span,
        'A tag is a namespace, a dot and a name, such as attack.t1049.',
        isAttack ? replacing('Put attack. before it', tag.span, `attack.${textOf(tag).toLowerCase()}`) : undefined,
      );
    }
  }
}

function checkRelated(entry: SigmaEntry | undefined, remarks: Remarks): void {
  if (entry === undefined || isNull(entry.value)) return;
  if (entry.value.kind !== 'seq') return remarks.remark('sigma/wrong-type', entry.value.span, '`related` is a list of entries with `id` and `type`.');
  for (const item of entry.value.items) {
    if (item.kind !== 'map') {
      remarks.remark('sigma/wrong-type', item.span, 'A related rule is an entry with `id` and `type`.');
      continue;
    }
    const id = entryOf(item, 'id');
    if (id === undefined) remarks.remark('sigma/missing-key', headOf(item), 'A related rule needs its `id`.');
    else if (!isText(id.value) || !isUuid(id.value)) remarks.remark('sigma/bad-value', id.value.span, 'The `id` of a related rule is a UUID.');
    const type = entryOf(item, 'type');
    if (type === undefined) remarks.remark('sigma/missing-key', headOf(item), `A related rule needs a \`type\`: ${RELATIONS.join(', ')}.`);
    else checkClosed({ ...type, value: isNull(type.value) ? { ...type.value, kind: 'seq', items: [] } : type.value }, RELATIONS, remarks);
  }
}

/** `category`, `product` or `service`, each a text; a rule must have one of them. */
export function checkLogsource(root: SigmaMap, remarks: Remarks): void {
  const entry = entryOf(root, 'logsource');
  if (entry === undefined) return remarks.remark('sigma/missing-key', headOf(root), 'A `logsource` is missing: a category, product or service.');
  if (entry.value.kind !== 'map')
    return remarks.remark(
      'sigma/wrong-type',
      entry.value.kind === 'scalar' && entry.value.text === '' ? entry.keySpan : entry.value.span,
      '`logsource` is a mapping with category, product or service.',
    );
  let named = 0;
  for (const part of entry.value.entries) {
    if (!['category', 'product', 'service', 'definition'].includes(part.key) || isNull(part.value)) continue;
    if (!isText(part.value)) remarks.remark('sigma/wrong-type', part.value.span, `\`${part.key}\` is a text.`, quoting(part));
    if (part.key !== 'definition') named++;
  }
  if (named === 0)
    remarks.remark(
      'sigma/missing-key',
      entry.value.entries.length === 0 ? entry.span : headOf(entry.value),
      'A log source needs a `category`, `product` or `service`.',
    );
}

/** As Python reads one: 32 hexadecimal digits, with hyphens, braces or a URN prefix. */
function isUuid(node: SigmaNode): boolean {
  if (!isText(node)) return false;
  const text = textOf(node);
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)) return true;
  return /^[\da-f]{32}$/i.test(
    text
      .slice(0, 60)
      .replace('urn:', '')
      .replace('uuid:', '')
      .replace(/^[{}]+|[{}]+$/g, '')
      .replaceAll('-', ''),
  );
}

function isDate(text: string): boolean {
  const parts = /^([1-3]\d{3})(?:-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[T ][\d:.]+Z?)?|\/(\d{1,2})\/(\d{1,2}))$/.exec(text.slice(0, 40));
  if (parts === null) return false;
  const month = Number(parts[2] ?? parts[4]);
  const day = Number(parts[3] ?? parts[5]);
  return month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= new Date(Date.UTC(Number(parts[1]), month, 0)).getUTCDate());
}

function quoting({ value }: SigmaEntry): ReturnType<typeof replacing> | undefined {
  return value.kind === 'scalar' && value.style === 'plain' && value.text !== '' ? replacing('Quote it', value.span, `'${value.text}'`) : undefined;
}

function listing({ value }: SigmaEntry): ReturnType<typeof replacing> | undefined {
  return value.kind === 'scalar' && value.style !== 'block' && value.text !== ''
    ? replacing('Make it a list', { start: value.span.start, end: value.span.start }, '\n    - ')
    : undefined;
}
