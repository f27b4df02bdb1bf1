import { readFileSync, writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { detectFormat } from '../../src/formats/detect';
import { macroMap, MACROS } from '../../src/knowledge/macros';
import { contextWith } from '../../src/cli/documents';
import { reportOf } from '../../src/analysis/report';
import { lintOf } from '../../src/lint/rule-checks';
import { edited } from '../../src/syntax/edits';
import type { Diagnostic, Format } from '../../src/model';

it('x', () => {
  const context = contextWith(macroMap(MACROS));
  const hits = JSON.parse(readFileSync('/tmp/au/lint.json', 'utf8')) as { path: string; code: string; start: number }[];
  const codes = new Map<string, number>();
  const files = new Map<string, Set<string>>();
  for (const { path, code } of hits) {
    const n = codes.get(code) ?? 0;
    if (n >= 40) continue;
    codes.set(code, n + 1);
    files.set(path, (files.get(path) ?? new Set()).add(code));
  }
  const look = (text: string, format: Format) => {
    const { diagnostics, rules } = format.open(text, context);
    const reports = rules.map(reportOf);
    return { remarks: [...diagnostics, ...reports.flatMap((r) => lintOf(r, text))] as Diagnostic[], leaves: reports.flatMap((r) => r.leaves) };
  };
  const out: string[] = [];
  const tally = new Map<string, [number, number]>();
  for (const [path, wanted] of files) {
    const text = readFileSync(path, 'utf8');
    const format = detectFormat(text, path);
    const before = look(text, format);
    for (const remark of before.remarks) {
      if (remark.fix === undefined || !wanted.has(remark.code)) continue;
      const t = tally.get(remark.code) ?? [0, 0];
      if (t[0] >= 60) continue;
      t[0]++;
      tally.set(remark.code, t);
      const after = look(edited(text, remark.fix.edits), format);
      const same = (r: Diagnostic) => r.code === remark.code;
      const b = before.remarks.filter(same).length, a = after.remarks.filter(same).length;
      const key = (l: (typeof before.leaves)[number]) => `${l.polarity} ${l.field ?? ''} ${l.op} ${(l.values ?? []).map((v) => (v as { text?: string }).text ?? JSON.stringify(v, (k, x) => (k === "span" ? undefined : x))).join()}`;
      const lo = Math.min(...remark.fix.edits.map((e) => e.span.start)), hi = Math.max(...remark.fix.edits.map((e) => e.span.end));
      const left = after.leaves.map(key);
      const lost: string[] = [];
      for (const l of before.leaves) {
        const k = key(l);
        const at = left.indexOf(k);
        if (at >= 0) left.splice(at, 1);
        else if (l.span.end < lo || l.span.start > hi) lost.push(k);
      }
      const errors = (rs: Diagnostic[]) => rs.filter((r) => r.severity === 'error').length;
      const bad = [a >= b ? `remark stays ${b}→${a}` : '', lost.length > 0 ? `lost ${lost.slice(0, 3).join(' | ')}` : '', errors(after.remarks) > errors(before.remarks) ? `errors ${errors(before.remarks)}→${errors(after.remarks)}: ${after.remarks.filter((r) => r.severity === 'error').map((r) => r.code).slice(0,3)}` : ''].filter((x) => x !== '');
      if (bad.length > 0) { t[1]++; out.push(`${remark.code} ${path.split('/').pop()} "${text.slice(remark.span.start, remark.span.end).slice(0, 80)}" [${remark.fix.title}] ${bad.join('; ').slice(0, 400)}`); }
    }
  }
  writeFileSync('/tmp/au/fixes.txt', [...tally].map(([k, [n, w]]) => `${k} ${n} ${w}`).join('\n') + '\n' + out.join('\n'));
}, 900000);
