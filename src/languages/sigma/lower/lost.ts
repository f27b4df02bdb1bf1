import type { Analysis, Span, Stage, Token, Unread } from '../../../model';
import { coversOf, stretchesOutside } from '../../../syntax/coverage';
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

function lostOf({ stages, predicate }: Analysis, tokens: readonly Token[], text: string, reason: Unread['reason']): readonly Unread[] {
  const covers = coversOf([stages, predicate], ({ kind }) => kind === undefined || LEAVES.has(kind));
  const missed = stretchesOutside(covers, tokens, (token, isHeld) => (!MEANING.has(token.type) ? 'aside' : isHeld || isWord(token, text) ? 'end' : 'word'));
  return missed.map((span) => unread(span, reason, 'left out by an error'));
}

const isWord = ({ start, end }: Token, text: string): boolean =>
  /^\s+of\b/i.test(text.slice(end, end + 8)) || (/^\s*:/.test(text.slice(end, end + 4)) && WORDS.has(text.slice(start, Math.min(end, start + 20))));

const LEAVES: ReadonlySet<string> = new Set(['field', 'literal', 'glob', 'regex', 'time', 'unread']);
