import { techniqueItems } from '../../knowledge/technique-items';
import type { Completion, Suggestion } from '../../model';
import { fitting } from '../../syntax/fitting';
import { FENCE_WORDS, outlineOf } from './fences';

/** Headings that a page is read by, each with what stands under it. */
const HEADINGS: readonly Suggestion[] = [
  ['Query Information', 'What the page is about; the next headings stand under it.', ''],
  ['Description', 'What the queries find and why that matters.', ''],
  ['MITRE ATT&CK Technique(s)', 'A table of technique IDs.', '\n\n| Technique ID | Title | Link |\n| --- | --- | --- |\n| $0 |  |  |'],
  ['Author', 'Who wrote it.', '\n\n- **Name:** $0'],
  ['References', 'Addresses to read on.', '\n\n- $0'],
].map(([label, detail, shape]) => ({ label: label!, kind: 'keyword', detail: detail!, ...(shape === '' ? null : { template: `${label}${shape}` }) }));

const FENCES: readonly Suggestion[] = FENCE_WORDS.map((label) => ({
  label,
  kind: 'keyword',
  template: `${label}\n$0\n\`\`\``,
  detail: 'A block with a query.',
}));

/** Behind the marks of a fence the words of languages, behind those of a heading the headings that are read, under the one of techniques their IDs. */
export function suggestInPage(text: string, offset: number): Completion {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  const { fences, headings } = outlineOf(text);
  const isInBlock = fences.some(({ span }) => span.start < lineStart && lineStart < span.end);
  const [, word] = /^[ \t>]*(?:`{3}|~{3})([\w|]*)$/.exec(line) ?? [];
  if (word !== undefined && !isInBlock) return { span: { start: offset - word.length, end: offset }, items: fitting(FENCES, word) };
  const [, begun] = /^#{1,6}[ \t](.*)$/.exec(line) ?? [];
  if (begun !== undefined && !isInBlock) return { span: { start: offset - begun.length, end: offset }, items: fitting(HEADINGS, begun) };
  const above = headings.findLast(({ span }) => span.end < offset);
  const [typed = ''] = /[\w.]*$/.exec(line) ?? [];
  const isTechnique = above !== undefined && /ATT&CK|technique/i.test(above.text);
  return { span: { start: offset - typed.length, end: offset }, items: isTechnique ? fitting(techniqueItems(''), typed) : [] };
}
