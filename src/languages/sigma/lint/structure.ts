import type { Span } from '../../../model';
import { oddCharactersOf } from '../../../syntax/odd-characters';
import type { Remarks } from '../diagnostics';
import type { SigmaMap, SigmaNode } from '../parse/yaml-node';
import { remarkOdd } from './written';

/** Texts for people, in which typographic characters are at home. */
const PROSE: ReadonlySet<string> = new Set('title description author references falsepositives license definition fields related scope'.split(' '));

/** Odd characters outside of what is sought: between keys and values, in tags, log sources and conditions; what turns the drawing order round, anywhere. */
export function lintStructure(roots: readonly SigmaMap[], remarks: Remarks): void {
  const { text } = remarks;
  const prose: Span[] = [];
  const sought: Span[] = [];
  const walk = (node: SigmaNode, into: Span[]): void => {
    if (node.kind === 'scalar') into.push(node.span);
    else if (node.kind === 'seq') for (const item of node.items) walk(item, into);
    else
      for (const { keySpan, value } of node.entries) {
        into.push(keySpan);
        walk(value, into);
      }
  };
  for (const root of roots)
    for (const { key, value } of root.entries) {
      if (PROSE.has(key)) walk(value, prose);
      else if (key === 'detection' || key === 'filter') walk(value, sought);
    }
  const places = [...prose.map((span) => ({ ...span, isProse: true })), ...sought.map((span) => ({ ...span, isProse: false }))].sort(
    (a, b) => a.start - b.start,
  );
  let next = 0;
  let told = 0;
  for (const odd of oddCharactersOf(text)) {
    const { start } = odd.span;
    while (next < places.length && places[next]!.end <= start) next++;
    const place = next < places.length && places[next]!.start <= start ? places[next]! : null;
    // A byte order mark at the start is none of the text's; what is sought is looked at where it stands.
    if ((start === 0 && text[0] === '\ufeff') || place?.isProse === false) continue;
    if (odd.kind !== 'bidirectional' && (place !== null || isComment(text, start))) continue;
    // One line that holds many is one slip.
    if (start < told) continue;
    const lineEnd = text.indexOf('\n', start);
    told = lineEnd === -1 ? text.length : lineEnd;
    remarkOdd(odd, remarks);
  }
}

/** Whether a comment holds the offset, as far as its line tells. */
function isComment(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - 1_000), offset);
  return /(?:^|\s)#/.test(before.slice(before.lastIndexOf('\n') + 1));
}
