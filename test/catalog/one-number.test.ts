import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Catalog } from '../../src/catalog/catalog';
import { eventFactsOf, eventRulesOf, eventsOf } from '../../src/catalog/events';
import { guideOf } from '../../src/catalog/guide';
import { reachOf } from '../../src/catalog/postings';
import { reachesOf, rulesOfTriple } from '../../src/catalog/reach';
import { tripleOf } from '../../src/catalog/rule';
import { tripleIn } from '../../src/catalog/search/query';
import { searcherOf, type Searcher } from '../../src/catalog/search/search';
import { openCatalog, openList, openManifest } from '../../src/catalog/store/open';
import { countTechniques, techniquesOf } from '../../src/catalog/techniques';
import { currentOf } from '../../src/knowledge/attack';
import type { GuideFilters, Polarity } from '../../src/model';
import { countedEventQuery, countedTechniqueQuery, queryOf, uncountedTechniqueQuery } from '../../src/state/catalog-state';
import { lexSearch } from '../../src/syntax/search-query';

// The whole bundled catalog is opened and asked often; other work may hold up the machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const FOLDER = join(import.meta.dirname, '..', '..', 'public', 'catalog');
const ALL: GuideFilters = { platforms: [], domains: [], vendors: [], subTechniques: true, unsettled: true };
const SETTLED: GuideFilters = { ...ALL, unsettled: false };

let catalog: Catalog;
let search: Searcher;
beforeAll(() => {
  const bytes = (name: string): Uint8Array => new Uint8Array(readFileSync(join(FOLDER, name)));
  const manifest = openManifest(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')).value!;
  catalog = openCatalog(manifest, openList(manifest, bytes('list.bin')).value!, bytes('facts.bin')).value!;
  search = searcherOf(catalog.list, catalog.facts);
});

const found = (query: string): number => search.find(query, null).length;
/** Some of many, spread over all of them. */
const some = <T>(all: readonly T[], count: number): readonly T[] => all.filter((_, at) => at % Math.max(1, Math.floor(all.length / count)) === 0);

describe('one number has one meaning, over the bundled catalog', () => {
  it('the reach of a value is the number of rules its link finds, on either side', () => {
    const { facts, indicators, exclusions } = catalog;
    const numbers = Array.from(facts.tripleFields.keys());
    const sides = [
      ['indicator', indicators],
      ['exclusion', exclusions],
    ] as const;
    for (const [polarity, postings] of sides) {
      const reaching = numbers.filter((number) => reachOf(postings, number) > 0);
      // A link means the value it was made of, whatever signs stand in it.
      const lost = reaching.filter(
        (number) => JSON.stringify(tripleIn(lexSearch(queryOf(tripleOf(facts, number), polarity))[0]!.value)) !== JSON.stringify(tripleOf(facts, number)),
      );
      expect(lost.map((number) => tripleOf(facts, number))).toEqual([]);
      const common = reaching.toSorted((a, b) => reachOf(postings, b) - reachOf(postings, a)).slice(0, 60);
      for (const number of [...common, ...some(reaching, 120)]) {
        const triple = tripleOf(facts, number);
        const query = queryOf(triple, polarity);
        expect(found(query), query).toBe(reachOf(postings, number));
        expect(rulesOfTriple(catalog, triple, polarity as Polarity, null)).toHaveLength(reachOf(postings, number));
      }
    }
  });

  it('a technique has as many rules on the matrix, in its guide, and in the list its guide leads to', () => {
    const techniques = techniquesOf(catalog.list);
    const heat = new Map(countTechniques(catalog.list, techniques, ALL).map((one) => [one.id, one]));
    for (const { id, rules, perVendor } of some(techniques, 150)) {
      const guide = guideOf(catalog, id, ALL, null)!;
      expect([guide.total, guide.shown, heat.get(id)!.rules, perVendor.reduce((sum, count) => sum + count, 0), guide.rules.length], id).toEqual(
        Array(5).fill(rules),
      );
      expect(found(countedTechniqueQuery(id)), id).toBe(rules);
      expect(found(uncountedTechniqueQuery(id)), id).toBe(guide.uncounted);
      const settled = guideOf(catalog, id, SETTLED, null)!;
      expect(settled.shown + settled.unsettled, id).toBe(rules);
    }
  });

  it("a guide's row counts the rules it opens to, and what the hover says", () => {
    for (const filters of [SETTLED, { ...SETTLED, platforms: ['windows'], subTechniques: false } as const])
      for (const id of ['T1049', 'T1053.005', 'T1003', 'T1685']) {
        const guide = guideOf(catalog, id, filters, null)!;
        for (const row of some(guide.values, 40)) {
          expect(rulesOfTriple(catalog, row, 'indicator', guide.under), JSON.stringify(row)).toHaveLength(row.rules);
          expect(reachesOf(catalog, [row], guide.under)[0]).toMatchObject({ here: row.rules, total: row.reach });
        }
        for (const row of some(guide.exclusions, 20)) {
          expect(rulesOfTriple(catalog, row, 'exclusion', guide.under)).toHaveLength(row.rules);
          expect(reachesOf(catalog, [row], guide.under)[0]!.excluding).toMatchObject({ here: row.rules, total: row.reach });
        }
      }
  });

  it('an event has as many rules in the list of events, on its page, and in the list its page leads to', () => {
    const rules = eventRulesOf(catalog);
    const { events, providers } = eventsOf(catalog, rules);
    for (const event of some(events, 120)) {
      const facts = eventFactsOf(catalog, rules, event.provider, event.id)!;
      const query = countedEventQuery(event);
      expect([facts.rules, facts.rows.length, found(query)], query).toEqual(Array(3).fill(event.rules));
      expect([facts.techniques, facts.taggedWith.length], query).toEqual([event.techniques, event.techniques]);
      // Techniques stand under today's IDs, as their pages do.
      expect(facts.taggedWith.filter(([id]) => currentOf(id) !== id)).toEqual([]);
    }
    for (const provider of providers) expect(events.filter(({ provider: name }) => name === provider.name)).toHaveLength(provider.events);
  });

  it('all rules are those that are counted in the head, and those that are only listed', () => {
    const { rules, listed, sources } = catalog.about;
    expect(found('')).toBe(rules + listed);
    expect(found('kind:"no query text"')).toBe(listed);
    expect(sources.reduce((sum, source) => sum + source.rules, 0)).toBe(rules + listed);
    for (const [source, count] of search.facets('').source) expect(sources.find(({ name }) => name === source)!.rules).toBe(count);
    expect(found('counted:yes') + found('counted:no')).toBe(rules + listed);
  });
});
