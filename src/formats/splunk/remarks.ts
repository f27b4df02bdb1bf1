import type { Diagnostic, DiagnosticTable } from '../../model';
import { entriesOf, isMap, isScalar, isSeq, spanOfNode, textOfScalar, type YamlEntry } from '../../syntax/yaml';
import { techniqueSlip } from '../technique-slip';

/** What the security content's own build refuses of a detection's keys. */
export const DIAGNOSTICS = {
  'splunk/word': { severity: 'warning', sentence: 'A status, type or domain that the security content does not have.', fixable: true },
  'splunk/form': { severity: 'warning', sentence: 'An ID, date, version or technique is not written as the security content writes it.', fixable: true },
} as const satisfies DiagnosticTable;

const WORDS: Readonly<Record<string, readonly string[]>> = {
  status: ['production', 'experimental', 'deprecated', 'validation', 'removed'],
  type: ['TTP', 'Anomaly', 'Hunting', 'Correlation', 'Baseline', 'Investigation', 'Operational Metric'],
  security_domain: ['endpoint', 'network', 'threat', 'identity', 'access', 'audit'],
};

const FORMS: Readonly<Record<string, readonly [RegExp, string]>> = {
  id: [/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i, 'An ID is a UUID: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.'],
  date: [/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'A date is year, month and day: 2024-05-31.'],
  version: [/^\d+$/, 'A version is a whole number.'],
};

/** Words of closed lists and forms of values among a detection's keys, and those under `tags`. */
export function remarksOn(keys: ReadonlyMap<string, YamlEntry>): readonly Diagnostic[] {
  const tags = keys.get('tags')?.value;
  return [...keys.values(), ...(isMap(tags) ? entriesOf(tags) : [])].flatMap(({ key, value }) => {
    if (key === 'mitre_attack_id') return techniqueRemarks('splunk/form', value);
    if (!isScalar(value)) return [];
    const text = textOfScalar(value).trim();
    const words = Object.hasOwn(WORDS, key) ? WORDS[key]! : null;
    const form = Object.hasOwn(FORMS, key) ? FORMS[key]! : null;
    if (text === '') return [];
    if (words !== null && !words.includes(text)) {
      const meant = words.find((word) => word.toLowerCase() === text.toLowerCase()) ?? null;
      return [remarkAt('splunk/word', value, `\`${key}\` is one of ${words.join(', ')}.`, meant)];
    }
    return form !== null && !form[0].test(text) ? [remarkAt('splunk/form', value, form[1], null)] : [];
  });
}

/** Techniques of a list, or one alone, that are not written as ATT&CK writes them. */
export function techniqueRemarks(code: Diagnostic['code'], value: unknown): readonly Diagnostic[] {
  return (isSeq(value) ? value.items : [value]).flatMap((item) => {
    const text = isScalar(item) ? textOfScalar(item).trim() : '';
    const slip = text === '' ? null : techniqueSlip(text);
    return slip === null ? [] : [remarkAt(code, item, slip.message, slip.meant)];
  });
}

function remarkAt(code: Diagnostic['code'], node: unknown, message: string, meant: string | null): Diagnostic {
  const span = spanOfNode(isScalar(node) ? node : null, { start: 0, end: 0 });
  const plain = { code, severity: 'warning' as const, span, message };
  return meant === null ? plain : { ...plain, fix: { title: `Write ${meant}`, edits: [{ span, text: meant }] } };
}
