import { useMemo } from 'react';
import type { RuleFacts, Technique } from '../../model';
import { tacticName } from '../../panels/names';
import { useTechniques } from '../../panels/useTechniques';
import { pathOf } from '../../state/links/routes';
import { Block, Facts } from '../../ui/layout/Page';

/** One row per tactic, techniques as "ID Name". */
export function Coverage({ facts }: { readonly facts: RuleFacts }) {
  const { value } = useTechniques();
  const rows = useMemo(() => {
    const known = new Map<string, Technique>(value?.map((technique) => [technique.id, technique]));
    const tactics = new Map<string, string[]>();
    for (const id of facts.techniques) {
      const own = known.get(id)?.tactics ?? [];
      const shared = own.filter((tactic) => facts.tactics.includes(tactic));
      for (const tactic of shared.length > 0 ? shared : own.length > 0 ? own.slice(0, 1) : ['']) tactics.set(tactic, [...(tactics.get(tactic) ?? []), id]);
    }
    return [...tactics].map(
      ([tactic, ids]) =>
        [
          tactic === '' ? 'Technique' : tacticName(tactic),
          <ul key={tactic} className="plainlist">
            {ids.map((id) => (
              <li key={id}>
                <a href={`#${pathOf.technique(id)}`}>
                  {id} {known.get(id)?.name}
                </a>
                <TagNote technique={known.get(id)} />
              </li>
            ))}
          </ul>,
        ] as const,
    );
  }, [facts, value]);
  return rows.length === 0 ? null : (
    <Block id="coverage" title="ATT&CK coverage">
      <Facts rows={rows} />
    </Block>
  );
}

/** What a tag is called today, or that the bundled ATT&CK does not have it yet. */
function TagNote({ technique }: { readonly technique: Technique | undefined }) {
  if (technique === undefined) return null;
  if (!technique.known) return <span className="label"> newer than the bundled ATT&CK</span>;
  return technique.today.length > 0 || technique.other === '' ? null : (
    <span className="label">
      {' '}
      today <a href={`#${pathOf.technique(technique.other)}`}>{technique.other}</a>
    </span>
  );
}
