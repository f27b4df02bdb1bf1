import { describe, expect, it } from 'vitest';
import { lineOf } from '../../src/cli/analyze-line';
import { analyseText, contextWith } from '../../src/cli/documents';
import { FORMATS } from '../../src/formats/registry';
import { macroMap, MACROS } from '../../src/knowledge/macros';

/** Names that every object of the language this is written in has: a table that is asked for one of them must have nothing. */
const NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

/** A rule of each language and container with a name wherever one can stand. */
const TEXTS: Readonly<Record<string, (name: string) => string>> = {
  'a.kql': (n) =>
    `let f = (${n}:string) { ${n} };\n${n}(${n}) | where ${n} == "x" and ${n}(a) | summarize ${n}=${n}(b), ${n}(c) by ${n} | join kind=${n} (${n}) on ${n} | evaluate ${n}(x) | ${n} y | render ${n}`,
  'a.spl': (n) =>
    `index=${n} ${n}=1 | stats ${n}(a) as ${n} by ${n} | eval ${n}=${n}(b) | where ${n}="x" | lookup ${n} ${n} OUTPUT ${n} | ${n} c | bin ${n} span=${n} | join type=${n} ${n} [search ${n}=1]`,
  'b.spl': (n) =>
    `| tstats ${n}(a) from datamodel=${n}.${n} where ${n}.b=1 ${n}=2 by ${n} | \`drop_dm_object_name(${n})\` | tstats count from datamodel=${n} by ${n}.c`,
  'a.eql': (n) => `sequence by ${n} [${n} where ${n}(a) and ${n} == "x"] by ${n} [any where ${n} : ("y")] | ${n} 1`,
  'a.esql': (n) =>
    `FROM ${n} METADATA ${n} | WHERE ${n}(a) AND ${n}::${n} == 1 | STATS ${n} = ${n}(b) BY ${n} | ${n} c | ENRICH ${n} ON ${n} WITH ${n} | GROK ${n} "%{${n}:${n}}"`,
  'a.kuery': (n) => `${n}: ${n} and ${n}.${n}: (a or b) and ${n}: { ${n}: c } and ${n} > 1`,
  'a.lucene': (n) => `${n}:${n} AND ${n}.${n}:(a OR b) AND ${n}:[1 TO 5] ${n}`,
  'a.yml': (n) =>
    `title: ${n}\n${n}: ${n}\nstatus: ${n}\nlevel: ${n}\ntags:\n    - ${n}.${n}\n    - attack.${n}\nlogsource:\n    product: ${n}\n    category: ${n}\n    ${n}: ${n}\ndetection:\n    ${n}:\n        ${n}|${n}: ${n}\n        ${n}: a\n    condition: ${n}`,
  'b.yml': (n) =>
    `title: ${n}\ncorrelation:\n    type: ${n}\n    rules: [${n}]\n    group-by: [${n}]\n    timespan: ${n}\n    condition:\n        ${n}: 5\n    aliases:\n        ${n}:\n            ${n}: ${n}`,
  'c.yml': (n) =>
    `name: ${n}\nid: ${n}\n${n}: ${n}\ntype: ${n}\nsearch: ${n}=1 | ${n}\ntags:\n  ${n}: ${n}\n  asset_type: ${n}\n  security_domain: ${n}\ndata_source: [${n}]`,
  'd.yml': (n) => `title: ${n}\nlogic: ${n}=1\nlogic_format: splunk\n${n}: ${n}\ndomain: ${n}\nplatform: ${n}`,
  'a.yaml': (n) =>
    `id: ${n}\nname: ${n}\n${n}: ${n}\nseverity: ${n}\nqueryFrequency: ${n}\ntriggerOperator: ${n}\nkind: ${n}\ntactics: [${n}]\nrequiredDataConnectors:\n  - connectorId: ${n}\n    dataTypes: [${n}]\nquery: ${n} | where ${n}(a) == 1\nentityMappings:\n  - entityType: ${n}\n    fieldMappings:\n      - columnName: ${n}`,
  'a.toml': (n) =>
    `[metadata]\n${n} = "a"\n[rule]\nname = "${n}"\n${n} = "a"\ntype = "${n}"\nlanguage = "${n}"\nseverity = "${n}"\ntags = ["OS: ${n}", "Domain: ${n}"]\nos_list = ["${n}"]\nquery = '${n}: a'\n[[rule.threat]]\n[rule.threat.tactic]\nname = "${n}"\n[rule.${n}]\n${n} = 1`,
  'a.conf': (n) => `[${n}]\n${n} = ${n}\nsearch = ${n}=1 | ${n} a`,
  'a.md': (n) => `# ${n}\n\`\`\`${n}\n${n} | where ${n} == "a"\n\`\`\`\n\`\`\`kql\nDeviceEvents | where ${n}(a) == 1\n\`\`\``,
};

describe('names of the language this is written in are names like any other', () => {
  const context = contextWith(macroMap(MACROS));
  it.each(Object.keys(TEXTS))('%s', (path) => {
    for (const name of NAMES) {
      const text = TEXTS[path]!(name);
      const { format, rules, loose } = analyseText(text, path, null, context);
      expect(rules.length + loose.length).toBeGreaterThan(0);
      const remarks = [...loose, ...rules.flatMap(({ diagnostics }) => diagnostics)];
      expect(remarks.filter(({ code }) => code === 'file/broken')).toEqual([]);
      expect(remarks.filter(({ span }) => span.start < 0 || span.end > text.length || span.end < span.start)).toEqual([]);
      for (const rule of rules) expect(lineOf(path, format!, text, rule)).not.toContain('native code');
      const { suggest, hover } = FORMATS.get(format!)!;
      for (let at = 0; at <= text.length; at += 3) {
        suggest(text, at, context);
        hover(text, at, context);
      }
    }
  });
});
