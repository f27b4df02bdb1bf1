import { useEffect, useMemo, useState } from 'react';
import { counted } from '../../panels/format';
import { byDrafts, corpusNews, markSeen, type CorpusNews } from '../../state/corpus-news';
import { useStore } from '../../state/store';
import { Banner } from '../../ui/Banner';
import { lazyPart } from '../../ui/part/lazyPart';

const NewRules = lazyPart(() => import('./NewRules'), {
  name: 'The list of new rules',
  place: 'over',
  leave: ({ onClose }) => ({ name: 'Close', run: onClose }),
});

/** One quiet line of what came into the corpus since the last visit, and the list of it; nothing where nothing did. */
export function WhatIsNew() {
  const [news, setNews] = useState<CorpusNews | null>(null);
  const [isOpen, setOpen] = useState(false);
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
  const parts = useMemo(
    () =>
      byDrafts(
        news?.added ?? [],
        drafts.map(({ text }) => text),
      ),
    [news, drafts],
  );
  if (news === null) return null;
  const forget = (): void => {
    markSeen(news.id);
    setNews(null);
  };
  return (
    <>
      <Banner
        kind="info"
        actions={
          <>
            <button type="button" className="btn plain" onClick={() => setOpen(true)}>
              Show them
            </button>
            <button type="button" className="btn plain" onClick={forget}>
              Seen
            </button>
          </>
        }
      >
        New in the corpus since {news.since}: {counted(news.counts.added, 'rule')}
        {parts.own.length === 0 ? '' : `, ${parts.own.length.toLocaleString('en')} of them of your drafts' techniques`};{' '}
        {news.counts.changed.toLocaleString('en')} changed.
      </Banner>
      {isOpen ? <NewRules news={news} parts={parts} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
