import { useMemo } from 'react';
import type { ConversionAnswer, Loss, Span } from '../../model';
import { editor } from '../../state/editor-handle';
import { getState } from '../../state/store';
import { pointAtLoss } from '../../state/threads/conversion';
import { CodeText } from '../../ui/CodeText';
import { useLitLoss } from './losses';

interface Line extends Span {
  /** Indexes of the losses that have a place in it. */
  readonly losses: readonly number[];
}

const NONE: readonly never[] = [];

/** The written text by lines, each with the numbers of the losses in it; what stands for a lit loss is lit too. */
export function ConvertedCode({ answer, text }: { readonly answer: ConversionAnswer; readonly text: string }) {
  const { tokens, conversion } = answer;
  const colours = useMemo(() => tokens.map(({ start, end, type }) => ({ start, end, className: `t-${type}` })), [tokens]);
  const lines = useMemo(() => linesOf(text, conversion.lost), [text, conversion]);
  const lit = conversion.lost[useLitLoss()]?.there ?? NONE;
  return (
    // What scrolls and holds no control is reached by the keyboard itself.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="converted-code inset-focus" aria-label="Converted text" tabIndex={0}>
      {lines.map((line, at) => (
        <div key={line.start} className="converted-line">
          <span className="converted-number" aria-hidden="true">
            {at + 1}
          </span>
          <span className="converted-marks">
            {line.losses.map((loss) => (
              <LossMark key={loss} at={loss} loss={conversion.lost[loss]!} />
            ))}
          </span>
          <CodeText text={text} colours={colours} lit={lit} part={line} />
        </div>
      ))}
    </section>
  );
}

/** A loss by its number: pointing at it lights both texts, a press goes to its place in the draft. */
const LossMark = ({ at, loss }: { readonly at: number; readonly loss: Loss }) => (
  <button
    type="button"
    className="loss-number"
    aria-label={`Loss ${at + 1}: ${loss.why}`}
    title={loss.why}
    onMouseEnter={() => pointAtLoss(at)}
    onMouseLeave={() => pointAtLoss(null)}
    onFocus={() => pointAtLoss(at)}
    onBlur={() => pointAtLoss(null)}
    onClick={() => (getState().conversion.heldSince === null ? editor()?.reveal(loss.span) : undefined)}
  >
    {at + 1}
  </button>
);

const meets = (span: Span, line: Span): boolean => span.start < line.end && line.start < span.end;

function linesOf(text: string, lost: readonly Loss[]): readonly Line[] {
  let start = 0;
  // The last line break ends the text and begins no line.
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((words) => {
      const line = { start, end: start + words.length };
      start = line.end + 1;
      return { ...line, losses: lost.flatMap(({ there = NONE }, at) => (there.some((span) => meets(span, line)) ? [at] : [])) };
    });
}
