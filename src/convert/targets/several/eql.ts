import { keyText, printCondition } from '../../../languages/eql/print/print';
import type { Refusal } from '../../../model';
import { atLeast, leastOf, spanText } from '../../joint/joint';
import { asksAll, refusedAt, type Several, type TargetPart, textOf } from '../../joint/target';

/** The numbers that `with runs` takes (Elasticsearch, "EQL syntax reference"). */
const MOST_RUNS = 100;

/** Sequences within a span of time, in which one event stands for one condition; samples in any order, which have no span. */
export const eqlSeveral: Several = {
  slides: true,
  keyless: false,
  apart: true,
  separates: true,
  sums: new Set(['event_count']),
  manySums: false,
  showsSums: false,
  isOrdered: true,
  estimates: new Set(),
  spans: 'ordered',
  write(joint) {
    const { type, parts, span, seconds, condition } = joint;
    const isCount = type === 'sums';
    const runs = isCount ? leastOf(condition) : null;
    if (isCount && (runs === null || runs < 2 || runs > MOST_RUNS)) return refusedAt(span, `a number of events other than at least 2 to ${MOST_RUNS}`);
    if (isCount && parts.length > 1) return refusedAt(span, 'a number of events of several rules');
    if (!isCount && !asksAll(joint)) return refusedAt(span, 'a condition over rules other than that each of them fires');
    if (!isCount && parts.length < 2) return refusedAt(span, 'a correlation of one rule alone');
    const isSample = type === 'temporal';
    if (isSample && joint.by.length === 0) return refusedAt(span, 'events in any order that have nothing in common');
    const refused: Refusal[] = [];
    const keys = parts.map(({ by }) => by.map((field) => keyText(field, refused)).join(', '));
    const events = parts.map((part) => `[${eventText(part, refused)}]`);
    if (refused.length > 0) return { refused };
    const isShared = keys.every((key) => key === keys[0]);
    const head = [
      isSample ? 'sample' : 'sequence',
      ...(isShared && keys[0] !== '' ? [`by ${keys[0]!}`] : []),
      ...(seconds === null ? [] : [`with maxspan=${spanText(seconds)}`]),
    ].join(' ');
    // Events in a row that are all of one kind are a number of them.
    const isAlike = !isCount && !isSample && isShared && events.every((text) => text === events[0]);
    const count = isAlike ? parts.length : runs;
    if (count !== null) {
      const text = `${head}\n  ${events[0]!} with runs=${count}`;
      return isAlike ? { text, as: { ...joint, ...atLeast(count, span), type: 'sums', parts: parts.slice(0, 1), isWithin: true } } : { text };
    }
    return { text: [head, ...events.map((text, at) => `  ${text}${isShared ? '' : ` by ${keys[at]!}`}`)].join('\n') };
  },
};

function eventText({ predicate, point, source }: TargetPart, refused: Refusal[]): string {
  return `${source ?? point?.elastic.category ?? 'any'} where ${textOf(printCondition(predicate), refused)}`;
}
