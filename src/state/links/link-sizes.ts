import type { Doc } from '../drafts/document';
import { linkOf } from './permalink';

/** Characters of the link to a document, without its tests and with them; null: too large for a link. */
export function linkSizes(doc: Doc): { readonly bare: number | null; readonly whole: number | null } {
  const size = (tests: string): number | null => {
    const hash = linkOf(doc.format ?? '', doc.text, tests);
    return hash === null ? null : location.href.split('#')[0]!.length + hash.length;
  };
  return { bare: size(''), whole: size(JSON.stringify(doc.tests)) };
}
