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
}

/** A remark about a place. `code` is `<language or format>/<name>` from that language's closed table; `message` says what is wrong and what was expected. */
export interface Diagnostic {
  readonly code: `${string}/${string}`;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly fix?: Fix;
}
