import { sourceOfTable } from '../../knowledge/tables';
import type { Analysis, EventRef, Metadata, Stage } from '../../model';
import { walkTests } from '../../syntax/walk';
import { subjectOf, valuesOf } from '../../syntax/classify';

/** What the tables of a query say about its rule. */
type TableFacts = Pick<Metadata, 'platforms' | 'domains' | 'events' | 'providers' | 'scopes'> & {
  /** It reads nothing but alerts of other products. */
  readonly isAlertFeed: boolean;
};

/** Platforms, domains and events of the tables a query reads (rule model, sections 8 and 9). */
export function factsOf(analysis: Analysis): TableFacts {
  const names = analysis.sources.map(({ name }) => name);
  const sources = names.map(sourceOfTable);
  const known = sources.filter((source) => source !== null);
  const events = new Map<string, EventRef>();
  noteEvents(analysis.stages, new Set(names), events);
  // A table that is asked for no event in particular gives all of its own, beside those of other tables.
  const named = new Set([...events.values()].map(({ provider }) => provider));
  if (events.size > 0)
    for (const name of new Set(names)) {
      const column = sourceOfTable(name)?.event;
      if (column !== undefined && column !== '' && column !== NUMBERED && !named.has(name)) events.set(name, { provider: name, id: '', title: '' });
    }
  return {
    platforms: [...new Set(known.flatMap(({ platforms }) => platforms))],
    domains: [...new Set(known.flatMap(({ domains }) => domains))],
    events: [...events.values()],
    // All tables are none in particular.
    providers: names.filter((name) => name !== '*'),
    scopes: [...new Set(names.map((name) => name.toLowerCase()))],
    isAlertFeed: sources.length > 0 && sources.every((source) => source?.isAlert === true),
  };
}

/** An event's number alone says nothing without its provider, which the analysis finds by the table. */
const NUMBERED = 'EventID';

/**
 * Events that a pipeline asks its tables for by name: `ActionType == "ProcessCreated"` over DeviceProcessEvents. Gives the tables whose rows leave the pipeline.
 * A joined side is a pipeline of its own; the sides of a union flow on together.
 */
function noteEvents(stages: readonly Stage[], tables: ReadonlySet<string>, events: Map<string, EventRef>): ReadonlySet<string> {
  const flowing = new Set<string>();
  for (const stage of stages) {
    if (stage.label !== undefined && stage.role === 'source' && tables.has(stage.label)) flowing.add(stage.label);
    for (const branch of stage.branches ?? []) {
      const inner = noteEvents(branch.stages, tables, events);
      if (stage.role === 'source' || stage.kind === 'union' || stage.kind === 'search' || stage.kind === 'find') for (const name of inner) flowing.add(name);
    }
    if (stage.predicate === undefined) continue;
    walkTests(stage.predicate, (test, negated) => {
      const field = subjectOf(test.left);
      if (negated || field === null || field.derived || (test.word !== 'eq' && test.word !== 'in')) return;
      for (const table of flowing) {
        const column = sourceOfTable(table)?.event;
        if (column === undefined || column === NUMBERED || column !== (field.of ?? field.name)) continue;
        for (const { text, type } of valuesOf(test)) if (type === 'string') events.set(`${table} ${text}`, { provider: table, id: text, title: '' });
      }
    });
  }
  return flowing;
}
