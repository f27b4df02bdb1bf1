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
  /** The folder it was put in; absent: in none. */
  readonly folder?: string | undefined;
  /** Whose guide was chosen for it by hand; absent: the first its rule names. */
  readonly technique?: string | undefined;
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

type Named = Pick<Draft, 'name' | 'title' | 'path' | 'text'>;

/** What lists and heads call a draft, or a document: the name given by hand, the rule's title, its file, else what its text begins with. */
export const nameOf = ({ name, title, path, text }: Named): string => name || title || (path.split('/').at(-1) ?? '') || beginningOf(text) || 'Untitled';

/** By id. Of several drafts that would be called the same the first made is, and the others are numbered; names given by hand stay as they are. */
export function namesOf(drafts: readonly (Named & Pick<Draft, 'id' | 'created'>)[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const used = new Map<string, number>();
  for (const draft of drafts.toSorted((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1))) {
    const name = nameOf(draft);
    const before = used.get(name) ?? 0;
    used.set(name, before + 1);
    names.set(draft.id, draft.name !== '' || before === 0 ? name : `${name} ${before + 1}`);
  }
  return names;
}

const LONGEST = 48;
/** Characters of a text that are looked at for its name. */
const LOOKED_AT = 2_000;

/** The first words of a text: its first remark where it begins with one, as people write what a query is for. */
function beginningOf(text: string): string {
  const lines = text.slice(0, LOOKED_AT).split(/\r?\n/);
  const line =
    lines
      .map((written) => written.replace(/^\s*(?:\/\/+|#+|--+|\/\*+|`{3}\w*|<!--|\|)?\s*|\s*(?:\*\/|`{3}|-->)?\s*$/g, ''))
      .find((words) => /[\p{L}\p{N}]/u.test(words)) ?? '';
  return line.length > LONGEST ? `${line.slice(0, LONGEST).replace(/\s+\S*$/, '')}…` : line;
}

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
