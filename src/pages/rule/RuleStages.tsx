import { useMemo } from 'react';
import type { Report, RuleFacts, Span, Stage } from '../../model';
import { counted } from '../../panels/format';
import { PredicateTree } from '../../panels/stages/PredicateTree';
import { stageRows } from '../../panels/stages/stageRows';
import { UnreadList } from '../../panels/unread/UnreadList';
import { unreadParts } from '../../panels/unread/unreadParts';
import { useStore } from '../../state/store';
import { Banner } from '../../ui/Banner';
import { CodeText } from '../../ui/CodeText';
import { Disclosure } from '../../ui/layout/Disclosure';
import { Icon } from '../../ui/Icon';
import { Block } from '../../ui/layout/Page';
import { lazyPart } from '../../ui/part/lazyPart';
import { StageFacts } from './StageFacts';
import type { SourceText } from './sourceText';
import { tokenSpans } from './tokenSpans';

const ReadingPane = lazyPart(() => import('../../editor/ReadingPane'), {
  name: 'The editor',
  waiting: ({ text, lit }) => <CodeText text={text} colours={[]} lit={lit} />,
});

interface RuleStagesProps {
  readonly facts: RuleFacts;
  readonly source: SourceText;
  /** The text's own analysis; null while the text is not there. */
  readonly report: Report | null;
  readonly lit: readonly Span[];
  readonly onPoint: (spans: readonly Span[] | null) => void;
  readonly onAsk: () => void;
}

/** The rule as a pipeline: with its text when that is there, else by the catalog's facts. */
export function RuleStages({ facts, source, report, lit, onPoint, onAsk }: RuleStagesProps) {
  const language = useStore((state) => state.registry?.languages.find(({ id }) => id === facts.language)?.label) ?? facts.language;
  const note = `${counted(facts.stages.length, 'stage')}, ${language}`;
  return (
    <Block id="stages" title="Stages and predicates" note={note}>
      {source.kind === 'here' && report !== null ? (
        <>
          <UnreadList parts={unreadParts(report.rule.analysis, source.text)} onPoint={onPoint} onGo={(span) => onPoint([span])} />
          <Texts text={source.text} tokens={source.answer!.tokens} stages={report.rule.analysis.stages} lit={lit} onPoint={onPoint} />
        </>
      ) : (
        <StageFacts facts={facts} />
      )}
      {source.kind === 'failed' ? (
        <Banner
          kind="error"
          actions={
            <button type="button" className="btn" onClick={onAsk}>
              Retry
            </button>
          }
        >
          The text could not be fetched. {source.message} The facts come from the catalog and hold.
        </Banner>
      ) : null}
      {source.kind === 'here' && source.isOther ? (
        <Banner kind="warning">
          The text at the source is not the one this catalog was made from: it says something else. Stages are the text&apos;s, tables the catalog&apos;s.
        </Banner>
      ) : null}
      <p className="source">
        {source.kind === 'unasked' && facts.url !== '' ? (
          <button type="button" className="btn" onClick={onAsk}>
            Show the text
          </button>
        ) : null}
        {source.kind === 'asked' ? <span>Fetching the text…</span> : null}
        <span>
          {source.kind === 'here' ? 'Text from' : 'Its text is not in the catalog; it is fetched from'}{' '}
          {facts.url === '' ? 'your own catalog' : 'its pinned source'}
          {facts.license === '' ? '' : `, ${facts.license}`}
        </span>
        {facts.url === '' ? null : (
          <a href={facts.url} rel="noreferrer" target="_blank">
            Source <Icon name="out" size="small" />
          </a>
        )}
      </p>
    </Block>
  );
}

interface TextsProps {
  readonly text: string;
  readonly tokens: Uint32Array;
  readonly stages: readonly Stage[];
  readonly lit: readonly Span[];
  readonly onPoint: (spans: readonly Span[] | null) => void;
}

function Texts({ text, tokens, stages, lit, onPoint }: TextsProps) {
  const colours = useMemo(() => tokenSpans(text, tokens), [text, tokens]);
  return (
    <>
      {stageRows(stages).map((row) => (
        <article key={row.key} className="stage" aria-label={`Stage ${row.number}: ${row.kind}`}>
          <header>
            <span className="label">{row.number}</span> <b>{row.kind}</b> <span className="label">{row.label}</span>
          </header>
          <CodeText text={text} colours={colours} lit={lit} part={row.span} />
          {row.stages.map((stage) => (
            <StageParts key={stage.span.start} stage={stage} onPoint={onPoint} />
          ))}
        </article>
      ))}
      <Disclosure title="Whole file" isOpen>
        <div className="wholefile">
          <ReadingPane label="The rule's whole file" text={text} tokens={tokens} lit={lit} />
        </div>
      </Disclosure>
    </>
  );
}

/** What a stage sets, and what it demands. */
function StageParts({ stage, onPoint }: { readonly stage: Stage; readonly onPoint: TextsProps['onPoint'] }) {
  const parameters = stage.parameters ?? [];
  return (
    <>
      {parameters.length === 0 ? null : (
        <dl className="facts">
          {parameters.map(({ name, value, span }) => (
            <div key={span.start}>
              <dt>{name}</dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {stage.predicate === undefined ? null : (
        <Disclosure title="Predicates">
          <PredicateTree predicate={stage.predicate} onPoint={onPoint} />
        </Disclosure>
      )}
    </>
  );
}
