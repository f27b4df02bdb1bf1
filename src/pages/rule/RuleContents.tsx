import { vendorName } from '../../knowledge/families';
import { sourceLabel } from '../../knowledge/sources';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { RuleFacts, Span } from '../../model';
import { useCatalogQuery } from '../../state/threads/use-catalog-query';
import { notify } from '../../state/notices';
import { pathOf, type RuleName } from '../../state/links/routes';
import { openAsDraft } from '../../state/drafts/rule-text';
import { useActive } from '../../state/select';
import { Banner } from '../../ui/Banner';
import { Page, PageHead } from '../../ui/layout/Page';
import { OwnMark } from '../../panels/rules/OwnMark';
import { StateMark } from '../../panels/rules/StateMark';
import { VendorLetter } from '../../panels/Vendor';
import { Comparison } from './Comparison';
import { RuleAside } from './RuleAside';
import { RuleRelations } from './RuleRelations';
import { RuleStages } from './RuleStages';
import { RuleTables } from './RuleTables';
import { useSourceText } from './sourceText';
import { triplesOf } from './triplesOf';

/** A rule's page, once its facts are there. */
export function RuleContents({ facts, other }: { readonly facts: RuleFacts; readonly other?: RuleName }) {
  const [source, ask] = useSourceText(facts);
  const [lit, setLit] = useState<readonly Span[] | null>(null);
  const [, go] = useLocation();
  const [comparing, setComparing] = useState(false);
  const [opening, setOpening] = useState(false);
  const draft = useActive()?.facts.triples ?? null;
  const { value: second, isOld } = useCatalogQuery(other === undefined ? null : `rule ${other.source} ${other.key}`, async (api) =>
    other === undefined ? null : api.ruleOf(other.source, other.key),
  );
  const own = useMemo(() => triplesOf(facts), [facts]);
  const report = source.kind === 'here' ? (source.answer?.reports[facts.ordinal] ?? null) : null;
  const open = async (): Promise<void> => {
    setOpening(true);
    if (await openAsDraft({ ...facts, text: source.kind === 'here' ? source.text : facts.text })) go(pathOf.workbench());
    setOpening(false);
  };
  return (
    <Page name={facts.title}>
      <PageHead
        crumbs={[
          { name: 'Rules', href: `#${pathOf.rules()}` },
          { name: vendorName(facts.vendor), href: `#${pathOf.rules(`vendor:${facts.vendor}`)}` },
          ...(sourceLabel(facts.source) === vendorName(facts.vendor)
            ? []
            : [{ name: sourceLabel(facts.source), href: `#${pathOf.rules(`source:${facts.source}`)}` }]),
        ]}
        title={
          <>
            <VendorLetter vendor={facts.vendor} />
            {facts.title} <OwnMark source={facts.source} /> <StateMark status={facts.status} />
          </>
        }
        {...(report === null || report.rule.meta.description === '' ? {} : { lead: report.rule.meta.description })}
        actions={
          <>
            <button type="button" className="btn" aria-pressed={comparing} disabled={draft === null} onClick={() => setComparing(!comparing)}>
              Compare with the draft
            </button>
            <button type="button" className="btn" onClick={() => void copyLink()}>
              Copy link
            </button>
            <button type="button" className="btn primary" aria-disabled={opening} onClick={opening ? undefined : () => void open()}>
              {opening && source.kind !== 'here' ? 'Fetching its text…' : 'Open as draft'}
            </button>
          </>
        }
      />
      <div className="rulecols">
        <div>
          {other === undefined ? null : second !== null ? (
            <Comparison id="beside-rule" here={own} there={triplesOf(second)} name={second.title} />
          ) : isOld ? null : (
            <Banner kind="warning">
              The open catalog has no rule that {other.source} calls {other.key}, so there is nothing to compare with. It may have gone from its source, or
              stand in a catalog that is not open.
            </Banner>
          )}
          {comparing && draft !== null ? <Comparison id="beside-draft" here={own} there={draft} name="the draft" /> : null}
          {facts.kind === 'no query text' ? (
            <Banner kind="info">
              No query text here: its source lists this rule by its title, techniques and tables. It counts in no guide and no reach. Its file, as it is today,
              is fetched where you ask for the text.
            </Banner>
          ) : null}
          <RuleStages facts={facts} source={source} report={report} lit={lit ?? []} onPoint={setLit} onAsk={ask} />
          <RuleTables facts={facts} report={report} onPoint={setLit} />
          <RuleRelations facts={facts} />
        </div>
        <RuleAside facts={facts} report={report} />
      </div>
    </Page>
  );
}

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    notify('info', 'Link copied. It opens this rule in the catalog of whoever follows it.');
  } catch {
    notify('error', 'The link could not be copied: the browser refused. It is in the address bar.');
  }
}
