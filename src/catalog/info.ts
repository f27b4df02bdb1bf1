import type { CatalogInfo } from '../model';
import type { Manifest } from './layout';

/** What a manifest says to people. */
export const infoOf = ({ version, sources, rules, perVendor, attack, newest }: Manifest): CatalogInfo => ({
  version,
  sources,
  rules,
  perVendor,
  attack,
  newest,
});
