import type { KeptTest } from '../../model';

/** What is in the editor. Its `id` is the draft's from birth: an example or a shared document becomes a draft without changing it. */
export interface Doc {
  readonly id: string;
  /** `example` and `shared` are not stored; the first change, or the reader's choice, makes them a `draft`. */
  readonly kind: 'draft' | 'example' | 'shared';
  readonly text: string;
  /** Grows with every change of text, format or document in this tab; no two states of any text share one. */
  readonly revision: number;
  /** Null until it has been detected. */
  readonly format: string | null;
  /** The format was chosen by hand and is not detected again. */
  readonly byHand: boolean;
  /** The name of the file it came from; '' when there is none. */
  readonly path: string;
  /** Given by hand; '' while the rule's title serves. */
  readonly name: string;
  /** The rule's title when it was last analysed. */
  readonly title: string;
  readonly tests: readonly KeptTest[];
}

/** One stored draft. */
export interface Draft {
  readonly id: string;
  readonly text: string;
  readonly format: string | null;
  readonly byHand: boolean;
  readonly path: string;
  /** Given by hand; '' while the rule's title serves. */
  readonly name: string;
  /** The rule's title when it was last analysed. */
  readonly title: string;
  /** Events kept with it and what it must say of them. */
  readonly tests: readonly KeptTest[];
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly changed: number;
  /** How often it was stored; a save that does not follow the stored one is a conflict. */
  readonly version: number;
}

/** A named example: a read-only source, opened as a document of kind `example`. */
export interface Example {
  readonly id: string;
  readonly name: string;
  /** The language whose folder it comes from. */
  readonly language: string;
  readonly text: string;
  /** Its format, once it has been detected. */
  readonly format: string | null;
}

/** Where the cursor is: an offset in the text, and its 1-based line and column for the status line. */
export interface Cursor {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export const START: Cursor = { offset: 0, line: 1, column: 1 };

export const BLANK: Doc = { id: '', kind: 'draft', text: '', revision: 0, format: null, byHand: false, path: '', name: '', title: '', tests: [] };

/** What lists and heads call a draft, or a document. */
export const nameOf = (draft: Pick<Draft, 'name' | 'title' | 'path'>): string => draft.name || draft.title || draft.path || 'Untitled';

let last = 0;

/** The next number of this tab; every state of every text has its own. */
export const nextRevision = (): number => ++last;

/** A text as the editor holds it: no byte order mark, and one kind of line end, the one it has more of. Offsets of all answers are in this text. */
export function normalised(text: string): string {
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (!bare.includes('\r')) return bare;
  const windows = bare.split('\r\n').length - 1;
  const all = bare.split(/\r\n|\r|\n/).length - 1;
  if (windows === all && windows === bare.split('\n').length - 1) return bare;
  return bare.replace(/\r\n|\r|\n/g, windows * 2 > all ? '\r\n' : '\n');
}
