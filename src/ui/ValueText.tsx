import { Fragment } from 'react';

/** What a reader could not see: blanks at the edges, and control characters, format characters, fillers and other blanks anywhere. */
const HIDDEN = /^ +| +$|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u3164\uffa0]/gu;

const NAMED: Readonly<Record<string, string>> = { '\t': '⇥', '\n': '↵', '\r': '␍' };

const shownOf = (hidden: string): string =>
  hidden.startsWith(' ') ? '·'.repeat(hidden.length) : (NAMED[hidden] ?? `U+${hidden.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);

interface ValueTextProps {
  readonly text: string;
  /** An obfuscated literal: masked until it is asked for elsewhere. */
  readonly secret?: boolean | undefined;
}

/** A value as it is, in mono, with what cannot be seen drawn: outer blanks as `·`, control characters by name. */
export function ValueText({ text, secret }: ValueTextProps) {
  if (secret) return <span title="A value its author hid">••••••</span>;
  if (text === '') return <span className="quiet">empty</span>;
  const parts = [...text.matchAll(HIDDEN)];
  if (parts.length === 0) return text;
  let from = 0;
  return (
    <>
      {parts.map((part) => {
        const plain = text.slice(from, part.index);
        from = part.index + part[0].length;
        return (
          <Fragment key={part.index}>
            {plain}
            <span className="blank">{shownOf(part[0])}</span>
          </Fragment>
        );
      })}
      {text.slice(from)}
    </>
  );
}
