import { join } from 'node:path';
import { parse } from 'yaml';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Opened, Rule } from '../../src/model';
import { readCorpus } from '../bench/corpus';

export const SHARED = join(import.meta.dirname, '../../../shared');

export interface KustoFile {
  /** As the expectations name it. */
  readonly path: string;
  readonly text: string;
  readonly format: string;
}

/** Sentinel's rules and exploration queries, and the pages of two hunting repositories. */
export const kustoFiles = (): readonly KustoFile[] => [
  ...readCorpus('sentinel', '.yaml', '.yml').map(({ path, text }) => ({ path: `sentinel/${path}`, text, format: 'sentinel' })),
  ...readCorpus('sentinel', '.txt').map(({ path, text }) => ({ path: `sentinel/${path}`, text, format: 'kusto' })),
  ...['bert-janp', 'alexverboon'].flatMap((source) =>
    readCorpus(source, '.md').map(({ path, text }) => ({ path: `${source}/${path}`, text, format: 'markdown' })),
  ),
];

export const opened = ({ format, text }: KustoFile): Opened => FORMATS.get(format)!.open(text, { languages: LANGUAGES });

export interface KustoRule {
  readonly path: string;
  readonly index: number;
  readonly rule: Rule;
}

export const kustoRules = (): readonly KustoRule[] =>
  kustoFiles().flatMap((file) => opened(file).rules.map((rule, index) => ({ path: file.path, index, rule })));

/** The queries alone, taken from their containers without our own readers of containers. */
export const kustoQueries = (): readonly KustoQuery[] =>
  kustoFiles().flatMap(({ path, text, format }) => {
    if (format === 'kusto') return [{ path, text }];
    if (format === 'markdown') return [...text.matchAll(FENCE)].map(([, , body]) => ({ path, text: body! }));
    const { query } = (parse(text, { logLevel: 'silent' }) ?? {}) as { query?: unknown };
    return typeof query === 'string' ? [{ path, text: query }] : [];
  });

interface KustoQuery {
  readonly path: string;
  readonly text: string;
}

const FENCE = /^[ \t]*(```+)[ \t]*(?:kql|kusto|csl|kuery)[ \t]*\r?\n([\s\S]*?)^[ \t]*\1/gim;
