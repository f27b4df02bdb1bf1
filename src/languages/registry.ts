import type { Language } from '../model';
import { eql } from './eql';
import { esql } from './esql';
import { kuery } from './kuery';
import { kusto } from './kusto';
import { lucene } from './lucene';
import { sigma } from './sigma';
import { spl } from './spl';

/** Every language, by id. A folder that is missing here fails a test. */
export const LANGUAGES: ReadonlyMap<string, Language> = new Map([sigma, spl, kusto, kuery, eql, esql, lucene].map((language) => [language.id, language]));
