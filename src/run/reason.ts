import type { Event, FailingPart, ReasonLine, SampleVerdict, Span, Test } from '../model';
import { subjectOf, valuesOf } from '../syntax/classify';
import { identityOf } from './event-identity';
import { isWithin } from './failing';
import type { ReadyRule } from './event-rule';
import { explain, type Explained } from './judge';
import { verdictOf, type Verdict } from './truth';
import { plainOf, type Bag } from './value';
import { shortened } from '../syntax/written';

const VERDICTS: Readonly<Record<Verdict, SampleVerdict>> = { true: 'matches', false: 'does-not', unknown: 'cannot-tell' };
const MOST_VALUES = 4;
const MOST_LINES = 400;
const LONGEST = 200;

const cut = (text: string): string => shortened(text, LONGEST);

/** Why a rule says what it says of an event: a line for what it reads, then one for each part of its condition. */
export function reasonOf(ready: ReadyRule, event: Event): readonly ReasonLine[] {
  const { rule, reads, node } = ready;
  const identity = identityOf(event as Bag);
  const source = {
    depth: 0,
    verdict: VERDICTS[verdictOf(reads(identity))],
    kind: 'source',
    name: '',
    decides: false,
    field: rule.logsource !== '' ? rule.logsource : rule.events.map(({ provider, id }) => `${provider} ${id}`.trim()).join(', '),
    word: '',
    values: [],
    more: 0,
    seen: identity === null ? null : [identity.channel || [...identity.providers][0], identity.id].filter(Boolean).join(' '),
    why: identity === null ? 'the event does not say what it is' : null,
  } satisfies ReasonLine;
  return [source, ...reasonLines(explain(node(), event))];
}

/** A line for each part of a condition as it was judged; `nameOf`: what the rule calls the part at a place; `failing`: where it fails. */
export function reasonLines(whole: Explained, nameOf: (span: Span) => string = () => '', failing: readonly FailingPart[] = []): readonly ReasonLine[] {
  const lines: ReasonLine[] = [];
  const visit = (part: Explained, depth: number, above: string): void => {
    if (lines.length >= MOST_LINES) return;
    const name = nameOf(part.span);
    const decides = failing.some(({ span }) => isWithin(part.span, span));
    lines.push({ ...lineOf(part, depth), name: name === above ? '' : name, decides });
    for (const inner of part.of) visit(inner, depth + 1, name);
  };
  visit(whole, 0, '');
  return lines;
}

function lineOf({ predicate, verdict, seen, why }: Explained, depth: number): Omit<ReasonLine, 'name' | 'decides'> {
  const bare = { depth, verdict: VERDICTS[verdict], field: '', word: '', values: [], more: 0, seen: null, why: why ?? null };
  switch (predicate.kind) {
    case 'test':
      return { ...bare, kind: 'test', ...sidesOf(predicate), seen: seen?.value === undefined || seen.value === null ? null : cut(shown(plainOf(seen.value))) };
    case 'all':
    case 'any':
    case 'not':
    case 'unread':
      return { ...bare, kind: predicate.kind };
    default:
      return predicate satisfies never;
  }
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function sidesOf(test: Test): Pick<ReasonLine, 'field' | 'word' | 'values' | 'more'> {
  const subject = subjectOf(test.left);
  const values = valuesOf(test);
  return {
    field: subject === null ? '' : cut(subject.written ?? subject.name),
    word: test.word,
    values: values.slice(0, MOST_VALUES).map(({ text }) => cut(text)),
    more: Math.max(0, values.length - MOST_VALUES),
  };
}
