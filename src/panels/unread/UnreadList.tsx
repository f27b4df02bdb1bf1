import type { Span } from '../../model';
import { counted } from '../format';
import type { UnreadPart } from './unreadParts';
import './unread.css';

const SHOWN = 12;

interface UnreadListProps {
  readonly parts: readonly UnreadPart[];
  /** Goes to a part. */
  readonly onGo: (span: Span) => void;
  /** Lights what is pointed at. */
  readonly onPoint: (spans: readonly Span[] | null) => void;
}

/** Whether all of a rule is understood, and if not, which parts are not: each a click away. */
export function UnreadList({ parts, onGo, onPoint }: UnreadListProps) {
  if (parts.length === 0) return <p className="unread hint">All of it is understood.</p>;
  return (
    <div className="unread hint">
      <span>
        {counted(parts.length, 'part')} {parts.length === 1 ? 'is' : 'are'} not read:
      </span>
      <ul>
        {parts.slice(0, SHOWN).map(({ span, name, why }) => (
          <li key={`${span.start} ${span.end}`}>
            <button
              type="button"
              className="link"
              title={why}
              onClick={() => onGo(span)}
              onMouseEnter={() => onPoint([span])}
              onMouseLeave={() => onPoint(null)}
              onFocus={() => onPoint([span])}
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
      {parts.length > SHOWN ? <span>and {(parts.length - SHOWN).toLocaleString('en')} more</span> : null}
    </div>
  );
}
