import type { Rule } from '../../model';
import type { Dialect } from '../dialect';
import { elasticDialect } from './elastic';
import { eqlDialect } from './eql';
import { esqlDialect } from './esql';
import { kustoDialect } from './kusto';
import { KUSTO_PLUGINS } from './kusto-plugins';
import { sigmaDialect } from './sigma';
import { eqlEngine } from './eql-engine';
import { splDialect } from './spl';
import { refusal, type Answer, type Engine, type Given } from '../engine';
import { filterEngine } from '../filter';
import { pipelineEngine } from '../pipeline';
import type { PipelineDialect, Plugin } from '../pipeline-dialect';
import { sigmaEngine } from './sigma-engine';

/** How the languages that are pipelines compare values of rows. */
const PIPELINES: ReadonlyMap<string, PipelineDialect> = new Map(Object.entries({ esql: esqlDialect, kusto: kustoDialect, spl: splDialect }));

const PLUGINS: ReadonlyMap<string, ReadonlyMap<string, Plugin>> = new Map(Object.entries({ kusto: KUSTO_PLUGINS }));

/** What runs the rules of each language. */
const ENGINES: ReadonlyMap<string, Engine> = new Map([
  ...Object.entries({
    sigma: sigmaEngine,
    kuery: filterEngine(elasticDialect),
    lucene: filterEngine(elasticDialect),
    eql: eqlEngine,
  }),
  ...[...PIPELINES].map(([language, dialect]): [string, Engine] => [language, pipelineEngine(dialect, PLUGINS.get(language))]),
]);

/** How each language compares values of single events. */
const DIALECTS: ReadonlyMap<string, Dialect> = new Map(
  Object.entries({
    sigma: sigmaDialect,
    kuery: elasticDialect,
    lucene: elasticDialect,
    eql: eqlDialect,
  }),
);

export const dialectOf = (language: string): Dialect | undefined => DIALECTS.get(language);

/** How a language compares values, of single events or of a pipeline's rows. */
export const dialectOfEvents = (language: string): Dialect | undefined => DIALECTS.get(language) ?? PIPELINES.get(language);

/** Runs a rule; what its language or its text does not let us run is refused by name. */
export function runRule(rule: Rule, given: Given): Answer {
  const engine = ENGINES.get(rule.analysis.language);
  return engine === undefined ? refusal(rule.span, `the language \`${rule.analysis.language}\``) : engine(rule, given);
}
