import { Fragment, useMemo } from 'react';
import { type Diagnostic, type Fix, fixesOf } from '../../model';
import { editor } from '../../state/editor-handle';
import { applyFix } from '../../state/threads/guide';
import { hover } from '../../state/highlight';
import { useDiagnostics } from '../../state/select';
import { useStore } from '../../state/store';
import { Empty } from '../../ui/Empty';
import { Icon } from '../../ui/Icon';
import { NameText } from '../../ui/NameText';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { RowButton } from '../../ui/table/InRow';
import { hideCheck } from '../../state/settings';
import { counted } from '../format';
import { linesOf } from '../lineAt';
import { useUnread } from '../unread/useUnread';
import { HiddenChecks } from './HiddenChecks';

const SAID = { error: 'Error: ', warning: 'Warning: ', info: 'Note: ' } as const;

/** How grave a remark is, the gravest first. */
const GRAVITY = { error: 0, warning: 1, info: 2 } as const;

/** Everything said about the text: errors first, each kind by place. Enter goes there; a fix is one click. */
export function ProblemsPanel() {
  const diagnostics = useDiagnostics();
  const rows = useMemo(() => diagnostics.toSorted((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]), [diagnostics]);
  const text = useStore((state) => state.analysis.newest?.text ?? '');
  const columns = useMemo<readonly Column<Diagnostic>[]>(() => {
    const lineAt = linesOf(text);
    const placeOf = ({ span }: Diagnostic): string => {
      const { line, column: at } = lineAt(span.start);
      return `${line}:${at}`;
    };
    return [
      column('message', 'Problem', (row) => row.message, {
        className: 'name top',
        cell: (row) => (
          <span className="problem">
            <Icon name={row.severity} className={row.severity} />
            <span>
              <span className="sr">{SAID[row.severity]}</span>
              {row.message} <FixButtons fixes={fixesOf(row)} />
            </span>
          </span>
        ),
      }),
      column('code', 'Code', (row) => row.code, {
        className: 'name top quiet',
        width: 'var(--col-field-wide)',
        cell: (row) => (
          <>
            <code>
              <NameText name={row.code} />
            </code>{' '}
            {row.severity === 'error' ? null : (
              <RowButton
                className="link"
                aria-label={`Hide ${row.code}`}
                title="Show no more of this check in this browser"
                onClick={() => hideCheck(row.code, true)}
              >
                Hide
              </RowButton>
            )}
          </>
        ),
      }),
      column('place', 'Line', (row) => row.span.start, {
        end: true,
        className: 'top',
        width: 'var(--col-place)',
        cell: (row) => (
          <RowButton className="link" aria-label={`Go to line ${placeOf(row)}`} onClick={() => editor()?.reveal(row.span)}>
            {placeOf(row)}
          </RowButton>
        ),
      }),
    ];
  }, [text]);
  const { parts, isAllUnderstood } = useUnread();
  if (diagnostics.length === 0)
    return (
      <>
        <Empty title="No problems">
          {isAllUnderstood
            ? 'All of it is understood, and nothing about it looks wrong.'
            : parts.length === 0
              ? 'Nothing about it looks wrong.'
              : `Nothing that is read looks wrong; ${counted(parts.length, 'part')} of the text ${parts.length === 1 ? 'is' : 'are'} not read, see Stages.`}
        </Empty>
        <HiddenChecks />
      </>
    );
  return (
    <>
      <DataTable
        label="Problems"
        className="fixed"
        columns={columns}
        rows={rows}
        keyOf={(row, index) => `${index} ${row.code} ${row.span.start}`}
        onPoint={(row) => hover(row === null ? null : [row.span])}
        onEnter={(row) => editor()?.reveal(row.span)}
      />
      <HiddenChecks />
    </>
  );
}

const FixButtons = ({ fixes }: { readonly fixes: readonly Fix[] }) =>
  fixes.map((fix, at) => (
    <Fragment key={fix.title}>
      {at > 0 && ' · '}
      <RowButton className="link" onClick={() => void applyFix(fix)}>
        {fix.title}
      </RowButton>
    </Fragment>
  ));
