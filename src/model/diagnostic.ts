import type { Span } from './span';

export type Severity = 'error' | 'warning' | 'info';

/** Replace `span` by `text`. Edits of one list do not overlap and all speak of the text before any of them. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The rule may be right as it is and finds other events afterwards: its author chooses it, it is never made together with all others. */
  readonly isChoice?: true;
}

/** A kind of remark, as a language's or format's closed table lists it. */
export interface DiagnosticKind {
  readonly severity: Severity;
  /** What it is about, in one sentence, for the list of all checks. */
  readonly sentence: string;
  /** A fix is offered with it, at least sometimes. */
  readonly fixable: boolean;
}

/** A closed table of remarks by id: `<language or format>/<name>`. */
export type DiagnosticTable = Readonly<Record<`${string}/${string}`, DiagnosticKind>>;

/** A remark about a place. `code` is `<language or format>/<name>` from that language's closed table; `message` says what is wrong and what was expected. */
export interface Diagnostic {
  readonly code: `${string}/${string}`;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly fix?: Fix;
  /** Ways to mend it that exclude each other: its author chooses one. */
  readonly choices?: readonly Fix[];
}

/** All that is offered with a remark. */
export const fixesOf = ({ fix, choices = [] }: Pick<Diagnostic, 'fix' | 'choices'>): readonly Fix[] => (fix === undefined ? choices : [fix, ...choices]);
