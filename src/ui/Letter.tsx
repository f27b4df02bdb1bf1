import type { CSSProperties } from 'react';

/** A thing that is told from its like by a letter in a steady colour. */
interface Sign {
  readonly name: string;
  readonly letter: string;
  /** A colour token; one that ends in `-soft` is its ground. */
  readonly colour: string;
}

interface LetterProps {
  /** Absent: nothing of its kind is known, and the letter is a blank. */
  readonly sign: Sign | undefined;
  /** The name stands beside it already. */
  readonly named?: boolean;
}

/** A letter in its colour; says the name where no text beside it does. */
export function Letter({ sign, named = false }: LetterProps) {
  const colours = sign === undefined ? undefined : ({ '--letter-ink': `var(${sign.colour})`, '--letter-ground': `var(${sign.colour}-soft)` } as CSSProperties);
  return (
    <>
      <span className="letter" style={colours} aria-hidden="true" title={named ? undefined : sign?.name}>
        {sign?.letter ?? ' '}
      </span>
      {named || sign === undefined ? null : <span className="sr">{sign.name} </span>}
    </>
  );
}

/** Counts beside their letters, those of none left out: Σ 9 E 6. `counts` in the order of `signs`. */
export const LetterCounts = ({ signs, counts }: { readonly signs: readonly Sign[]; readonly counts: readonly number[] }) => (
  <span className="letters">
    {signs.map((sign, index) =>
      counts[index] ? (
        <span key={sign.letter}>
          <Letter sign={sign} />
          {counts[index].toLocaleString('en')}
        </span>
      ) : null,
    )}
  </span>
);
