import type { ReactNode } from 'react';
import { Boundary } from './Boundary';
import { Failed, type PartAction } from './Failed';

interface PartProps {
  /** With its article, at the beginning of a sentence: "The guide". */
  readonly name: string;
  readonly leave?: PartAction;
  readonly children: ReactNode;
}

/** A part of the screen that may fail by itself: the rest goes on, and its place says what happened. */
export const Part = ({ name, leave, children }: PartProps) => (
  <Boundary failed={(error, again) => <Failed name={name} error={error} onAgain={again} leave={leave} />}>{children}</Boundary>
);
