import type { Analysis, Span, Stage, Token, Unread } from '../../../model';
import { unread } from '../../../syntax/predicates';
import { entryOf } from '../parse/yaml-node';
import type { SigmaDocument } from './document';

/** Tokens that mean something by themselves, but for the names of search identifiers. */
const MEANING: ReadonlySet<Token['type']> = new Set(['field', 'string', 'number', 'regex', 'constant']);

const SECTIONS: Readonly<Record<SigmaDocument['kind'], readonly string[]>> = {
  rule: ['detection'],
  filter: ['filter', 'detection'],
  correlation: ['correlation', 'detection'],
};

/** Keys of a section that are the language's own words. */
const WORDS: ReadonlySet<string> = new Set(
  'condition timeframe rules type timespan group-by aliases generate field percentile gt gte lt lte eq neq'.split(' '),
);

/** The document with what an error has left out of it as unread parts of its first step: nothing is dropped in silence. */
export function withLost(document: SigmaDocument, tokens: readonly Token[], text: string, reason: Unread['reason']): SigmaDocument {
  const sections = SECTIONS[document.kind].flatMap((key) => entryOf(document.root, key)?.value.span ?? []);
  const isIn = ({ start, end }: Span): boolean => sections.some((section) => start >= section.start && end <= section.end);
  const lost = lostOf(document.analysis, tokens.filter(isIn), text, reason);
  if (lost.length === 0) return document;
  const { stages, ...rest } = document.analysis;
  const [first, ...others] = stages;
  const held: Stage = first ?? { kind: 'unknown', role: 'unread', span: document.root.span };
  return { ...document, analysis: { ...rest, stages: [{ ...held, operations: [...(held.operations ?? []), ...lost] }, ...others] } };
}

function lostOf(analysis: Analysis, tokens: readonly Token[], text: string, reason: Unread['reason']): readonly Unread[] {
  const covers = coversOf(analysis);
  const lost: Unread[] = [];
  let next = 0;
  let reach = -1;
  let from: number | null = null;
  let end = 0;
  const flush = (): void => {
    if (from !== null) lost.push(unread({ start: from, end }, reason, 'left out by an error'));
    from = null;
  };
  for (const token of tokens) {
    while (next < covers.length && covers[next]!.start <= token.start) reach = Math.max(reach, covers[next++]!.end);
    if (!MEANING.has(token.type)) continue;
    if (token.end <= reach || isWord(token, text)) flush();
    else {
      from ??= token.start;
      end = token.end;
    }
  }
  flush();
  return lost;
}

const isWord = ({ start, end }: Token, text: string): boolean =>
  /^\s+of\b/i.test(text.slice(end, end + 8)) || (/^\s*:/.test(text.slice(end, end + 4)) && WORDS.has(text.slice(start, Math.min(end, start + 20))));

/** The places of all that an analysis holds, by their start: values, names, signs, settings. */
function coversOf({ stages, predicate }: Analysis): readonly Span[] {
  const covers: Span[] = [];
  const seen = new Set<object>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value)) return value.forEach(walk);
    const node = value as { readonly kind?: string; readonly span?: Span; readonly name?: unknown; readonly operator?: Span };
    if (node.span !== undefined && (node.kind === undefined || LEAVES.has(node.kind))) covers.push(node.span);
    if (node.operator !== undefined) covers.push(node.operator);
    if (node.kind === 'call') covers.push(node.name as Span);
    for (const [key, inner] of Object.entries(value)) if (key !== 'span' && key !== 'derives') walk(inner);
  };
  walk([stages, predicate]);
  return covers.sort((a, b) => a.start - b.start);
}

const LEAVES: ReadonlySet<string> = new Set(['field', 'literal', 'glob', 'regex', 'time', 'unread']);
