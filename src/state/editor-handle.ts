import type { Span, TextEdit } from '../model';

/** What the rest of the app may ask of the editor; nothing of Monaco shows through. */
export interface EditorHandle {
  /** Selects the place, scrolls it into view and takes the focus. */
  reveal(span: Span): void;
  focus(): void;
  /** Goes to the next problem, or the one before, and shows it. */
  nextProblem(direction: 1 | -1): void;
  /** Writes the edits as one undo step and shows what was written. Null when the text is no longer `about`, of which the edits speak. */
  apply(edits: readonly TextEdit[], about: string): Undo | null;
}

/** Takes back what was written; false when something else was changed since. */
type Undo = () => boolean;

let port: EditorHandle | null = null;

/** The mounted editor; null while there is none. */
export const editor = (): EditorHandle | null => port;

/** Called by the editor when it is there, and with null when it goes. */
export function setEditor(next: EditorHandle | null): void {
  port = next;
}
