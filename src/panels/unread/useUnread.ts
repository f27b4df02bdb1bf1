import { useDeferredValue, useMemo } from 'react';
import { useStore } from '../../state/store';
import { isHeldWhole, type UnreadPart, unreadParts } from './unreadParts';

interface UnreadHere {
  readonly parts: readonly UnreadPart[];
  /** None is unread, and that is because all is understood. */
  readonly isAllUnderstood: boolean;
}

/** Every part of the open document that is not read, of all its rules, as of the newest answer. */
export function useUnread(): UnreadHere {
  // What is typed is shown first; walking all of a rule comes after it.
  const newest = useDeferredValue(useStore((state) => state.analysis.newest));
  return useMemo(() => {
    const analyses = newest?.answer.reports.map(({ rule }) => rule.analysis) ?? [];
    const parts = analyses.flatMap((analysis) => unreadParts(analysis, newest?.text ?? ''));
    return {
      parts,
      isAllUnderstood:
        parts.length === 0 && analyses.length > 0 && newest!.answer.diagnostics.every(({ severity }) => severity !== 'error') && analyses.every(isHeldWhole),
    };
  }, [newest]);
}
