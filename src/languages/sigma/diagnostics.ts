import type { Diagnostic, DiagnosticKind, DiagnosticTable, Fix, Severity, Span } from '../../model';
import { nearest } from '../../syntax/nearest';

const row = (severity: Severity, sentence: string, fixable = false): DiagnosticKind => ({ severity, sentence, fixable });

/** Every remark Sigma makes, a closed table. Errors are what makes a rule invalid to the reference implementation. */
export const DIAGNOSTICS = {
  // The document
  'sigma/empty-document': row('error', 'The text holds no Sigma document.'),
  'sigma/not-a-map': row('error', 'A document is no mapping.'),
  'sigma/duplicate-key': row('error', 'A key stands twice in one mapping.'),
  'sigma/unknown-alias': row('error', 'An alias names an anchor that does not stand before it.'),
  'sigma/unknown-action': row('error', 'An `action` that is not global, reset or repeat.'),
  'sigma/mixed-document': row('warning', 'A correlation or filter has a detection of its own.'),
  'sigma/other-dialect': row('warning', 'The document is a rule of another tool.'),
  'sigma/too-much': row('error', 'Global documents, conditions or aliases that multiply to more than is read.'),
  'sigma/missing-key': row('error', 'A key that a document must have is missing.'),
  'sigma/wrong-type': row('error', 'A key has a value of a type it does not take.', true),
  'sigma/bad-value': row('error', 'A value that its key does not take: an identifier, a date, a word of a closed list.', true),
  // Search identifiers
  'sigma/empty-selection': row('error', 'A search identifier has no content.'),
  'sigma/null-keyword': row('error', 'Null stands where a keyword is expected.'),
  'sigma/empty-list': row('warning', 'A field has an empty list of values.'),
  'sigma/nested-value': row('error', 'A field has a mapping or a list of lists as its value.'),
  'sigma/unknown-modifier': row('error', 'A modifier that does not exist.', true),
  'sigma/modifier-order': row('error', 'A modifier stands where it cannot work on what those before it give.'),
  'sigma/value-type': row('error', 'A value of a type that its modifiers do not take.', true),
  'sigma/bad-regex': row('error', 'A regular expression is not valid.'),
  'sigma/bad-network': row('error', 'A value under `cidr` is no network.'),
  'sigma/timeframe': row('warning', 'A `timeframe` without an aggregation.'),
  'sigma/array-matching': row('info', 'Members of an array are asked for, which is proposed and not yet part of Sigma.'),
  // Slips of the pen
  'sigma/odd-character': row('warning', 'A character that is not seen, turns the drawing order round, or looks like another.', true),
  'sigma/curly-quotes': row('warning', 'Curly quotes around a value are part of it.', true),
  'sigma/dash-without-blank': row('warning', 'A dash without a blank after it begins no item of a list.', true),
  'sigma/colon-modifier': row('warning', 'A colon stands before a modifier, where a bar is meant.', true),
  'sigma/number-base': row('warning', 'A number that YAML reads as another than it looks like: hexadecimal, octal, with underscores or colons.', true),
  'sigma/word-case': row('warning', 'A word of a closed list is not in lower case.', true),
  'sigma/utf16le': row('info', 'A name of the specification that pySigma does not know.', true),
  // The condition
  'sigma/no-condition': row('error', 'A detection has no condition.'),
  'sigma/condition-syntax': row('error', 'A condition does not fit the grammar at this place.', true),
  'sigma/keyword-case': row('error', 'Keywords of a condition are written in lower case.', true),
  'sigma/quantifier': row('error', 'A count before `of` that Sigma does not have.', true),
  'sigma/pattern-syntax': row('error', 'A pattern of identifiers that cannot be one.', true),
  'sigma/unknown-identifier': row('error', 'A condition names an identifier that is not defined.', true),
  'sigma/old-aggregation': row('error', 'An aggregation in a condition, which correlations have replaced.'),
  'sigma/pattern-without-match': row('warning', 'A pattern that no identifier fits.'),
  'sigma/unused-identifier': row('warning', 'An identifier that no condition uses.'),
  // Correlations and filters
  'sigma/correlation-condition': row('error', 'The condition of a correlation is not one.'),
  'sigma/correlation-range': row('info', 'A lower and an upper bound, which pySigma does not take.'),
  'sigma/loose-timespan': row('warning', 'A timespan written in a loose form.'),
  'sigma/no-rules': row('warning', 'A correlation names no rules.'),
  'sigma/unresolved-rule': row('error', 'A correlation names a rule that does not stand in the text.', true),
  'sigma/unresolved-alias': row('warning', 'An alias that no rule or group uses.'),
  'sigma/filter-keeps': row('warning', 'A filter that keeps what it describes and drops all else.', true),
  // Legal, and rarely meant
  'sigma/idle-modifier': row('warning', 'A modifier that does nothing here.', true),
  'sigma/never-all': row('warning', 'One field cannot equal several values at once.'),
  'sigma/offset-without-contains': row('warning', '`base64offset` without `contains` hardly ever matches.', true),
  'sigma/blank-in-field': row('warning', 'A blank in the name of a field.'),
  'sigma/duplicate-value': row('warning', 'A value stands twice in a list.', true),
  'sigma/control-character': row('warning', 'A value holds a control character.'),
  'sigma/double-wildcard': row('warning', 'Two stars in a row.'),
  'sigma/escaped-wildcard': row('info', 'A backslash makes a wildcard a plain character.'),
  'sigma/handmade-wildcards': row('info', 'Stars written by hand where a modifier says it.', true),
  'sigma/number-as-string': row('info', 'A number in quotes.'),
  'sigma/bad-hash': row('warning', 'A hash of a wrong type or length.'),
  'sigma/regex-lookaround': row('warning', 'A regular expression with lookarounds, which many backends do not have.'),
  'sigma/idle-quantifier': row('info', 'A quantifier over a single identifier.', true),
  'sigma/all-of-them': row('info', '`all of them` changes its meaning with every identifier.'),
  // The log source
  'sigma/unknown-logsource': row('warning', "A log source that SigmaHQ's taxonomy does not have.", true),
  'sigma/unknown-field': row('info', 'A field that the log source does not have.'),
  'sigma/misspelt-field': row('warning', 'A field one letter off one that the log source has.', true),
  'sigma/foreign-field': row('warning', 'A field under the name it has elsewhere.', true),
  'sigma/field-case': row('warning', "A field in another spelling than the taxonomy's.", true),
  'sigma/redundant-field': row('warning', 'A field that the log source already implies.'),
  'sigma/other-event': row('warning', "An event ID that is none of its category's."),
  'sigma/sysmon-without-event': row('warning', 'A rule over all of Sysmon without an event ID.'),
  'sigma/generic-logsource': row('warning', 'An event that has a category of its own.'),
  'sigma/keywords-without-text': row('warning', 'Keywords over events that are fields without a text.'),
  // The keys around the detection
  'sigma/unknown-key': row('warning', "A key that looks like one of Sigma's and is none.", true),
  'sigma/missing-recommended': row('info', 'A key that SigmaHQ asks for is missing.'),
  'sigma/title-style': row('info', 'A title that is too long, ends in a full stop, or begins with `Detects`.'),
  'sigma/title-case': row('info', 'Words of a title without a capital.', true),
  'sigma/short-description': row('info', 'A description of a few letters.'),
  'sigma/link-in-description': row('info', 'A link in the description where references are missing.'),
  'sigma/date-order': row('warning', 'Modified before it was written.'),
  'sigma/idle-modified': row('info', '`modified` says the same as `date`.'),
  'sigma/duplicate-reference': row('warning', 'A reference stands twice.'),
  'sigma/reference-style': row('info', "A reference to a technique's page."),
  'sigma/false-positive-style': row('info', 'A false positive that names no cause.', true),
  'sigma/duplicate-tag': row('warning', 'A tag stands twice.'),
  'sigma/tag-format': row('warning', 'A tag that is not in lower case.', true),
  'sigma/tag-namespace': row('warning', 'A namespace of tags that SigmaHQ does not have.', true),
  'sigma/tag-slip': row('warning', 'A tactic one slip away, or a technique with another number of digits.', true),
  'sigma/tag-name': row('info', "A tag's name that its namespace does not have."),
  'sigma/technique-without-tactic': row('info', 'A technique without a tactic it serves.'),
} as const satisfies DiagnosticTable;

export type Code = keyof typeof DIAGNOSTICS;

export interface Remarks {
  readonly diagnostics: readonly Diagnostic[];
  /** The whole text, and whether it may hold odd characters. */
  readonly text: string;
  readonly mayBeOdd: boolean;
  /** From here on errors are warnings: the document follows other rules than Sigma's. */
  soften(): void;
  /** Why what an error is about stays unread. */
  lost(): 'syntax-error' | 'unmodelled';
  remark(code: Code, span: Span, message: string, fix?: Fix): void;
  add(diagnostic: Diagnostic): void;
  /** The known word that a wrong one is closest to; after many of them none is looked for, so that no text costs more than its length. */
  nearest(written: string, known: () => Iterable<string>): string | undefined;
}

/** What the documents of one text share: the text, and how often a better word is still looked for in it. */
export interface Effort {
  readonly text: string;
  readonly mayBeOdd: boolean;
  left: number;
}
export const effortOf = (text: string): Effort => ({ text, mayBeOdd: /[^\t\n\r\x20-\x7e]/.test(text), left: 100 });

/** Collects remarks of one document; the documents of a text share the effort. */
export function remarksOf(effort: Effort): Remarks {
  const diagnostics: Diagnostic[] = [];
  let isSoft = false;
  return {
    diagnostics,
    text: effort.text,
    mayBeOdd: effort.mayBeOdd,
    soften() {
      isSoft = true;
    },
    lost: () => (isSoft ? 'unmodelled' : 'syntax-error'),
    add(diagnostic) {
      diagnostics.push(isSoft && diagnostic.severity === 'error' ? { ...diagnostic, severity: 'warning' } : diagnostic);
    },
    nearest(written, known) {
      return effort.left-- > 0 ? nearest(written, known(), written.length < 5 ? 1 : 2) : undefined;
    },
    remark(code, span, message, fix) {
      const severity = isSoft && DIAGNOSTICS[code].severity === 'error' ? 'warning' : DIAGNOSTICS[code].severity;
      diagnostics.push(fix === undefined ? { code, severity, span, message } : { code, severity, span, message, fix });
    },
  };
}

/** A fix of one edit. */
export const replacing = (title: string, span: Span, text: string): Fix => ({ title, edits: [{ span, text }] });
