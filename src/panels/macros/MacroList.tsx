import type { MacrosRead, Span } from '../../model';
import { Icon } from '../../ui/Icon';

interface MacroListProps {
  readonly read: MacrosRead;
  readonly lineAt: (offset: number) => number;
  readonly onSelect: (span: Span) => void;
  readonly onRemove: (name: string, span: Span) => void;
}

const SAID = { error: 'Error: ', warning: 'Warning: ', info: 'Note: ' } as const;

/** What was read, a macro a row, after the lines that could not be taken. A name leads to its stanza. */
export const MacroList = ({ read, lineAt, onSelect, onRemove }: MacroListProps) => (
  <>
    {read.remarks.length === 0 ? null : (
      <ul className="macroremarks" aria-label="Problems">
        {read.remarks.map((remark) => (
          <li key={`${remark.code} ${remark.span.start}`} className="problem">
            <Icon name={remark.severity} className={remark.severity} />
            <span>
              <button type="button" className="link" onClick={() => onSelect(remark.span)}>
                Line {lineAt(remark.span.start)}
              </button>{' '}
              <span className="sr">{SAID[remark.severity]}</span>
              {remark.message}
            </span>
          </li>
        ))}
      </ul>
    )}
    {read.macros.length === 0 ? (
      <p className="hint">Paste the text of a macros.conf, or write a stanza. Each macro read of it is listed here.</p>
    ) : (
      <ul className="macrolist" aria-label="Macros">
        {read.macros.map(({ name, arguments: args, definition, replaces, span }) => (
          <li key={span.start}>
            <div>
              <button type="button" className="link" title="Go to its stanza" onClick={() => onSelect(span)}>
                <code>{args.length === 0 ? name : `${name}(${args.join(', ')})`}</code>
              </button>
              {replaces ? <span className="badge">in place of a shipped one</span> : null}
              <span className="space" />
              <button type="button" className="btn plain" aria-label={`Remove ${name}`} onClick={() => onRemove(name, span)}>
                Remove
              </button>
            </div>
            <code className="clamp" title={definition}>
              {definition}
            </code>
          </li>
        ))}
      </ul>
    )}
  </>
);
