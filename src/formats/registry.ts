import type { Format } from '../model';
import { elasticFormat } from './elastic';
import { eqlFormat, esqlFormat, kueryFormat, luceneFormat } from './elastic/bare-queries';
import { anvilogicFormat } from './anvilogic';
import { armFormat } from './arm';
import { kustoFormat } from './kusto';
import { markdownFormat } from './markdown';
import { savedSearchesFormat } from './savedsearches';
import { sentinelFormat } from './sentinel';
import { sigmaFormat } from './sigma';
import { splFormat } from './spl';
import { splunkFormat } from './splunk';

/** Every format, by id, in the order of the mode menu. */
export const FORMATS: ReadonlyMap<string, Format> = new Map(
  [
    sigmaFormat,
    splunkFormat,
    anvilogicFormat,
    savedSearchesFormat,
    splFormat,
    sentinelFormat,
    markdownFormat,
    armFormat,
    kustoFormat,
    elasticFormat,
    kueryFormat,
    eqlFormat,
    esqlFormat,
    luceneFormat,
  ].map((format) => [format.id, format]),
);
