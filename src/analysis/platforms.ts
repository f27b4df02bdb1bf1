import type { Domain, Leaf, Platform, Rule } from '../model';
import { DOMAINS, PLATFORMS } from '../model';
import { whereOf } from '../knowledge/events';

const OS_FIELDS: ReadonlySet<string> = new Set(['host.os.type', 'host.os.family', 'host.os.platform']);

/** Platforms in the vocabulary's order: what the container says and what predicates on the operating system say; else where the providers' events come from. */
export function platformsOf(rule: Rule, leaves: readonly Leaf[], providers: readonly string[]): readonly Platform[] {
  const found = new Set<string>(rule.meta.platforms);
  for (const leaf of leaves)
    if (leaf.field !== null && !leaf.negated && OS_FIELDS.has(leaf.field))
      for (const triple of leaf.triples) if (triple?.kind === 'eq') found.add(triple.value === 'darwin' ? 'macos' : triple.value);
  const platforms = PLATFORMS.filter((platform) => found.has(platform));
  return platforms.length > 0
    ? platforms
    : inOrder(
        PLATFORMS,
        providers.flatMap((provider) => whereOf(provider).platforms),
      );
}

/** Domains in the vocabulary's order: what the container says; else where the providers' events come from. */
export const domainsOf = (rule: Rule, providers: readonly string[]): readonly Domain[] =>
  rule.meta.domains.length > 0
    ? inOrder(DOMAINS, rule.meta.domains)
    : inOrder(
        DOMAINS,
        providers.flatMap((provider) => whereOf(provider).domains),
      );

const inOrder = <T>(vocabulary: readonly T[], found: readonly T[]): readonly T[] => vocabulary.filter((name) => found.includes(name));
