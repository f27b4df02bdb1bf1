import { useMemo } from 'react';
import type { Guide } from '../../model';
import { pickTechnique } from '../../state/threads/guide';
import { useDraftTechniques, useStale, useTechnique } from '../../state/select';
import { useStore } from '../../state/store';
import { Empty } from '../../ui/Empty';
import { Disclosure } from '../../ui/layout/Disclosure';
import { Skeleton } from '../../ui/Skeleton';
import { CatalogWait } from '../CatalogWait';
import { openPalette } from '../palette/opening';
import { FieldsTable } from './FieldsTable';
import { GuideHead } from './GuideHead';
import { guideRows, isLacked } from './guideRows';
import { MissingExclusions } from './MissingExclusions';
import { RulesByVendor } from './RulesByVendor';
import { EventsTable, ThresholdsTable } from './SmallTables';
import { ValuesTable } from './ValuesTable';
import './guide.css';

const FIRST_FIELDS = 8;
const FIRST_VALUES = 12;
const FIRST_REST = 15;

/** What the public rules of the draft's technique look for, beside the draft. */
export default function GuidePanel() {
  const technique = useTechnique();
  const catalog = useStore((state) => state.catalog);
  const answer = useStore((state) => state.guide);
  return (
    <section className="guide narrow static-head" aria-label="Technique guide" data-scrolls>
      {catalog.kind !== 'open' ? (
        <CatalogWait catalog={catalog} meanwhile="The editor is ready." />
      ) : technique === null ? (
        <Empty title="No technique yet" action={{ name: 'Choose a technique…', run: () => openPalette('technique') }}>
          The guide follows the rule's ATT&CK tags. Add one, such as <code>attack.t1049</code>, or choose a technique by hand.
        </Empty>
      ) : answer === null ? (
        <Skeleton columns="tnbt" rows={12} />
      ) : answer.guide === null ? (
        <Nothing technique={answer.technique} />
      ) : (
        <Contents guide={answer.guide} />
      )}
    </section>
  );
}

function Nothing({ technique }: { readonly technique: string }) {
  const tags = useDraftTechniques();
  const follow = tags.length > 0 && !tags.includes(technique);
  return (
    <Empty
      title={`Nothing under ${technique}`}
      action={
        follow ? { name: "Follow the draft's tags", run: () => pickTechnique(null) } : { name: 'Choose a technique…', run: () => openPalette('technique') }
      }
    >
      No rule of the catalog is tagged with it, so there is nothing to compare with. Check the ID, or choose a neighbour.
    </Empty>
  );
}

function Contents({ guide }: { readonly guide: Guide }) {
  const stale = useStale() !== null;
  const { fields, values, exclusions, common, alien } = useMemo(() => guideRows(guide), [guide]);
  const rare = useMemo(() => exclusions.filter((row) => isLacked(row) && !common.includes(row)), [exclusions, common]);
  const doc = useStore((state) => state.doc.id);
  const { id } = guide.technique;
  return (
    <div className={stale ? 'is-stale' : undefined}>
      <GuideHead guide={guide} />
      <MissingExclusions key={`${doc} ${id}`} under={guide.under} rows={common} rare={rare} of={guide.shown} />
      <Section id="guide-fields" title="Fields filtered most" count={fields.length}>
        <FieldsTable labelledBy="guide-fields" rows={fields} values={values} of={guide.shown} first={FIRST_FIELDS} beside />
      </Section>
      <Section id="guide-values" title="Top values" count={values.length}>
        <ValuesTable label="Top values" under={guide.under} polarity="indicator" rows={values} first={FIRST_VALUES} beside />
      </Section>
      <Disclosure title="Exclusions" count={exclusions.length}>
        <ValuesTable label="Exclusions" under={guide.under} polarity="exclusion" rows={exclusions} first={FIRST_REST} beside />
      </Disclosure>
      {guide.thresholds.length === 0 ? null : (
        <Disclosure title="Thresholds" count={guide.thresholds.length}>
          <ThresholdsTable label="Thresholds" rows={guide.thresholds} first={FIRST_REST} />
        </Disclosure>
      )}
      <Disclosure title="Events covered" count={guide.events.length}>
        <EventsTable label="Events covered" rows={guide.events} first={FIRST_REST} />
      </Disclosure>
      <Disclosure title="Rules under this technique" count={guide.rules.length}>
        <RulesByVendor rules={guide.rules} first={FIRST_REST} level={4} />
      </Disclosure>
      {alien.fields.length + alien.values.length + alien.exclusions.length === 0 ? null : (
        <Disclosure title="Does not apply to this draft" count={alien.fields.length + alien.values.length + alien.exclusions.length}>
          <p className="hint">Fields that a rule of this kind cannot have. They are never counted as missing.</p>
          <AlienTables guide={guide} alien={alien} />
        </Disclosure>
      )}
    </div>
  );
}

function AlienTables({ guide, alien }: { readonly guide: Guide; readonly alien: ReturnType<typeof guideRows>['alien'] }) {
  return (
    <>
      <Section id="guide-alien-fields" title="Fields" count={alien.fields.length}>
        <FieldsTable labelledBy="guide-alien-fields" rows={alien.fields} of={guide.shown} first={FIRST_FIELDS} beside />
      </Section>
      <Section id="guide-alien-values" title="Values" count={alien.values.length}>
        <ValuesTable label="Values that do not apply" under={guide.under} polarity="indicator" rows={alien.values} first={FIRST_VALUES} beside />
      </Section>
      <Section id="guide-alien-exclusions" title="Exclusions" count={alien.exclusions.length}>
        <ValuesTable label="Exclusions that do not apply" under={guide.under} polarity="exclusion" rows={alien.exclusions} first={FIRST_VALUES} beside />
      </Section>
    </>
  );
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly children: React.ReactNode;
}

const Section = ({ id, title, count, children }: SectionProps) =>
  count === 0 ? null : (
    <section aria-labelledby={id}>
      <h3 id={id}>
        {title} <small>{count.toLocaleString('en')} distinct</small>
      </h3>
      {children}
    </section>
  );
