import type { Rule } from '../model';
import type { Dialect } from './dialect';
import { elasticDialect } from './dialect/elastic';
import { eqlDialect } from './dialect/eql';
import { esqlDialect } from './dialect/esql';
import { kustoDialect } from './dialect/kusto';
import { sigmaDialect } from './dialect/sigma';
import { eqlEngine } from './eql';
import { splDialect } from './dialect/spl';
import { refusal, type Answer, type Engine, type Given } from './engine';
import { filterEngine } from './filter';
import { pipelineEngine } from './pipeline';
import { sigmaEngine } from './sigma';

/** What runs the rules of each language. */
const ENGINES: ReadonlyMap<string, Engine> = new Map(
  Object.entries({
    sigma: sigmaEngine,
    kuery: filterEngine(elasticDialect),
    lucene: filterEngine(elasticDialect),
    eql: eqlEngine,
    esql: pipelineEngine(esqlDialect),
    kusto: pipelineEngine(kustoDialect),
    spl: pipelineEngine(splDialect),
  }),
);

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

/** Languages whose rules over rows are judged by single events where one event decides. */
const ROW_DIALECTS: ReadonlyMap<string, Dialect> = new Map(Object.entries<Dialect>({ esql: esqlDialect, kusto: kustoDialect, spl: splDialect }));

export const dialectOfEvents = (language: string): Dialect | undefined => DIALECTS.get(language) ?? ROW_DIALECTS.get(language);

/** Runs a rule; what its language or its text does not let us run is refused by name. */
export function runRule(rule: Rule, given: Given): Answer {
  const engine = ENGINES.get(rule.analysis.language);
  return engine === undefined ? refusal(rule.span, `the language \`${rule.analysis.language}\``) : engine(rule, given);
}
