import { VENDORS } from '../knowledge/families';
import { DOMAINS, PLATFORMS, type GuideFilters } from '../model';
import type { MetadataColumns } from './store/metadata-columns';

/** Whether a rule passes each of a guide's filters; an empty filter passes every rule. */
interface Passing {
  readonly platform: (rule: number) => boolean;
  readonly domain: (rule: number) => boolean;
  readonly vendor: (rule: number) => boolean;
  readonly settled: (rule: number) => boolean;
  readonly all: (rule: number) => boolean;
}

export function passingOf(list: MetadataColumns, filters: GuideFilters): Passing {
  const platforms = bitsOf(filters.platforms, PLATFORMS);
  const domains = bitsOf(filters.domains, DOMAINS);
  const vendors = bitsOf(filters.vendors, VENDORS);
  const platform = (rule: number): boolean => platforms === 0 || (list.platforms[rule]! & platforms) !== 0;
  const domain = (rule: number): boolean => domains === 0 || (list.domains[rule]! & domains) !== 0;
  const vendor = (rule: number): boolean => vendors === 0 || ((1 << list.vendors[rule]!) & vendors) !== 0;
  const settled = (rule: number): boolean => filters.unsettled || list.unsettled[rule] === 0;
  return { platform, domain, vendor, settled, all: (rule) => platform(rule) && domain(rule) && vendor(rule) && settled(rule) };
}

const bitsOf = <T>(chosen: readonly T[], all: readonly T[]): number => chosen.reduce((bits, one) => bits | (1 << all.indexOf(one)), 0);
