import type { Report, RuleFacts, RuleKind } from '../../model';
import { sourceLabel } from '../../knowledge/sources';
import { kindNote, platformName } from '../../panels/names';
import { pathOf } from '../../state/links/routes';
import { Block, Facts } from '../../ui/layout/Page';
import { Severity } from '../../ui/Severity';
import { Coverage } from './Coverage';

interface RuleAsideProps {
  readonly facts: RuleFacts;
  /** The text's own analysis; null while the text is not there. */
  readonly report: Report | null;
}

/** What a rule is, beside what it says. */
export function RuleAside({ facts, report }: RuleAsideProps) {
  return (
    <aside className="ruleaside" aria-label="About this rule">
      <Block id="metadata" title="Metadata">
        <Facts
          rows={[
            ['Status', facts.status],
            ['Kind', facts.kind === 'detection' ? facts.kind : <Kind key="kind" kind={facts.kind} />],
            ['Severity', facts.severity === '' ? null : <Severity level={facts.severity} />],
            ['Time window', facts.timeWindow],
            ['Group by', facts.groupBy.length === 0 ? null : <code>{facts.groupBy.join(', ')}</code>],
            ['Log source', facts.logsource],
            ['Author', facts.author.join(', ')],
            ['Source', facts.url === '' ? facts.path : <SourceLink url={facts.url} />],
            ['Licence', facts.license],
            ['Created', facts.created || 'unknown'],
            ['Modified', facts.modified || 'unknown'],
            ['Stands in', facts.copies.length === 0 ? null : <Copies facts={facts} />],
          ]}
        />
      </Block>
      <Coverage facts={facts} />
      <Block id="scope" title="Scope and events">
        <Facts
          rows={[
            ['Platforms', facts.platforms.map(platformName).join(', ')],
            ['Domain', facts.domains.join(', ')],
            ['Events', facts.events.length === 0 ? null : <Events facts={facts} report={report} />],
          ]}
        />
      </Block>
      {facts.references.length === 0 ? null : (
        <Block id="references" title="References">
          <ul className="plainlist">
            {facts.references.map((address) => (
              <li key={address}>
                {/^https?:\/\//.test(address) ? (
                  <a href={address} rel="noreferrer" target="_blank">
                    {address}
                  </a>
                ) : (
                  address
                )}
              </li>
            ))}
          </ul>
        </Block>
      )}
    </aside>
  );
}

const Kind = ({ kind }: { readonly kind: RuleKind }) => (
  <>
    {kind}
    <span className="label">{kindNote(kind)}</span>
  </>
);

/** The other places of a rule that counts once. */
const Copies = ({ facts }: { readonly facts: RuleFacts }) => (
  <ul className="plainlist">
    {facts.copies.map(({ source, path, url, by }) => (
      <li key={`${source} ${path}`}>
        {url === '' ? (
          <span title={path}>{sourceLabel(source)}</span>
        ) : (
          <a href={url} title={path} rel="noreferrer" target="_blank">
            {sourceLabel(source)}
          </a>
        )}{' '}
        <span className="label">{by === 'id' ? 'under the same ID' : 'with the same meaning'}</span>
      </li>
    ))}
  </ul>
);

const SourceLink = ({ url }: { readonly url: string }) => (
  <a href={url} rel="noreferrer" target="_blank">
    {url.replace('https://', '').split('/').slice(0, 3).join('/')}
  </a>
);

/** The events it covers; with its text, what in it told of each. */
const Events = ({ facts, report }: RuleAsideProps) => (
  <ul className="plainlist">
    {facts.events.map(({ provider, id, title }) => {
      const from = report?.events.find((event) => event.provider === provider && event.id === id)?.from;
      return (
        <li key={`${provider} ${id}`}>
          <a href={`#${pathOf.events(provider, id)}`}>
            {provider} {id || '(any event)'}
          </a>{' '}
          <span className="label">{title}</span>
          {from === undefined ? null : <span className="label">from {from}</span>}
        </li>
      );
    })}
  </ul>
);
