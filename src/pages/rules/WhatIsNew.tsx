import { useEffect, useMemo, useState } from 'react';
import { counted } from '../../panels/format';
import { corpusNews, markSeen, type CorpusNews } from '../../state/corpus-news';
import { pathOf } from '../../state/links/routes';
import { useStore } from '../../state/store';
import { Banner } from '../../ui/Banner';

const SHOWN = 5;
const ID = /\bT\d{4}(?:\.\d{3})?\b/gi;

/** What came into the corpus since the last visit, rules of the drafts' techniques first; nothing where nothing did. */
export function WhatIsNew() {
  const [news, setNews] = useState<CorpusNews | null>(null);
  const drafts = useStore((state) => state.drafts);
  useEffect(() => {
    let isWanted = true;
    corpusNews().then(
      (found) => isWanted && setNews(found),
      // Without storage or a server there is no news to tell.
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, []);
  const first = useMemo(() => {
    const own = new Set(drafts.flatMap(({ text }) => (text.match(ID) ?? []).map((id) => id.toUpperCase())));
    const isOwn = (techniques: readonly string[]): boolean => techniques.some((id) => own.has(id) || own.has(id.split('.')[0]!));
    const added = news?.added ?? [];
    return [...added.filter(({ techniques }) => isOwn(techniques)), ...added.filter(({ techniques }) => !isOwn(techniques))].slice(0, SHOWN);
  }, [news, drafts]);
  if (news === null) return null;
  const forget = (): void => {
    markSeen(news.id);
    setNews(null);
  };
  return (
    <Banner
      kind="info"
      actions={
        <button type="button" className="btn plain" onClick={forget}>
          Seen
        </button>
      }
    >
      New in the corpus since {news.since}: {counted(news.counts.added, 'rule')}, {news.counts.changed.toLocaleString('en')} changed
      {first.length === 0 ? '.' : ': '}
      {first.map((rule, at) => (
        <span key={`${rule.source} ${rule.key}`}>
          {at === 0 ? '' : ', '}
          <a href={`#${pathOf.rule(rule)}`}>{rule.title}</a>
        </span>
      ))}
      {news.counts.added > first.length && first.length > 0 ? ' …' : ''}
    </Banner>
  );
}
