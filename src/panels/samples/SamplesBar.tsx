import type { ChangeEvent } from 'react';
import type { SampleFilter } from '../../model';
import { useStore } from '../../state/store';
import { filterSamples, forgetSamples, makeSamples, readSamples, showTests } from '../../state/threads/samples';
import { Icon } from '../../ui/Icon';
import { Menu } from '../../ui/overlay/Menu';
import { Select } from '../../ui/Select';
import { useNarrow } from '../../ui/useMedia';

type Only = SampleFilter['only'];

interface Chip {
  /** Its count is of the text before this one: the next is on its way. */
  readonly isOld?: boolean;
  readonly only: Only | 'tests';
  readonly name: string;
  readonly count: number;
}

/** Which samples are shown, and where others come from. */
export function SamplesBar() {
  const { filter, isTests, isMaking, read } = useStore((state) => state.samples);
  const isNarrow = useNarrow();
  const chips = useChips();
  const current = isTests ? 'tests' : filter.only;
  const show = (only: Chip['only']): void => (only === 'tests' ? showTests(true) : filterSamples({ only }));
  return (
    <fieldset className="samples-bar">
      <legend className="sr">Samples with this verdict</legend>
      {isNarrow ? (
        <Select
          label="Which samples"
          value={current ?? ''}
          options={chips.map(({ only, name, count }) => ({ value: only ?? '', name: `${name} ${count.toLocaleString('en')}` }))}
          onChange={(value) => show(value === '' ? null : (value as Chip['only']))}
        />
      ) : (
        chips.map(({ only, name, count, isOld = false }) => (
          <button key={only ?? 'all'} type="button" className="chip" aria-pressed={current === only} onClick={() => show(only)}>
            {only === 'matches' ? <Icon name="check" size="small" /> : only === 'cannot-tell' ? <Icon name="ask" size="small" /> : null}
            {name} <span className={isOld ? 'count is-old' : 'count'}>{count.toLocaleString('en')}</span>
          </button>
        ))
      )}
      <span className="space" />
      <span className="samples-find">
        <Icon name="search" size="small" />
        <input
          type="search"
          aria-label="Find in samples"
          placeholder="Find in samples"
          value={filter.find}
          onChange={(event) => filterSamples({ find: event.target.value })}
        />
      </span>
      <label className="btn">
        Open…
        <input type="file" className="sr" multiple onChange={openFiles} />
      </label>
      <Menu
        className="btn square"
        aria-label="More about these samples"
        items={[
          { name: isMaking ? 'Making …' : 'Make an example event', run: () => void makeSamples() },
          { name: `Close these events${read === null ? '' : ` (${read.events.toLocaleString('en')})`}`, apart: true, run: forgetSamples },
        ]}
      >
        <Icon name="more" />
      </Menu>
    </fieldset>
  );
}

/** Files that were chosen take the place of the samples there were. */
export function openFiles(event: ChangeEvent<HTMLInputElement>): void {
  const files = [...(event.target.files ?? [])];
  event.target.value = '';
  if (files.length > 0) void readSamples(files);
}

function useChips(): readonly Chip[] {
  const { read, judged, counted } = useStore((state) => state.samples);
  const tests = useStore((state) => state.doc.tests.length);
  const onePart = counted?.onePart ?? null;
  const byEvent: readonly Chip[] =
    judged === null || judged.verdicts === null
      ? []
      : [
          { only: 'matches', name: 'Match', count: judged.counts.matches },
          { only: 'does-not', name: 'Do not', count: judged.counts['does-not'] },
          ...(judged.counts['cannot-tell'] > 0 ? [{ only: 'cannot-tell', name: 'Cannot tell', count: judged.counts['cannot-tell'] } as const] : []),
          ...(onePart === null ? [] : [{ only: 'one-part', name: 'Fail at one part', count: onePart, isOld: counted?.about !== judged.about } as const]),
        ];
  return [{ only: null, name: 'All', count: read?.events ?? 0 }, ...byEvent, ...(tests > 0 ? [{ only: 'tests', name: 'Tests', count: tests } as const] : [])];
}
