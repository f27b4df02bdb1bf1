import { isKnownTechnique, TACTICS, tacticOf, tacticsEverOf, tacticsOfTechnique } from '../../../knowledge/attack';
import type { Remarks } from '../diagnostics';
import { replacing } from '../diagnostics';
import { entryOf, headOf, type SigmaEntry, type SigmaMap, type SigmaScalar, scalarsOf } from '../parse/yaml-node';

const KEYS = [
  'title',
  'id',
  'name',
  'related',
  'taxonomy',
  'status',
  'description',
  'license',
  'references',
  'author',
  'date',
  'modified',
  'tags',
  'logsource',
  'detection',
  'fields',
  'falsepositives',
  'level',
  'scope',
  'correlation',
  'filter',
  'action',
];
/** Custom keys that SigmaHQ itself uses. */
const KNOWN_KEYS: ReadonlySet<string> = new Set([...KEYS, 'regression_tests_path', 'simulation']);
const RECOMMENDED = ['id', 'status', 'description', 'author', 'date', 'level'];

/** What SigmaHQ asks of the keys around a detection, beyond what makes a rule valid. */
export function lintEnvelope(root: SigmaMap, isFilter: boolean, remarks: Remarks): void {
  for (const { key, keySpan } of root.entries) {
    if (KNOWN_KEYS.has(key)) continue;
    const close = remarks.nearest(key.toLowerCase(), () => KEYS);
    if (close !== undefined && entryOf(root, close) === undefined)
      remarks.remark(
        'sigma/unknown-key',
        keySpan,
        `Did you mean \`${close}\`? \`${key}\` is no key of Sigma's own.`,
        replacing(`Write ${close}`, keySpan, close),
      );
  }
  const missing = isFilter ? [] : RECOMMENDED.filter((key) => entryOf(root, key) === undefined);
  if (missing.length > 0) remarks.remark('sigma/missing-recommended', headOf(root), `SigmaHQ also asks for ${missing.map((key) => `\`${key}\``).join(', ')}.`);
  lintTitle(textEntry(root, 'title'), remarks);
  lintDescription(root, remarks);
  lintDates(root, remarks);
  lintReferences(entryOf(root, 'references'), remarks);
  lintFalsePositives(entryOf(root, 'falsepositives'), remarks);
  lintTags(entryOf(root, 'tags'), remarks);
}

function textEntry(root: SigmaMap, key: string): SigmaScalar | null {
  const value = entryOf(root, key)?.value;
  return value?.kind === 'scalar' && value.type === 'string' ? value : null;
}

/** Words a title may have in lower case: short ones, and everything that is not plain letters. */
const SMALL: ReadonlySet<string> = new Set(
  'a an and as at by for from in into new of on onto or over per so the than to under up via vs was when with without'.split(' '),
);

function lintTitle(title: SigmaScalar | null, remarks: Remarks): void {
  if (title === null || title.text === '') return;
  const { text, span } = title;
  if (text.length > 120) remarks.remark('sigma/title-style', span, `A title of ${text.length} characters is long; SigmaHQ's limit is 120.`);
  if (text.endsWith('.')) remarks.remark('sigma/title-style', span, 'A title does not end in a full stop.');
  if (/^detects?\b/i.test(text)) remarks.remark('sigma/title-style', span, 'A title names what is seen; it does not start with `Detects`.');
  const small = text.split(/\s+/).filter((word, at) => at > 0 && /^[a-z]{2,}$/.test(word) && !SMALL.has(word));
  if (small.length === 0 || small.length > 3) return;
  const capital = text.replace(/(?<=\s)[a-z]+(?=\s|$)/g, (word) => (small.includes(word) ? word[0]!.toUpperCase() + word.slice(1) : word));
  const isPlain = title.style === 'plain' && span.end - span.start === text.length;
  remarks.remark(
    'sigma/title-case',
    span,
    `Words of a title are capitalised: ${small.join(', ')}.`,
    isPlain ? replacing('Capitalise them', span, capital) : undefined,
  );
}

function lintDescription(root: SigmaMap, remarks: Remarks): void {
  const description = textEntry(root, 'description');
  if (description === null) return;
  const { text, span } = description;
  if (text.trim().length < 16) remarks.remark('sigma/short-description', span, 'Say in a sentence what is detected and why it matters.');
  const references = entryOf(root, 'references');
  if (/https?:\/\//.test(text) && (references === undefined || scalarsOf(references.value).every((one) => one.text === ''))) {
    remarks.remark('sigma/link-in-description', span, 'Links belong under `references`.');
  }
}

function lintDates(root: SigmaMap, remarks: Remarks): void {
  const read = (key: string): { readonly entry: SigmaEntry; readonly day: string } | null => {
    const entry = entryOf(root, key);
    const day = entry?.value.kind === 'scalar' ? entry.value.text.replaceAll('/', '-') : '';
    return entry !== undefined && /^\d{4}-\d\d-\d\d$/.test(day) ? { entry, day } : null;
  };
  const modified = read('modified');
  const created = read('date');
  if (modified === null || created === null) return;
  if (modified.day < created.day) remarks.remark('sigma/date-order', modified.entry.value.span, 'This rule was modified before it was written.');
  else if (modified.day === created.day) remarks.remark('sigma/idle-modified', modified.entry.span, '`modified` says the same as `date`; leave it out.');
}

function lintReferences(entry: SigmaEntry | undefined, remarks: Remarks): void {
  if (entry?.value.kind !== 'seq') return;
  const seen = new Set<string>();
  for (const { text, span } of scalarsOf(entry.value)) {
    if (seen.has(text)) remarks.remark('sigma/duplicate-reference', span, 'This reference stands twice.');
    seen.add(text);
    if (text.includes('://attack.mitre.org/techniques/'))
      remarks.remark('sigma/reference-style', span, 'A technique is named by a tag; a reference to its page adds nothing.');
  }
}

function lintFalsePositives(entry: SigmaEntry | undefined, remarks: Remarks): void {
  if (entry?.value.kind !== 'seq') return;
  for (const { text, span, style } of scalarsOf(entry.value)) {
    if (/^(?:none|no|nothing)\.?$/i.test(text) || /\b(?:pentest|penetration test)/i.test(text))
      remarks.remark('sigma/false-positive-style', span, 'Name a harmless cause, or write `Unknown` or `Unlikely`; a test is no false positive.');
    else if (/^[a-z]/.test(text))
      remarks.remark(
        'sigma/false-positive-style',
        span,
        'An entry starts with a capital letter.',
        style === 'plain' ? replacing('Capitalise it', { start: span.start, end: span.start + 1 }, text[0]!.toUpperCase()) : undefined,
      );
  }
}

const SHORT_TACTICS: ReadonlySet<string> = new Set(TACTICS.map(({ short }) => short));
const NAMESPACES = ['attack', 'car', 'cve', 'd3fend', 'detection', 'stp', 'tlp'];
const DETECTION: ReadonlySet<string> = new Set(['dfir', 'emerging-threats', 'threat-hunting']);
const TLP: ReadonlySet<string> = new Set(['red', 'amber', 'amber-strict', 'green', 'clear', 'white']);

function lintTags(entry: SigmaEntry | undefined, remarks: Remarks): void {
  if (entry?.value.kind !== 'seq') return;
  const seen = new Set<string>();
  const techniques: SigmaScalar[] = [];
  const tactics: string[] = [];
  for (const tag of scalarsOf(entry.value)) {
    const { text, span } = tag;
    const dot = text.indexOf('.');
    if (dot === -1) continue;
    if (seen.has(text)) remarks.remark('sigma/duplicate-tag', span, 'This tag stands twice.');
    seen.add(text);
    const namespace = text.slice(0, dot);
    const name = text.slice(dot + 1);
    if (!/^[a-z0-9_-]+\.[a-z0-9_.-]+$/.test(text)) {
      const lower = text.toLowerCase().replace(/\s+/g, '-');
      remarks.remark(
        'sigma/tag-format',
        span,
        lower === text ? 'A tag is a namespace, a dot and a name, such as attack.t1049.' : 'A tag is lower case: letters, digits, hyphens, dots.',
        /^[a-z0-9_-]+\.[a-z0-9_.-]+$/.test(lower) && tag.style === 'plain' ? replacing(`Write ${lower}`, span, lower) : undefined,
      );
    } else if (namespace !== 'attack' && !NAMESPACES.includes(namespace)) {
      const close = remarks.nearest(namespace, () => NAMESPACES);
      remarks.remark(
        'sigma/tag-namespace',
        span,
        `Known namespaces are ${NAMESPACES.join(', ')}.`,
        close === undefined ? undefined : replacing(`Write ${close}`, { start: span.start, end: span.start + dot }, close),
      );
    } else lintTagName(tag, namespace, name, remarks);
    if (namespace !== 'attack') continue;
    if (/^t\d/.test(name)) techniques.push(tag);
    else tactics.push(SHORT_TACTICS.has(name) ? name : (tacticOf(name)?.short ?? ''));
  }
  for (const technique of techniques) lintTactics(technique, tactics, remarks);
}

/** A technique serves a tactic that should be tagged beside it; the tactics of both ATT&CK generations count as one. */
function lintTactics(tag: SigmaScalar, tagged: readonly string[], remarks: Remarks): void {
  const technique = tag.text.slice(tag.text.indexOf('.') + 1).toUpperCase();
  const served = tacticsOfTechnique(technique);
  const ever = tacticsEverOf(technique);
  if (ever.length === 0 || tagged.some((tactic) => ever.includes(tactic))) return;
  const names = served.map((tactic) => `attack.${tactic}`);
  remarks.remark('sigma/technique-without-tactic', tag.span, `No tactic of this technique is tagged beside it: ${names.join(' or ')}.`);
}

function lintTagName(tag: SigmaScalar, namespace: string, name: string, remarks: Remarks): void {
  const slip = namespace === 'attack' ? slipInTag(tag, name, remarks) : false;
  const problem = slip ? null : problemOfTag(namespace, name);
  if (problem !== null) remarks.remark('sigma/tag-name', tag.span, problem);
}

/** A tactic one slip away, or the number of a technique with too few or too many digits. */
function slipInTag({ span }: SigmaScalar, name: string, remarks: Remarks): boolean {
  if (/^t\d/.test(name)) {
    if (/^t\d{4}(?:\.\d{3})?$/.test(name)) return false;
    remarks.remark('sigma/tag-slip', span, 'A technique is `t` with four digits, and a dot with three more behind it: attack.t1053.005.');
    return true;
  }
  const close = SHORT_TACTICS.has(name) || tacticOf(name) !== null ? undefined : remarks.nearest(name, () => SHORT_TACTICS);
  if (close === undefined) return false;
  remarks.remark(
    'sigma/tag-slip',
    span,
    `ATT&CK has no tactic \`${name}\`; did you mean \`${close}\`?`,
    replacing(`Write attack.${close}`, span, `attack.${close}`),
  );
  return true;
}

function problemOfTag(namespace: string, name: string): string | null {
  switch (namespace) {
    case 'attack':
      if (/^t\d{4}(?:\.\d{3})?$/.test(name))
        return isKnownTechnique(name.toUpperCase()) ? null : 'The bundled ATT&CK does not have this technique; it may be newer.';
      if (SHORT_TACTICS.has(name) || /^(?:[gsma]\d{4}|ds\d{4}|d3f-[\w-]+)$/.test(name) || tacticOf(name) !== null) return null;
      return 'This is no tactic, technique (t1049), group (g0016) or software (s0002) of ATT&CK.';
    case 'cve':
      return /^\d{4}[-.]\d{4,}$/.test(name) ? null : 'A CVE tag is the year, a hyphen and the number: cve.2024-12345.';
    case 'car':
      return /^\d{4}-\d{2}-\d{3}$/.test(name) ? null : 'A CAR tag is a year, a month and a number: car.2013-05-004.';
    case 'stp':
      return /^[1-5][auk]?$/.test(name) ? null : 'An STP tag is 1 to 5, and a, u or k after it where known.';
    case 'tlp':
      return TLP.has(name) ? null : `A TLP tag is one of ${[...TLP].join(', ')}.`;
    case 'detection':
      return DETECTION.has(name) ? null : `A detection tag is one of ${[...DETECTION].join(', ')}.`;
    default:
      return null;
  }
}
