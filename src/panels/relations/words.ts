import { sourceLabel } from '../../knowledge/sources';
import { vendorName } from '../../knowledge/families';
import type { ComparedWords, Limit, Parting, Partings, Reading, RelatedRule, Relation, Relations, RuleRow } from '../../model';
import { counted } from '../format';

/** Whose relations are told: a draft speaks of "yours", a rule's page of "this rule". */
export type Whose = 'yours' | 'this rule';

/** The groups' headings. */
export const headingOf = (relation: Relation, whose: Whose): string =>
  ({
    same: 'Same',
    covers: `Covers ${whose}`,
    covered: `Covered by ${whose}`,
    overlaps: 'Overlaps',
    contradicts: 'Contradicts',
  })[relation];

/** The answer to "is this already covered?": words, the rule they name, and what follows. */
interface Answer {
  readonly kind: 'covered' | 'not-covered' | 'not-told';
  readonly before: string;
  readonly rule: RuleRow | null;
  readonly after: string;
}

/** Rules that alert come before those that only list or feed others, and of those the ones of which all is told. */
const bestOf = (relations: Relations, relation: Relation): RelatedRule | undefined => {
  const group = relations.rules.filter((rule) => rule.relation === relation);
  const alerting = group.filter(({ kind, status }) => kind === 'detection' && status !== 'deprecated');
  return alerting.find(({ limits }) => !limits.some((limit) => SAID.has(limit))) ?? alerting[0] ?? group[0];
};

/** What is said of a covering rule at once: a reader would take it for more than it is. */
const SAID: ReadonlySet<Limit> = new Set(['rule-groups', 'rule-aside', 'letters', 'arguments']);
const saidOf = ({ limits }: RelatedRule, whose: Whose): string =>
  limits
    .filter((limit) => SAID.has(limit))
    .map((limit) => ` ${limitSentence(limit, whose)}`)
    .join('');

const named = ({ vendor, source, severity, kind, status }: RuleRow): string =>
  [
    vendorName(vendor) === sourceLabel(source) ? vendorName(vendor) : `${vendorName(vendor)}, ${sourceLabel(source)}`,
    severity,
    kind === 'detection' ? '' : kind,
    status === 'deprecated' ? status : '',
  ]
    .filter((word) => word !== '')
    .join(', ');

/** Whether a public rule covers it, in one or two sentences. */
export function answerOf(relations: Relations, whose: Whose): Answer {
  const { counts, compared, isTold, waits } = relations;
  const of = `Compared with ${counted(compared, 'rule')}.`;
  const subject = whose === 'yours' ? 'yours' : 'this one';
  const more = (count: number): string => (count > 1 ? `, and ${(count - 1).toLocaleString('en')} more` : '');
  if (!isTold)
    return {
      kind: 'not-told',
      before: `Not told: nothing that ${whose === 'yours' ? 'this draft' : 'this rule'} looks for in an event is understood, or no event can meet it.`,
      rule: null,
      after: '',
    };
  const same = bestOf(relations, 'same');
  if (same !== undefined)
    return {
      kind: 'covered',
      before: 'Already covered: the same is asked by',
      rule: same,
      after: `${named(same)}${more(counts.same)}.${saidOf(same, whose)} ${of}`,
    };
  const cover = bestOf(relations, 'covers');
  if (cover !== undefined)
    return {
      kind: 'covered',
      before: 'Already covered by',
      rule: cover,
      after: `${named(cover)}${more(counts.covers)}. It matches every event that ${subject} does; ${subject} is the stricter one.${saidOf(cover, whose)} ${of}`,
    };
  if (waits)
    return {
      kind: 'not-told',
      before: `Not told: ${whose === 'yours' ? 'this draft' : 'this rule'} counts, or waits for more than one event, so no one event decides.`,
      rule: null,
      after: counts.overlaps === 0 ? of : `${counted(counts.overlaps, 'rule')} ${counts.overlaps === 1 ? 'asks' : 'ask'} for the same in part. ${of}`,
    };
  const covered = bestOf(relations, 'covered');
  if (covered !== undefined)
    return {
      kind: 'not-covered',
      before: `Not covered, as far as is known; ${subject} takes in`,
      rule: covered,
      after: `${named(covered)}${more(counts.covered)}. ${of}`,
    };
  const near = bestOf(relations, 'overlaps') ?? relations.nearest[0];
  if (near !== undefined) return { kind: 'not-covered', before: 'Not covered, as far as is known. Nearest is', rule: near, after: `${named(near)}. ${of}` };
  return { kind: 'not-covered', before: 'Not covered: no public rule asks for the same.', rule: null, after: of };
}

/** What a relation says, before its conditions. */
export function relationSentence({ relation, conditions }: RelatedRule, whose: Whose): string {
  const [subject, Subject] = whose === 'yours' ? ['yours', 'Yours'] : ['this rule', 'This rule'];
  const own = conditions.filter(({ as }) => as === 'only-first' || as === 'wider').length;
  const its = conditions.filter(({ as }) => as === 'only-second' || as === 'narrower').length;
  switch (relation) {
    case 'same':
      return `It asks the same of an event as ${subject}.`;
    case 'covers':
      return `It matches every event that ${subject} does.${own === 0 ? '' : ` ${Subject} asks more in ${counted(own, 'condition')}.`}`;
    case 'covered':
      return `${Subject} matches every event that it does.${its === 0 ? '' : ` It asks more in ${counted(its, 'condition')}.`}`;
    case 'contradicts':
      return 'No event fires both: what one asks for the other excludes, or asks otherwise.';
    case 'overlaps':
      return `Both ask for some of the same; neither is known to match all that the other does.`;
    default:
      return relation satisfies never;
  }
}

/** How the events they read meet; '' where they are the same. */
export const readingSentence = (reads: Reading): string =>
  ({
    same: '',
    kind: 'It reads the same kind of event from other sources.',
    unknown: 'Which events one of the two reads is not known: this holds where they read the same.',
  })[reads];

/** What else is to be known of a relation. */
export function limitSentence(limit: Limit, whose: Whose): string {
  const Own = whose === 'yours' ? 'Yours' : 'This rule';
  switch (limit) {
    case 'draft-waits':
      return `${Own} counts, or waits for more than one event.`;
    case 'rule-waits':
      return 'It counts, or waits for more than one event.';
    case 'draft-groups':
      return `${Own} sums up by fields: an event without them does not count.`;
    case 'rule-groups':
      return 'It sums up by fields: an event without them does not count.';
    case 'draft-aside':
      return `A macro or list of ${whose} is not known; it can only make ${whose === 'yours' ? 'yours' : 'it'} stricter.`;
    case 'rule-aside':
      return 'A macro or list of its own is not known; it can only make it stricter.';
    case 'draft-unread':
      return `A part of ${whose} is not read.`;
    case 'rule-unread':
      return 'A part of it is not read.';
    case 'letters':
      return "Letters' case is left aside here, and one of the two minds it.";
    case 'arguments':
      return 'An argument is taken to stand in the command line as it is; written with quotes inside, it would not.';
    default:
      return limit satisfies never;
  }
}

/** The last column of the conditions. */
export const comparedWord = (as: ComparedWords['as']): string =>
  ({
    same: 'same',
    wider: 'wider',
    narrower: 'narrower',
    contradicts: 'contradicts',
    follows: 'said otherwise',
    'only-first': 'not asked',
    'only-second': 'asks more',
  })[as];

/** Which events tell a rule of this relation and one's own apart. */
export const partingsAsked = (relation: Relation): readonly Parting['matches'][] =>
  relation === 'same' ? [] : relation === 'covers' ? ['other'] : relation === 'covered' ? ['own'] : ['own', 'other'];

export const partingTitle = ({ matches }: Pick<Parting, 'matches'>, whose: Whose): string =>
  matches === 'own' ? `An event that ${whose} matches and it does not` : `An event that it matches and ${whose} does not`;

export function partingSentence({ matches, condition }: Parting, whose: Whose): string {
  const Own = whose === 'yours' ? 'Yours' : 'This rule';
  if (condition !== null) return `${matches === 'own' ? 'It' : Own} fails at one condition: ${condition}.`;
  return matches === 'own' ? `It meets all that ${whose} asks, and not what the other does.` : `It meets all that the other asks, and not what ${whose} does.`;
}

/** Why events of those asked for are not there. */
export function noPartingSentence(lacking: readonly Parting['matches'][], { withheld: { own, other } }: Partings, whose: Whose): string {
  const [first] = lacking;
  const title = lacking.length === 1 && first !== undefined ? partingTitle({ matches: first }, whose) : 'An event that only one of the two matches';
  const why = [...(own === null ? [] : [`of ${whose} none is made, as ${own}`]), ...(other === null ? [] : [`of the other none is made, as ${other}`])];
  return `${title} is not shown: ${why.length === 0 ? 'none of those made is matched by the one and ruled out by the other' : why.join('; ')}.`;
}
