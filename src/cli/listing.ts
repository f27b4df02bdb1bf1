import type { CatalogRule } from '../catalog/store/encode';
import { truncateValue } from '../catalog/store/truncate';
import { isTechniqueId, tacticOf } from '../knowledge/attack';
import type { RuleSource } from '../knowledge/sources';
import { sourceOfTable } from '../knowledge/tables';
import { DOMAINS, PLATFORMS } from '../model';

/** One line of a listing: what is known of a rule whose text is not there (sentinelninja's content.ndjson). */
interface Line {
  readonly id?: unknown;
  readonly title?: unknown;
  readonly severity?: unknown;
  readonly tactics?: unknown;
  readonly techniques?: unknown;
  readonly tables?: unknown;
  readonly source?: unknown;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf).filter((text) => text !== '') : []);

/** The rules that a listing names, each with no query; a line that is none is passed over. */
export function listedRules(text: string, { name, vendor, license, publisher }: RuleSource): readonly CatalogRule[] {
  return text.split('\n').flatMap((written): CatalogRule[] => {
    const line = lineOf(written);
    const [title, path] = [textOf(line?.title), pathIn(textOf(line?.source))];
    if (line === null || title === '' || path === '') return [];
    const tables = textsOf(line.tables);
    const known = tables.map(sourceOfTable);
    return [
      {
        id: truncateValue(textOf(line.id)),
        title: truncateValue(title),
        vendor: vendor ?? '',
        source: name,
        kind: 'no query text',
        status: '',
        severity: textOf(line.severity).toLowerCase(),
        language: '',
        techniques: [...new Set(textsOf(line.techniques).map((id) => id.toUpperCase()))].filter(isTechniqueId),
        tactics: [...new Set(textsOf(line.tactics).map((tactic) => tacticOf(tactic.replace(/(?<=[a-z])(?=[A-Z])/g, '-'))?.short ?? ''))].filter(Boolean),
        platforms: PLATFORMS.filter((platform) => known.some((table) => table?.platforms.includes(platform))),
        domains: DOMAINS.filter((domain) => known.some((table) => table?.domains.includes(domain))),
        created: '',
        modified: '',
        path,
        copies: [],
        // Of its file in the repository whose rules are listed.
        ordinal: 0,
        license,
        author: publisher === '' ? [] : [publisher],
        references: [],
        logsource: truncateValue(tables.join(', ')),
        timeWindow: '',
        groupBy: [],
        events: [],
        stages: [],
        leaves: [],
        terms: [],
        outputs: [],
        meaning: null,
        text: null,
      },
    ];
  });
}

function lineOf(written: string): Line | null {
  try {
    const line: unknown = JSON.parse(written);
    return typeof line === 'object' && line !== null ? line : null;
  } catch {
    return null;
  }
}

/** A file's path in its repository, of its address on GitHub; '' for another address. */
function pathIn(address: string): string {
  const path = /^https:\/\/github\.com\/[^/]+\/[^/]+\/blob\/[^/]+\/(.+)$/.exec(address)?.[1];
  try {
    return path === undefined ? '' : decodeURIComponent(path);
  } catch {
    return path ?? '';
  }
}
