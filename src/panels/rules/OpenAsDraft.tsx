import { useState } from 'react';
import { useLocation } from 'wouter';
import type { RuleRow } from '../../model';
import { openAsDraft } from '../../state/drafts/rule-text';
import { pathOf } from '../../state/links/routes';
import { notify } from '../../state/notices';
import { askCatalog } from '../../state/threads/catalog';

interface OpenAsDraftProps {
  readonly rule: Pick<RuleRow, 'source' | 'key'>;
  /** What is done once the draft is open. */
  readonly onOpen?: () => void;
}

/** Opens a rule of the catalog as a draft in the workbench. */
export function OpenAsDraft({ rule, onOpen }: OpenAsDraftProps) {
  const [opening, setOpening] = useState(false);
  const [, go] = useLocation();
  const open = async (): Promise<void> => {
    setOpening(true);
    const facts = await askCatalog((api) => api.ruleOf(rule.source, rule.key)).catch(() => null);
    if (facts === null) notify('error', 'No draft was opened: the catalog did not answer. Try again.');
    else if (await openAsDraft(facts)) {
      onOpen?.();
      go(pathOf.workbench());
    }
    setOpening(false);
  };
  return (
    <button type="button" className="btn" aria-disabled={opening} onClick={opening ? undefined : () => void open()}>
      {opening ? 'Fetching its text…' : 'Open as draft'}
    </button>
  );
}
