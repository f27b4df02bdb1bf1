import type { Fix, Span, Test } from '../model';
import { nearest } from './nearest';

/** A field that is one slip away from one of a schema, with a sentence on it and what puts it right. */
interface FieldSlip {
  readonly span: Span;
  readonly message: string;
  readonly fix: Fix;
}

/** A schema's field names as a tree: the parts that may follow a path. */
export interface Names {
  readonly schema: string;
  readonly followers: (path: string) => ReadonlySet<string> | undefined;
}

/** More slips in one query than these are not looked for. */
const MOST = 100;

/** Fields of comparisons that are no field of the schema and one slip away from one, each name once. Siblings alone are alike: `process.nam` is no `process.pid`. */
export function fieldSlips(text: string, tests: readonly Test[], names: Names): readonly FieldSlip[] {
  const found: FieldSlip[] = [];
  const seen = new Set<string>();
  for (const { left } of tests) {
    if (left?.kind !== 'field' || left.derived === true || left.of !== undefined || left.wild !== undefined) continue;
    const { name, span } = left;
    if (seen.has(name) || seen.size >= MOST || text.slice(span.start, span.end) !== name) continue;
    seen.add(name);
    const meant = meantBy(name, names);
    if (meant === null) continue;
    const at = { start: span.start, end: span.end };
    found.push({
      span: at,
      message: `${names.schema} has no \`${name}\`; \`${meant}\` was probably meant.`,
      fix: { title: `Write ${meant}`, edits: [{ span: at, text: meant }] },
    });
  }
  return found;
}

/** The field that differs by one slip in one part of its path; null for one of the schema, and for one that is like none. */
function meantBy(name: string, names: Names): string | null {
  const parts = name.split('.');
  let path = '';
  for (const [at, part] of parts.entries()) {
    const followers = names.followers(path);
    if (followers === undefined) return null;
    if (!followers.has(part)) {
      const close = nearest(part, followers);
      // Three letters of which one differs are another word: `env` is no `end`.
      if (close === undefined || (part.length < 4 && close.length === part.length)) return null;
      const meant = [...parts.slice(0, at), close, ...parts.slice(at + 1)].join('.');
      return isKnown(meant, names) ? meant : null;
    }
    path = path === '' ? part : `${path}.${part}`;
  }
  return null;
}

/** Whether a path ends in a field: every part follows the one before, and nothing follows the last. */
function isKnown(name: string, { followers }: Names): boolean {
  const cut = name.lastIndexOf('.');
  return followers(name.slice(0, Math.max(0, cut)))?.has(name.slice(cut + 1)) === true && followers(name) === undefined;
}
