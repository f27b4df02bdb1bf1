import { useMemo } from 'react';
import { useStore } from '../../state/store';
import { type UnreadPart, unreadParts } from './unreadParts';

/** Every part of the open document that is not read, of all its rules, as of the newest answer. */
export function useUnread(): readonly UnreadPart[] {
  const newest = useStore((state) => state.analysis.newest);
  return useMemo(() => newest?.answer.reports.flatMap((report) => unreadParts(report.rule.analysis, newest.text)) ?? [], [newest]);
}
