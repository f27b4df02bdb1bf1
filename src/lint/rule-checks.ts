import { firingOf, firstDemands } from '../analysis/one-event';
import { namesOf } from '../analysis/scopes';
import { currentOf, isKnownTechnique, isWithdrawn, nameOfTechnique, parentOf } from '../knowledge/attack';
import { familyWriting } from '../knowledge/families';
import { manyValuesIn } from '../knowledge/many-values';
import { findingsIn, type Finding, type Findings } from '../logic/findings';
import { formulaOf, type Formula } from '../logic/formula';
import {
  isInside,
  type Diagnostic,
  type DiagnosticKind,
  type Fix,
  type Leaf,
  type Predicate,
  type Report,
  type Span,
  type TextEdit,
  type Value,
} from '../model';
import { problemOfNetwork } from '../syntax/network';
import { holdsUnread } from '../syntax/predicates';
import { columnLetters } from './column-letters';
import { namedParts } from './named-parts';
import { regexFaults, type RegexFault } from './regex';
import { partEdits } from './spare-conditions';
import { excerptAt } from '../syntax/written';

/** A check of a rule as a whole, whatever its language: a value in the list below. `text` is the document. */
interface RuleCheck extends DiagnosticKind {
  readonly id: `rule/${string}`;
  check(report: Report, text: string): readonly Remark[];
}

/** What a check finds: the rest of the diagnostic is the check's own. */
type Remark = Pick<Diagnostic, 'span' | 'message' | 'fix' | 'choices'>;

const SHORT = 2;

const FAULTS: Readonly<Record<Exclude<RegexFault['kind'], 'explosive'>, string>> = {
  'unclosed-group': 'this group is not closed: expected `)`',
  'unopened-group': '`)` closes no group',
  'unclosed-class': 'this character class is not closed: expected `]`',
  'trailing-backslash': 'a backslash at the end escapes nothing',
  'nothing-to-repeat': 'there is nothing before this to repeat',
  'reversed-count': 'the smaller count comes first',
};

const place = ({ start, end }: Span): Span => ({ start, end });

/** A rule whose every demand is that a field is there. */
function presence({ rule, leaves }: Report): readonly Remark[] {
  const { analysis, meta } = rule;
  if (meta.kind === 'filter' || meta.kind === 'correlation' || analysis.terms.length > 0) return [];
  const demands = leaves.filter((leaf) => leaf.polarity !== 'context' && leaf.polarity !== 'exclusion');
  const isBare = demands.length > 0 && demands.every((leaf) => leaf.polarity === 'indicator' && leaf.op === 'is_not_null');
  // What we could not read may demand more, and so may a count or a list of threats.
  const isWhole =
    analysis.stages.every((stage) => (stage.role === 'filter' && stage.parameters === undefined) || stage.role === 'source') &&
    !holdsUnread(analysis.predicate) &&
    meta.groupBy.length === 0;
  if (!isBare || !isWhole || leaves.some((leaf) => leaf.polarity === 'exclusion')) return [];
  const message = 'The rule only asks whether fields are there: it matches nearly every event that has them. Expected a comparison with a value.';
  return [{ span: place(demands[0]!.span), message }];
}

/** Visits the values the rule itself writes and its language has not remarked on. */
function inValues({ rule, leaves }: Report, remarkOn: (leaf: Leaf, value: Value, index: number) => string | null): readonly Remark[] {
  const found: { readonly span: Span; readonly message: string }[] = [];
  for (const leaf of leaves) {
    if (leaf.macro !== null) continue;
    leaf.values.forEach((value, index) => {
      const message = value.origin === undefined ? remarkOn(leaf, value, index) : null;
      if (message !== null) found.push({ span: value.span, message });
    });
  }
  if (found.length === 0) return [];
  const known = new Set(rule.analysis.diagnostics.map(({ span }) => `${span.start} ${span.end}`));
  return found.filter(({ span }) => !known.has(`${span.start} ${span.end}`)).map(({ span, message }) => ({ span: place(span), message }));
}

const isRegex = ({ op }: Leaf): boolean => op === 'regex_match' || op === 'match';

function openValue(leaf: Leaf, value: Value, index: number): string | null {
  if (isRegex(leaf) || value.type !== 'string' || (leaf.op !== 'contains' && leaf.op !== 'starts_with' && leaf.op !== 'ends_with')) return null;
  if (value.text === '') return `An empty ${leaf.op} matches every event that has ${leaf.field ?? 'any text'}.`;
  // `like "*"` is EQL's way to ask whether a field is there.
  return leaf.triples[index]?.kind === 'is_not_null' ? `Nothing but wildcards: this matches every event that has ${leaf.field ?? 'any text'}.` : null;
}

function shortValue(leaf: Leaf, value: Value): string | null {
  // Beside other demands on the same field a short value is one of several marks.
  const isLoose = leaf.op === 'contains' && leaf.polarity === 'indicator' && !leaf.negated && !leaf.every && !leaf.token;
  return isLoose && value.type === 'string' && value.text !== '' && value.text.length <= SHORT && /^[a-z0-9]+$/i.test(value.text)
    ? `${leaf.field ?? 'Any text'} may hold \`${value.text}\` by chance: expected a longer value, or anchors around it.`
    : null;
}

/** A network, or an address with a prefix that is compared as a text. */
function badNetwork({ op }: Leaf, { type, text }: Value): string | null {
  if (type !== 'string' || (op !== 'cidr_match' && !(op === 'eq' && /^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,3}$/.test(text)))) return null;
  const problem = problemOfNetwork(text);
  return problem === null ? null : `No address is in \`${text}\`: ${problem}.`;
}

function regexFault(leaf: Leaf, value: Value, isWanted: (fault: RegexFault) => boolean): RegexFault | undefined {
  return isRegex(leaf) && value.type !== 'expression' && value.type !== 'field' ? regexFaults(value.text).find(isWanted) : undefined;
}

function invalidRegex(leaf: Leaf, value: Value): string | null {
  const fault = regexFault(leaf, value, ({ kind }) => kind !== 'explosive');
  return fault === undefined || fault.kind === 'explosive' ? null : `The regex is not valid, at character ${fault.offset + 1}: ${FAULTS[fault.kind]}.`;
}

function explosiveRegex(leaf: Leaf, value: Value): string | null {
  const fault = invalidRegex(leaf, value) === null ? regexFault(leaf, value, () => true) : undefined;
  return fault === undefined
    ? null
    : `The group at character ${fault.offset + 1} repeats what already repeats: on some texts a backtracking engine takes exponential time. Expected one repetition.`;
}

/** What a rule's own conditions do to each other, where one event decides: proved, letters' case and absent fields as the language has them. */
function provedIn(report: Report, kind: Finding['kind'], say: (shown: (span: Span) => string, finding: Finding) => string, text: string): readonly Remark[] {
  const shown = (span: Span): string => {
    const written = excerptAt(text, span);
    return written === '' ? 'another condition' : `\`${written}\``;
  };
  const found = findingsOf(report).found.filter((finding) => finding.kind === kind);
  if (found.length === 0) return [];
  const { predicate, stages } = report.rule.analysis;
  const edits = partEdits(predicate, text);
  const named = namedParts(predicate, stages, text);
  const faults = (findings: Findings): number => findings.found.filter((one) => one.kind === 'never' || one.kind === 'always').length;
  const isMended = (changed: Predicate): boolean => faults(findingsIn(formulaOfRule(report, changed))) < faults(findingsOf(report));
  return found.map((finding) => {
    const { span, by, isSpare, ends } = finding;
    const remark = { span: place(span), message: say(shown, finding) };
    if (isSpare) {
      const cut = edits.takeOut(span);
      if (cut !== null) return { ...remark, fix: { title: 'Remove it', edits: cut.edits } };
      const fix = kind === 'never' ? null : named.takeOut(span);
      if (fix !== null) return { ...remark, fix };
    }
    const choices = ends.flatMap((end): readonly Fix[] => {
      if (end !== 'rejoined') {
        const cut = edits.takeOut(end === 'without' ? span : by);
        return cut === null ? [] : [{ title: `Remove ${shown(cut.part)}`, edits: cut.edits }];
      }
      const made = kind === 'always' ? edits.together(by, span) : edits.asAlternatives(by, span);
      return made === null ? [] : [{ title: kind === 'always' ? 'Ask for both' : 'Make them alternatives', edits: made }];
    });
    const all = [...choices, ...(kind === 'never' || kind === 'always' ? named.choicesFor(finding, isMended) : [])];
    return all.length === 0 ? remark : { ...remark, choices: all };
  });
}

/** One report is asked by several checks. */
const FOUND = new WeakMap<Report, Findings>();
const NOTHING: Findings = { found: [], cutAt: null };

function findingsOf(report: Report): Findings {
  let found = FOUND.get(report);
  if (found === undefined) {
    const { rule } = report;
    const { isWhole } = firingOf(report);
    const demands = report.leaves.some(({ macro }) => macro !== null) ? null : isWhole ? rule.analysis.predicate : firstDemands(report);
    const all = demands === null ? NOTHING : findingsIn(formulaOfRule(report, demands));
    // Where more is to come, what is idle so early may be meant.
    found = isWhole ? all : { found: all.found.filter(({ kind }) => kind === 'never' || kind === 'always'), cutAt: null };
    FOUND.set(report, found);
  }
  return found;
}

const formulaOfRule = ({ rule }: Report, predicate: Predicate): Formula =>
  formulaOf(predicate, namesOf(rule)(rule.span), {
    manyValues: manyValuesIn(familyWriting(rule.taxonomy), { language: rule.analysis.language }),
    asWritten: true,
  });

function notCompared(report: Report): readonly Remark[] {
  const { cutAt } = findingsOf(report);
  const message = 'Too many conditions to compare with one another: from here on it is not checked which contradict each other or change nothing.';
  return cutAt === null ? [] : [{ span: place(cutAt), message }];
}

/** Where the rule's tags name a technique, in the document's own letters; null where it stands somewhere else. */
function tagOf(report: Report, text: string, id: string): Span | null {
  const around = report.rule.meta.places['techniques'] ?? report.rule.meta.places['tags'];
  if (around === undefined) return null;
  const found = new RegExp(`\\b${id.replace('.', '\\.')}(?![.\\d])`, 'i').exec(text.slice(around.start, around.end));
  return found === null ? null : { start: around.start + found.index, end: around.start + found.index + found[0].length };
}

function unknownTechniques({ rule }: Report): readonly Remark[] {
  const { meta, span } = rule;
  const around = meta.places['techniques'] ?? meta.places['tags'] ?? { start: span.start, end: span.start };
  // A language that reads tags itself has said so at the tag.
  const isRemarked = rule.analysis.diagnostics.some((remark) => remark.span.end > remark.span.start && isInside(remark.span, around));
  if (isRemarked) return [];
  return meta.techniques
    .filter((id) => !isKnownTechnique(id))
    .map((id) => ({
      span: place(around),
      message: `${id} is in neither generation of the Enterprise matrix bundled here: it is newer, of the ICS or mobile matrix, or a slip of the pen. It is kept.`,
    }));
}

/** A withdrawn ID gives way to today's, unless the rule has that one too. */
function withdrawnTechniques(report: Report, text: string): readonly Remark[] {
  const { meta, span } = report.rule;
  return meta.techniques.filter(isWithdrawn).map((id): Remark => {
    const current = currentOf(id);
    const tag = tagOf(report, text, id);
    const at = tag ?? meta.places['techniques'] ?? meta.places['tags'] ?? { start: span.start, end: span.start };
    if (current === id) return { span: place(at), message: `ATT&CK has withdrawn ${id}; nothing took its place.` };
    const message = `ATT&CK has withdrawn ${id}: it is ${current}, ${nameOfTechnique(current) ?? ''}, today.`;
    if (tag === null || meta.techniques.includes(current)) return { span: place(at), message };
    const written = text.slice(tag.start, tag.end);
    const text_ = written === written.toLowerCase() ? current.toLowerCase() : current;
    const edits = [{ span: place(tag), text: text_ }, ...besideId(text, tag, id, current)];
    if (edits.length > 1 && !movesTogether(parentOf(id) ?? id, meta.techniques)) return { span: place(at), message };
    return { span: place(at), message, fix: { title: `Write ${text_}`, edits } };
  });
}

/** Whether all sub-techniques of a technique that a rule has are today those of what the technique is: in a table they stand below it. */
const movesTogether = (technique: string, all: readonly string[]): boolean =>
  all.every((id) => parentOf(id) !== technique || parentOf(currentOf(id)) === currentOf(technique));

/** The name and the address of a technique that stand on the lines right behind its ID, as they are of the new one. */
function besideId(text: string, { end }: Span, id: string, current: string): readonly TextEdit[] {
  const [, quote = '', name, address] =
    /^(["'])[,\s]{1,20}["']?name["']?\s{0,4}[=:]\s{0,4}["']([^"'\n]{1,200})["'](?:[,\s]{1,20}["']?reference["']?\s{0,4}[=:]\s{0,4}["']([^"'\n]{1,200})["'])?/.exec(
      text.slice(end, end + 600),
    ) ?? [];
  if (quote === '' || name === undefined) return [];
  const at = text.indexOf(name, end);
  const renamed = { span: { start: at, end: at + name.length }, text: nameOfTechnique(current) ?? name };
  if (address?.includes(`/${id.replace('.', '/')}`) !== true) return [renamed];
  const from = text.indexOf(address, at + name.length);
  return [renamed, { span: { start: from, end: from + address.length }, text: address.replace(id.replace('.', '/'), current.replace('.', '/')) }];
}

/** Every check of a rule as a whole. */
export const RULE_CHECKS: readonly RuleCheck[] = [
  {
    id: 'rule/only-presence',
    severity: 'warning',
    sentence: 'A rule that only asks whether fields are there.',
    fixable: false,
    check: presence,
  },
  {
    id: 'rule/matches-anything',
    severity: 'warning',
    sentence: 'A value that matches every event which has the field.',
    fixable: false,
    check: (report) => inValues(report, openValue),
  },
  {
    id: 'rule/never-matches',
    severity: 'warning',
    sentence: 'Two conditions that no event can meet together.',
    fixable: true,
    check: (report, text) => provedIn(report, 'never', (shown, { by }) => `No event can meet this and ${shown(by)}: this never matches.`, text),
  },
  {
    id: 'rule/column-letters',
    severity: 'warning',
    sentence: 'A column that holds small letters or capitals alone is compared with the others.',
    fixable: false,
    check: columnLetters,
  },
  {
    id: 'rule/always-matches',
    severity: 'warning',
    sentence: 'Alternatives of which one always holds.',
    fixable: true,
    check: (report, text) =>
      provedIn(report, 'always', (shown, { by }) => `This or ${shown(by)} holds of every event that has the field: together they ask for nothing.`, text),
  },
  {
    id: 'rule/idle-condition',
    severity: 'info',
    sentence: 'A condition that another one says already.',
    fixable: true,
    check: (report, text) => provedIn(report, 'idle', (shown, { by }) => `${shown(by)} says as much: this condition changes nothing.`, text),
  },
  {
    id: 'rule/covered-value',
    severity: 'info',
    sentence: 'A value that another value of the same list takes in.',
    fixable: true,
    check: (report, text) => provedIn(report, 'covered', (shown, { by }) => `${shown(by)} takes this in: it changes nothing here.`, text),
  },
  {
    id: 'rule/not-compared',
    severity: 'info',
    sentence: 'More conditions than are compared with one another.',
    fixable: false,
    check: notCompared,
  },
  {
    id: 'rule/short-value',
    severity: 'info',
    sentence: 'A contained value of one or two letters.',
    fixable: false,
    check: (report) => inValues(report, shortValue),
  },
  {
    id: 'rule/network',
    severity: 'warning',
    sentence: 'A network that holds no address.',
    fixable: false,
    check: (report) => inValues(report, badNetwork),
  },
  {
    id: 'rule/invalid-regex',
    severity: 'warning',
    sentence: 'A regex that no engine takes.',
    fixable: false,
    check: (report) => inValues(report, invalidRegex),
  },
  {
    id: 'rule/explosive-regex',
    severity: 'warning',
    sentence: 'A regex that takes exponential time on some texts, in an engine that backtracks.',
    fixable: false,
    check: (report) => (familyWriting(report.rule.taxonomy)?.backtracks === true ? inValues(report, explosiveRegex) : []),
  },
  {
    id: 'rule/unknown-technique',
    severity: 'info',
    sentence: 'A technique that ATT&CK does not have.',
    fixable: false,
    check: unknownTechniques,
  },
  {
    id: 'rule/withdrawn-technique',
    severity: 'info',
    sentence: 'A technique that ATT&CK has withdrawn.',
    fixable: true,
    check: withdrawnTechniques,
  },
];

/** Remarks on what a rule says, by place; spans are the document's. A value its language has remarked on is left alone. */
export const lintOf = (report: Report, text: string): readonly Diagnostic[] =>
  RULE_CHECKS.flatMap(({ id: code, severity, check }) => check(report, text).map((remark): Diagnostic => ({ code, severity, ...remark }))).sort(
    (a, b) => a.span.start - b.span.start,
  );
