import type { ChangedRule } from '../../model';
import { counted } from '../../panels/format';
import { VendorLetter } from '../../panels/Vendor';
import type { byDrafts, CorpusNews } from '../../state/corpus-news';
import { pathOf } from '../../state/links/routes';
import { WideDialog } from '../../ui/overlay/WideDialog';
import { countColumn } from '../../ui/table/columns';
import { column, type Column } from '../../ui/table/features';
import { DataTable } from '../../ui/table/DataTable';
import { RowLink } from '../../ui/table/InRow';

interface NewRulesProps {
  readonly news: CorpusNews;
  readonly parts: ReturnType<typeof byDrafts>;
  readonly onClose: () => void;
}

const FIRST = 20;
const TECHNIQUES = 10;

/** Every rule that came since the last visit, those of the drafts' techniques first, and the techniques that gained. */
export default function NewRules({ news, parts: { own, others }, onClose }: NewRulesProps) {
  const columns: readonly Column<ChangedRule>[] = [
    column('title', 'Rule', ({ title }) => title, {
      rowHead: true,
      cell: (rule) => (
        <>
          <VendorLetter vendor={rule.vendor} />{' '}
          <RowLink href={`#${pathOf.rule(rule)}`} onClick={onClose}>
            {rule.title}
          </RowLink>
        </>
      ),
    }),
    column('techniques', 'Techniques', ({ techniques }) => techniques.join(', '), { className: 'second', width: 'var(--col-field-page)' }),
  ];
  const gained: readonly Column<CorpusNews['techniques'][number]>[] = [
    column('technique', 'Technique', ({ id }) => id, {
      rowHead: true,
      cell: ({ id }) => (
        <RowLink href={`#${pathOf.technique(id)}`} onClick={onClose}>
          {id}
        </RowLink>
      ),
    }),
    countColumn('before', 'Rules before', ({ before }) => before, { width: 'var(--col-mark)' }),
    countColumn('after', 'Rules now', ({ after }) => after, { width: 'var(--col-mark)' }),
  ];
  const told = own.length + others.length;
  return (
    <WideDialog title="New in the corpus" note={`since ${news.since}`} onClose={onClose}>
      <div className="newrules" data-scrolls>
        <Part id="new-own" title="Of your drafts' techniques" rules={own} columns={columns} />
        <Part id="new-others" title={own.length === 0 ? 'New rules' : 'Others'} rules={others} columns={columns} />
        {told < news.counts.added ? <p className="label small">{counted(news.counts.added - told, 'more new rule')} are not named here.</p> : null}
        {news.techniques.length === 0 ? null : (
          <section aria-labelledby="new-techniques">
            <h3 id="new-techniques">
              Techniques that gained <small>{news.techniques.length.toLocaleString('en')}</small>
            </h3>
            <DataTable labelledBy="new-techniques" className="fixed" columns={gained} rows={news.techniques} keyOf={({ id }) => id} first={TECHNIQUES} />
          </section>
        )}
      </div>
    </WideDialog>
  );
}

interface PartProps {
  readonly id: string;
  readonly title: string;
  readonly rules: readonly ChangedRule[];
  readonly columns: readonly Column<ChangedRule>[];
}

const Part = ({ id, title, rules, columns }: PartProps) =>
  rules.length === 0 ? null : (
    <section aria-labelledby={id}>
      <h3 id={id}>
        {title} <small>{rules.length.toLocaleString('en')}</small>
      </h3>
      <DataTable labelledBy={id} className="fixed" columns={columns} rows={rules} keyOf={({ source, key }) => `${source} ${key}`} first={FIRST} />
    </section>
  );
