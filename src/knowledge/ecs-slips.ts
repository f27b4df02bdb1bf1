import type { Span, Test, Fix } from '../model';
import { nearest } from '../syntax/nearest';
import { ECS_FIELDS } from './ecs';
import { knownFields } from './fields';

/** A field that is one slip away from a core field of ECS, with a sentence on it and what puts it right. */
interface FieldSlip {
  readonly span: Span;
  readonly message: string;
  readonly fix: Fix;
}

/** Elastic Endpoint's own, which begin with a capital: the process that another one opened. */
const ENDPOINT = ['Target.process.name', 'Target.process.executable', 'Target.process.pid', 'Effective_process.name', 'Effective_process.executable'];

/** The names that may follow a path, by the path; '' for the first ones. Siblings alone are alike: `process.nam` is no `process.pid`. */
const FOLLOWERS: ReadonlyMap<string, ReadonlySet<string>> = followersOf([...ECS_FIELDS.map(({ name }) => name), ...knownFields('ecs'), ...ENDPOINT]);

function followersOf(names: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const name of names) {
    let path = '';
    for (const part of name.split('.')) {
      const followers = found.get(path);
      if (followers === undefined) found.set(path, new Set([part]));
      else followers.add(part);
      path = path === '' ? part : `${path}.${part}`;
    }
  }
  return found;
}

/** More slips in one query than these are not looked for. */
const MOST = 100;

/** Fields of comparisons that are no field of ECS and one slip away from one, each name once. */
export function fieldSlips(text: string, tests: readonly Test[]): readonly FieldSlip[] {
  const found: FieldSlip[] = [];
  const seen = new Set<string>();
  for (const { left } of tests) {
    if (left?.kind !== 'field' || left.derived === true || left.of !== undefined || left.wild !== undefined) continue;
    const { name, span } = left;
    if (seen.has(name) || seen.size >= MOST || text.slice(span.start, span.end) !== name) continue;
    seen.add(name);
    const meant = meantBy(name);
    if (meant === null) continue;
    const at = { start: span.start, end: span.end };
    found.push({
      span: at,
      message: `ECS has no \`${name}\`; \`${meant}\` was probably meant.`,
      fix: { title: `Write ${meant}`, edits: [{ span: at, text: meant }] },
    });
  }
  return found;
}

/** The field of ECS that differs by one slip in one part of its path; null for a field of ECS, and for one that is like none. */
function meantBy(name: string): string | null {
  const parts = name.split('.');
  let path = '';
  for (const [at, part] of parts.entries()) {
    const followers = FOLLOWERS.get(path);
    if (followers === undefined) return null;
    if (!followers.has(part)) {
      const close = nearest(part, followers);
      // Three letters of which one differs are another word: `env` is no `end`.
      if (close === undefined || (part.length < 4 && close.length === part.length)) return null;
      const meant = [...parts.slice(0, at), close, ...parts.slice(at + 1)].join('.');
      return isKnown(meant) ? meant : null;
    }
    path = path === '' ? part : `${path}.${part}`;
  }
  return null;
}

/** Whether a path ends in a field of ECS: every part follows the one before, and nothing follows the last. */
function isKnown(name: string): boolean {
  const cut = name.lastIndexOf('.');
  return FOLLOWERS.get(name.slice(0, Math.max(0, cut)))?.has(name.slice(cut + 1)) === true && !FOLLOWERS.has(name);
}
