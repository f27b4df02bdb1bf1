import { useMemo } from 'react';
import type { Expansion } from '../../model';
import { Icon } from '../../ui/Icon';
import { type Part, partsOf } from './expansionParts';

interface ExpansionTextProps {
  readonly expansion: Expansion;
  /** The call whose places are lit. */
  readonly lit: string | null;
}

/** The expanded query; what a macro added is marked and begins with its name. */
export function ExpansionText({ expansion, lit }: ExpansionTextProps) {
  const parts = useMemo(() => partsOf(expansion), [expansion]);
  return (
    <pre className="code expansion">
      <Parts parts={parts} lit={lit} />
    </pre>
  );
}

const Parts = ({ parts, lit }: { readonly parts: readonly Part[]; readonly lit: string | null }) =>
  parts.map((part, index) => {
    switch (part.kind) {
      case 'words':
        return (
          <span key={index} className={part.className}>
            {part.words}
          </span>
        );
      case 'added':
        return (
          <mark
            key={index}
            className={lit === part.macro.call ? 'added is-lit' : 'added'}
            title={part.macro.isOwn ? 'Your own macro' : 'Ships with Rulewright'}
          >
            <span className="badge">
              {part.macro.name}
              {part.macro.isOwn ? ', own' : ''}
            </span>
            <Parts parts={part.parts} lit={lit} />
          </mark>
        );
      case 'left':
        return part.macro.why === 'cycle' ? (
          <span key={index} className="kept cycle">
            <Icon name="error" size="small" className="error" />
            {part.words}
          </span>
        ) : (
          <span key={index} className="kept t-macro">
            {part.words}
          </span>
        );
      default:
        return part satisfies never;
    }
  });
