import type { Operation, Rule } from '../../model';
import { isRefused, refused } from '../dialect';
import { eqlDialect } from './eql';
import { refusal, type Answer, type Given } from '../engine';
import type { Joined } from '../names';
import { runningOf } from '../pipeline';
import type { PipelineDialect } from '../pipeline-dialect';
import { inTime, matchSequence, type Match } from '../sequence';
import { TRUE } from '../truth';
import type { Bag } from '../value';

/** EQL: events that meet a condition, or sequences and samples of them, in order of time, cut by pipes. */
export function eqlEngine(rule: Rule, given: Given): Answer {
  const joined = new Map<string, Joined>();
  try {
    // Its pipes only cut: nothing of a pipeline over rows is asked of it.
    const running = runningOf(eqlDialect as PipelineDialect, rule, given, joined);
    const operations = rule.analysis.stages.flatMap((stage): readonly Operation[] => {
      if (stage.operations === undefined && stage.role !== 'sequence') throw refused(`\`${stage.kind}\``);
      return stage.operations ?? [];
    });
    let events: readonly number[] | null = null;
    let matches: readonly Match[] | null = null;
    for (const operation of operations) {
      if (operation.kind === 'filter' && events === null && matches === null) {
        const condition = running.condition(operation.predicate);
        events = inTime(given.events as readonly Bag[]).flatMap(({ index, row }) => (condition(row) === TRUE ? [index] : []));
      } else if (operation.kind === 'sequence') matches = matchSequence(operation, running);
      else if (operation.kind === 'limit') {
        const count = Number(running.evaluate(operation.count)({}));
        if (!Number.isInteger(count) || count < 0) throw refused('a number of results that is none');
        const cut = <T>(list: readonly T[]): readonly T[] => (operation.end === 'tail' ? (count === 0 ? [] : list.slice(-count)) : list.slice(0, count));
        if (matches !== null) matches = cut(matches);
        else if (events !== null) events = cut(events);
      } else if (operation.kind === 'read') continue;
      else throw refused(operation.kind === 'unread' ? (operation.note ?? 'a part that is not read') : `the pipe \`${operation.kind}\``);
    }
    const hits = matches === null ? (events ?? []) : [...new Set(matches.flatMap((slots) => slots.filter((slot) => slot !== null)))].sort((a, b) => a - b);
    return {
      verdict: 'events',
      matches: hits,
      undecided: [],
      ...(matches === null ? null : { sequences: matches }),
      refused: [],
      joined: [...joined.values()],
    };
  } catch (error) {
    if (isRefused(error)) return refusal(rule.span, error.message);
    throw error;
  }
}
