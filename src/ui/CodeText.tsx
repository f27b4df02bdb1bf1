import { useMemo } from 'react';

/** A coloured stretch; `className` says how. */
export interface CodeSpan {
  readonly start: number;
  readonly end: number;
  readonly className: string;
}

interface CodeTextProps {
  readonly text: string;
  /** In order, without overlaps. */
  readonly colours: readonly CodeSpan[];
  /** Stretches that a row points at. */
  readonly lit: readonly { readonly start: number; readonly end: number }[];
  /** The part that is shown; absent: all of it. */
  readonly part?: { readonly start: number; readonly end: number };
}

/** Rule text to read: coloured, wrapped, with what is pointed at lit. */
export function CodeText({ text, colours, lit, part }: CodeTextProps) {
  const start = part?.start ?? 0;
  const end = part?.end ?? text.length;
  const pieces = useMemo(() => piecesOf(text, colours, lit, start, end), [text, colours, lit, start, end]);
  return (
    <pre className="code">
      {pieces.map(({ from, words, className }) => (
        <span key={from} className={className}>
          {words}
        </span>
      ))}
    </pre>
  );
}

interface Piece {
  readonly from: number;
  readonly words: string;
  readonly className: string | undefined;
}

function piecesOf(text: string, colours: readonly CodeSpan[], lit: CodeTextProps['lit'], start: number, end: number): readonly Piece[] {
  const edges = new Set([start, end]);
  for (const span of [...colours, ...lit]) for (const edge of [span.start, span.end]) if (edge > start && edge < end) edges.add(edge);
  const order = [...edges].sort((a, b) => a - b);
  let next = 0;
  return order.slice(0, -1).map((from, index) => {
    while (next < colours.length && colours[next]!.end <= from) next++;
    const colour = colours[next];
    const isLit = lit.some((span) => span.start <= from && from < span.end);
    const classes = [colour !== undefined && colour.start <= from ? colour.className : '', isLit ? 'lit' : ''].filter(Boolean).join(' ');
    return { from, words: text.slice(from, order[index + 1]), className: classes || undefined };
  });
}
