import { sourceLabel } from '../../knowledge/sources';
import type { RuleRow } from '../../model';
import { platformName, tacticName } from '../../panels/names';
import { OwnMark } from '../../panels/rules/OwnMark';
import { StateMark } from '../../panels/rules/StateMark';
import { pathOf } from '../../state/links/routes';
import { Severity } from '../../ui/Severity';
import { column, type Column } from '../../ui/table/features';
import { RowLink } from '../../ui/table/InRow';
import { VendorLetter } from '../../panels/Vendor';

/** Every column of the rules table; those named in FIRST_HIDDEN are shown when they are chosen. `languageOf` names a language by its id. */
export const ruleColumns = (languageOf: (id: string) => string): readonly Column<RuleRow>[] => [
  column('vendor', 'Vendor', (row) => row.vendor, { size: 60, sortable: true, cell: (row) => <VendorLetter vendor={row.vendor} /> }),
  column('title', 'Title', (row) => row.title, {
    size: 384,
    sortable: true,
    rowHead: true,
    className: 'clipped',
    cell: (row) => (
      <span className="titled">
        <RowLink className="clip" href={`#${pathOf.rule(row)}`} title={row.title}>
          {row.title}
        </RowLink>
        <OwnMark source={row.source} />
        <StateMark status={row.status} />
      </span>
    ),
  }),
  column('technique', 'Technique', (row) => row.techniques.join(', '), {
    size: 168,
    sortable: true,
    className: 'clipped',
    cell: ({ techniques }) => <Techniques ids={techniques} />,
  }),
  column('severity', 'Severity', (row) => row.severity, { size: 108, sortable: true, cell: (row) => <Severity level={row.severity} /> }),
  column('platform', 'Platform', (row) => row.platforms.map(platformName).join(', '), { size: 110, className: 'clipped' }),
  column('domain', 'Domain', (row) => row.domains.join(', '), { size: 124, className: 'clipped' }),
  column('language', 'Language', (row) => languageOf(row.language), { size: 80, sortable: true, className: 'clipped second' }),
  column('kind', 'Kind', (row) => row.kind, { size: 104, sortable: true, className: 'clipped second' }),
  column('status', 'Status', (row) => row.status, { size: 100, sortable: true, className: 'clipped second' }),
  column('tactic', 'Tactic', (row) => row.tactics.map(tacticName).join(', '), { size: 150, className: 'clipped' }),
  column('source', 'Source', (row) => sourceLabel(row.source), { size: 100, className: 'clipped second' }),
  column('created', 'Created', (row) => row.created || 'unknown', { size: 96, sortable: true, className: 'second' }),
  column('modified', 'Modified', (row) => row.modified || 'unknown', { size: 96, sortable: true, className: 'second' }),
];

/** So many IDs fit a column as wide as it comes. */
const TECHNIQUES = 2;

const Techniques = ({ ids }: { readonly ids: readonly string[] }) => (
  <span title={ids.length > TECHNIQUES ? ids.join(', ') : undefined}>
    {ids.slice(0, TECHNIQUES).join(', ')}
    {ids.length > TECHNIQUES ? <span className="label"> +{ids.length - TECHNIQUES}</span> : null}
  </span>
);

/** Columns that show when they are chosen, and those that go where it is narrow unless they are. */
export const FIRST_HIDDEN: readonly string[] = ['tactic', 'source', 'created', 'status'];
export const SNUG_HIDDEN: readonly string[] = ['language', 'kind', 'modified'];
export const NARROW_HIDDEN: readonly string[] = ['domain', ...SNUG_HIDDEN];
export const TIGHT_HIDDEN: readonly string[] = [...NARROW_HIDDEN, 'platform', 'technique'];
export const SINGLE_HIDDEN: readonly string[] = [...TIGHT_HIDDEN, 'severity'];
/** Widths where the list has the window for itself. */
export const SINGLE_SIZES = { vendor: 52, title: 240 };

/** Ids and heads of the columns that can be hidden. */
export const HIDEABLE: readonly (readonly [id: string, head: string])[] = ruleColumns((id) => id)
  .filter(({ id }) => id !== 'title')
  .map(({ id, header }) => [id ?? '', String(header)]);
