import type { CatalogInfo } from '../model';
import type { About } from './layout';

/** What is said of a catalog to people. */
export const infoOf = ({ version, sources, rules, perVendor, attack, newest }: About): CatalogInfo => ({
  version,
  sources,
  rules,
  perVendor,
  attack,
  newest,
});
