import { PLATFORMS, type Platform, type Vendor } from '../../model';
import { platformName } from '../../panels/names';
import { VendorChips } from '../../panels/VendorChips';
import { Icon } from '../../ui/Icon';
import { Select } from '../../ui/Select';
import { HEAT, heatName } from './matrixOf';

/** What techniques are shown as. */
const MATRIX_VIEWS = [
  { value: 'matrix', name: 'Matrix' },
  { value: 'tactics', name: 'Tactics as bars' },
  { value: 'vendors', name: 'Techniques by vendor' },
  { value: 'coverage', name: 'Yours beside others' },
] as const;

/** How the matrix is looked at. */
export interface MatrixView {
  readonly find: string;
  /** Empty: all. */
  readonly vendors: readonly Vendor[];
  readonly platform: Platform | '';
  readonly subs: boolean;
  /** Only techniques without rules stand out. */
  readonly gaps: boolean;
  /** Only techniques for which others have rules and the reader has none stand out. */
  readonly lacking: boolean;
  readonly as: (typeof MATRIX_VIEWS)[number]['value'];
}

interface MatrixFiltersProps {
  readonly view: MatrixView;
  readonly onView: (part: Partial<MatrixView>) => void;
  readonly without: number;
  /** Techniques for which others have rules and the reader has none; null where the reader's own rules are not open beside others'. */
  readonly lacks: number | null;
}

/** Find, choose vendors and a platform, and the legend. */
export function MatrixFilters({ view, onView, without, lacks }: MatrixFiltersProps) {
  return (
    <section className="filterbar" aria-label="Filters">
      <div className="search find">
        <Icon name="search" />
        <input
          type="search"
          aria-label="Find a technique"
          placeholder="Find a technique"
          value={view.find}
          onChange={(event) => onView({ find: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') document.querySelector<HTMLElement>('.matrix .cell:not(.dim)')?.focus();
          }}
        />
      </div>
      <VendorChips chosen={view.vendors} onChosen={(vendors) => onView({ vendors })} />
      <Select
        label="Platform"
        value={view.platform}
        options={[{ value: '', name: 'All platforms' }, ...PLATFORMS.map((value) => ({ value, name: platformName(value) }))]}
        onChange={(value) => onView({ platform: PLATFORMS.find((one) => one === value) ?? '' })}
      />
      <Switch name="Sub-techniques" on={view.subs} onChange={(subs) => onView({ subs })} />
      <Switch name={`Only those without rules (${without})`} on={view.gaps} onChange={(gaps) => onView({ gaps, lacking: false })} />
      {lacks === null ? null : (
        <Switch
          name={`Where others have rules and you have none (${lacks.toLocaleString('en')})`}
          on={view.lacking}
          onChange={(lacking) => onView({ lacking, gaps: false })}
        />
      )}
      <Select
        label="Shown as"
        value={view.as}
        options={MATRIX_VIEWS.filter(({ value }) => value !== 'coverage' || lacks !== null)}
        onChange={(value) => onView({ as: MATRIX_VIEWS.find((one) => one.value === value)?.value ?? 'matrix' })}
      />
      <span className="space" />
      {view.as === 'matrix' ? (
        <ol className="legend" aria-label="Rules per technique">
          {[0, ...HEAT].map((_, step) => (
            <li key={step} className={`h${step}`}>
              {heatName(step)}
            </li>
          ))}
          <li className="drafted">your drafts</li>
          {lacks === null ? null : (
            <li>
              <i className="yours">2</i> of your rules
            </li>
          )}
        </ol>
      ) : null}
    </section>
  );
}

const Switch = ({ name, on, onChange }: { readonly name: string; readonly on: boolean; readonly onChange: (on: boolean) => void }) => (
  <label className="switch">
    <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
    {name}
  </label>
);
