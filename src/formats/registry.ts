import type { Format } from '../model';
import { elasticFormat } from './elastic';
import { eqlFormat, esqlFormat, kueryFormat, luceneFormat } from './elastic/bare-queries';
import { sigmaFormat } from './sigma';

/** Every format, by id, in the order of the mode menu. */
export const FORMATS: ReadonlyMap<string, Format> = new Map(
  [sigmaFormat, elasticFormat, kueryFormat, eqlFormat, esqlFormat, luceneFormat].map((format) => [format.id, format]),
);
