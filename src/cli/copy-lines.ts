import type { LeftOut } from '../catalog/store/copies';
import { aligned } from './aligned';

/** What was left out as a copy and why: by source and the source of what was kept, the most first, with an example each. */
export function copyLines(leftOut: readonly LeftOut[]): readonly string[] {
  if (leftOut.length === 0) return ['no copies'];
  const groups = new Map<string, { count: number; readonly example: string }>();
  for (const { rule, kept, by } of leftOut) {
    const why = rule.kind === 'no query text' ? 'listed, and here with its text' : by === 'id' ? 'same ID' : 'same meaning';
    const key = `${rule.source}\n${kept.source}\n${why}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { count: 1, example: rule.title === kept.title ? rule.title : `${rule.title} = ${kept.title}` });
    else known.count++;
  }
  const rows = [...groups].sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1));
  return [
    `left out as copies: ${leftOut.length}`,
    ...aligned([
      ['source', 'copy of', 'why', 'rules', 'example'],
      ...rows.map(([key, { count, example }]) => [...key.split('\n'), String(count), example.slice(0, 90)]),
    ]),
  ];
}
