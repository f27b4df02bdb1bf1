/** A text of about `size` characters, made so that something could go wrong with it. */
export type Shape = (size: number) => string;

const repeated =
  (unit: string, before = '', after = ''): Shape =>
  (size) =>
    before + unit.repeat(Math.max(1, Math.ceil((size - before.length - after.length) / unit.length))) + after;
const counted =
  (unit: (at: number) => string, before = '', after = ''): Shape =>
  (size) => {
    const parts = [before];
    for (let at = 0, length = before.length + after.length; length < size; at++) {
      const part = unit(at);
      parts.push(part);
      length += part.length;
    }
    parts.push(after);
    return parts.join('');
  };
const nested =
  (open: string, close: string, before = '', inner = '', after = ''): Shape =>
  (size) => {
    const depth = Math.max(1, Math.floor((size - before.length - inner.length - after.length) / (open.length + close.length)));
    return before + open.repeat(depth) + inner + close.repeat(depth) + after;
  };

/** Signs and halves of things, in any language. */
const ANYWHERE: Readonly<Record<string, Shape>> = Object.fromEntries(
  ['(', ')', '[', '{', '"', "'", '`', '\\', '|', '*', ',', '=', ':', '- ', '\n', '/*', '//', '<!--', '```\n', 'a ', '"a" ', "'a\n", 'not ', '((a) ', '$a$', '\u{1F600}', '\ufeff', '\t'].map(
    (unit) => [`only ${JSON.stringify(unit)}`, repeated(unit)],
  ),
); // prettier-ignore

const SIGMA_HEAD = 'title: T\nlogsource: { product: windows, category: process_creation }\ndetection:\n';
const sigma = (unit: (at: number) => string, condition = 's'): Shape => counted(unit, `${SIGMA_HEAD}    s:\n        A: b\n`, `    condition: ${condition}\n`);

/** For each format: whole documents in which one thing is much, deep or refers to all the others. */
export const SHAPES: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  sigma: {
    'a value of stars': repeated('*a', `${SIGMA_HEAD}    s:\n        A: '`, `'\n    condition: s\n`),
    'a value of question marks': repeated('?', `${SIGMA_HEAD}    s:\n        A: '`, `'\n    condition: s\n`),
    'many values': sigma((at) => `        B${at}: c${at}\n`),
    'a long list': counted((at) => `            - 'v${at}*x*'\n`, `${SIGMA_HEAD}    s:\n        A|contains:\n`, '    condition: s\n'),
    'a list of the same': counted(() => `            - v\n`, `${SIGMA_HEAD}    s:\n        A|contains|all:\n`, '    condition: s\n'),
    'many selections': sigma((at) => `    s${at}:\n        A: b\n`, '1 of s*'),
    'many patterns over many selections': (size) => {
      const count = Math.ceil(size / 30);
      return `${SIGMA_HEAD}${Array.from({ length: count }, (_, at) => `    s${at}: { A: b }\n`).join('')}    condition: ${'1 of s* or '.repeat(count)}s1\n`;
    },
    'many different patterns': (size) => {
      const count = Math.ceil(size / 34);
      return `${SIGMA_HEAD}${Array.from({ length: count }, (_, at) => `    s${at}: { A: b }\n`).join('')}    condition: ${Array.from({ length: count }, (_, at) => `1 of s${at}* or `).join('')}s1\n`;
    },
    'one selection named often': repeated('s or ', `${SIGMA_HEAD}    s:\n        A: [a, b, c]\n    condition: `, 's\n'),
    'not not not': repeated('not ', `${SIGMA_HEAD}    s:\n        A: a\n    condition: `, 's\n'),
    'brackets in the condition': nested('(', ')', `${SIGMA_HEAD}    s:\n        A: a\n    condition: `, 's', '\n'),
    'all of all': repeated('all of them and ', `${SIGMA_HEAD}    s:\n        A: a\n    t:\n        A: b\n    condition: `, 's\n'),
    'flow maps': nested('{a: ', '}', `${SIGMA_HEAD}    s: `, 'b', '\n    condition: s\n'),
    'open flow maps': repeated('{', `${SIGMA_HEAD}    s: `),
    'open flow lists': repeated('[', `${SIGMA_HEAD}    s: `),
    'aliases': counted(() => `    - *a\n`, `${SIGMA_HEAD}    s: &a\n        A: [x, y]\n    t:\n`, '    condition: s\n'),
    'deep maps': (size) => {
      const depth = Math.floor(Math.sqrt(size * 2));
      return `${SIGMA_HEAD}${Array.from({ length: depth }, (_, at) => `${' '.repeat(at + 4)}a:\n`).join('')}`;
    },
    'many documents': repeated(`${SIGMA_HEAD}    s:\n        A: b\n    condition: s\n---\n`),
    'many modifiers': repeated('|contains', `${SIGMA_HEAD}    s:\n        A`, `: b\n    condition: s\n`),
    'a long regex': repeated('(a+)+', `${SIGMA_HEAD}    s:\n        A|re: '`, `'\n    condition: s\n`),
    'a regex of brackets': nested('(', ')', `${SIGMA_HEAD}    s:\n        A|re: '`, 'a', `'\n    condition: s\n`),
    'tags': counted((at) => `    - attack.t${at}\n`, `title: T\ntags:\n`),
    'suppressions': repeated('# rulewright-disable-next-line sigma/x\nfoo: 1\n', 'title: T\n'),
    'the same key': repeated('title: T\n'),
    'correlations': counted((at) => `title: T\nname: r${at}\ncorrelation:\n    type: temporal\n    rules: [r${at - 1}, r${at - 2}]\n    timespan: 5m\n---\n`),
    'comments': repeated('# a\n', 'title: T\n'),
    'a block text': repeated('  a b c\n', 'title: T\ndescription: |\n'),
    'related fields': sigma((at) => `        ParentImage|endswith: '\\a${at}.exe'\n`),
    'base64': repeated('abc', `${SIGMA_HEAD}    s:\n        A|base64offset|contains: '`, `'\n    condition: s\n`),
    'windash': repeated(' -a', `${SIGMA_HEAD}    s:\n        A|windash|contains: '`, `'\n    condition: s\n`),
  },
  kusto: {
    'a string of stars': repeated('*a', 'T | where a matches regex "', '"'),
    'conditions': counted((at) => ` and a${at} == "b"`, 'T | where x == 1'),
    'ors': counted((at) => ` or a == "b${at}"`, 'T | where x == 1'),
    'a long list': counted((at) => `"v${at}", `, 'T | where a in (', '"z")'),
    'stages': counted((at) => `| where a${at} == 1\n`, 'T\n'),
    'extends': counted((at) => `| extend a${at + 1} = a${at} + 1\n`, 'T\n'),
    'extends used': counted((at) => `| extend c = strcat(c, "${at}")\n| where c == "x"\n`, 'T\n'),
    'lets': counted((at) => `let a${at} = ${at};\n`, '', 'T'),
    'lets of lets': counted((at) => `let a${at + 1} = a${at};\n`, 'let a0 = T;\n', 'a1'),
    'unions': counted((at) => `(T${at} | where a == 1), `, 'union ', 'T'),
    'nested calls': nested('tolower(', ')', 'T | where a == ', 'b'),
    'nested brackets': nested('(', ')', 'T | where ', 'a == 1'),
    'nested joins': nested('T | join (', ') on x', '', 'T'),
    'nots': nested('not(', ')', 'T | where ', 'a == 1'),
    'open calls': repeated('f(', 'T | where '),
    'minus signs': repeated('-', 'T | where a == ', '1'),
    'pipes': repeated('|', 'T'),
    'datatable': counted((at) => `"a${at}", ${at}, `, 'datatable(a:string, b:long) [', ']'),
    'case': counted((at) => `a == ${at}, "v${at}", `, 'T | extend c = case(', '"z") | where c == "v1"'),
    'dots': repeated('.a', 'T | where a', ' == 1'),
    'indexes': repeated('["a"]', 'T | where a', ' == 1'),
    'project': counted((at) => `a${at}, `, 'T | project ', 'z'),
    'project-away': counted((at) => `| project-away a${at}*\n`, 'T\n'),
    'summarize': counted((at) => `c${at} = countif(a == ${at}), `, 'T | summarize ', 'count() by z'),
    'parse': counted((at) => `"x${at}" a${at} `, 'T | parse c with '),
    'search': counted((at) => `"a${at}" or `, 'search ', '"z"'),
    'comments': repeated('// a\n', 'T\n'),
    'queries': counted((at) => `T${at} | where a == 1\n\n`),
    'functions': counted((at) => `let f${at + 1} = (a: string) { f${at}(a) };\n`, 'let f0 = (a: string) { a == "x" };\n', 'T | where f1(x)'),
    'has_any': counted((at) => `"v${at}", `, 'T | where a has_any (', '"z")'),
  },
  spl: {
    'a value of stars': repeated('*a', 'index=x a="', '"'),
    'words': repeated('a* ', 'index=x '),
    'comparisons': counted((at) => `a${at}=b `, 'index=x '),
    'ors': counted((at) => `a=b${at} OR `, 'index=x ', 'a=z'),
    'in': counted((at) => `"v${at}", `, 'index=x a IN (', '"z")'),
    'brackets': nested('(', ')', 'index=x ', 'a=b'),
    'nots': repeated('NOT ', 'index=x ', 'a=b'),
    'open brackets': repeated('(', 'index=x '),
    'subsearches': nested('[search ', ']', 'index=x ', 'a=b'),
    'open subsearches': repeated('[search ', 'index=x '),
    'stages': counted((at) => `| search a${at}=b\n`, 'index=x\n'),
    'evals': counted((at) => `| eval a${at + 1}=a${at}."x"\n`, 'index=x\n'),
    'evals of one': repeated('| eval a=a."x"\n', 'index=x\n', '| where a="b"'),
    'renames': counted((at) => `| rename a${at} as a${at + 1}\n`, 'index=x\n'),
    'nested calls': nested('lower(', ')', 'index=x | where a=', 'b'),
    'if in if': nested('if(a=1,', ',2)', 'index=x | eval b=', '3'),
    'case': counted((at) => `a=${at}, "v${at}", `, 'index=x | eval c=case(', 'true(), "z") | where c="v1"'),
    'macros': repeated('`a(x)` ', 'index=x '),
    'open macros': repeated('`a(', 'index=x '),
    'known macros': repeated('`sysmon` ', ''),
    'stats': counted((at) => `count as c${at} `, 'index=x | stats ', 'by a'),
    'fields': counted((at) => `a${at}, `, 'index=x | fields ', 'z'),
    'rex': repeated('(?<a>b)', 'index=x | rex "', '"'),
    'appends': repeated('| append [search a=b]\n', 'index=x\n'),
    'tstats': counted((at) => `Processes.a${at}=b `, '| tstats count from datamodel=Endpoint.Processes where ', 'by x'),
    'lookups': counted((at) => `| lookup l${at} a OUTPUT b${at}\n`, 'index=x\n'),
    'transactions': repeated('| transaction a maxspan=5m\n', 'index=x\n'),
    'foreach': repeated('| foreach a* [eval b=<<FIELD>>]\n', 'index=x\n'),
    'comments': repeated('```a``` ', 'index=x '),
    'where of ands': counted((at) => `a${at}="b" AND `, 'index=x | where ', 'z=1'),
  },
  kuery: {
    'a value of stars': repeated('*a', 'a: '),
    'a quoted value': repeated('a*', 'a: "', '"'),
    'ors': counted((at) => `a: b${at} or `, '', 'a: z'),
    'ands': counted((at) => `a${at}: b and `, '', 'a: z'),
    'brackets': nested('(', ')', '', 'a: b'),
    'nots': repeated('not ', '', 'a: b'),
    'values': counted((at) => `v${at} or `, 'a: (', 'z)'),
    'nested fields': nested('a: { ', ' }', '', 'b: c'),
    'open nested fields': repeated('a: {'),
    'words': repeated('a '),
    'ranges': counted((at) => `a${at} > 5 and `, '', 'b < 1'),
    'escapes': repeated('\\*', 'a: '),
    'colons': repeated('a:'),
    'wild fields': repeated('a*: b and ', '', 'z: 1'),
    'commas': repeated(', ', 'a: b'),
  },
  lucene: {
    'a value of stars': repeated('*a', 'a:'),
    'question marks': repeated('?a', 'a:'),
    'ors': counted((at) => `a:b${at} OR `, '', 'a:z'),
    'pluses': repeated('+a:b '),
    'minuses': repeated('-a:b '),
    'brackets': nested('(', ')', '', 'a:b'),
    'nots': repeated('NOT ', '', 'a:b'),
    'regexes': repeated('/(a|b)+/ '),
    'one regex': repeated('(a+)+', 'a:/', '/'),
    'ranges': repeated('[1 TO 5] '),
    'open ranges': repeated('[1 TO '),
    'boosts': repeated('a^2 '),
    'fuzzies': repeated('a~2 '),
    'phrases': repeated('"a b" '),
    'escapes': repeated('\\:', 'a:'),
    'fields': repeated('a:'),
    'groups of fields': nested('a:(', ')', '', 'b'),
  },
  eql: {
    'a value of stars': repeated('*a', 'process where a : "', '"'),
    'ands': counted((at) => ` and a${at} == "b"`, 'process where x == 1'),
    'ors': counted((at) => ` or a == "b${at}"`, 'process where x == 1'),
    'in': counted((at) => `"v${at}", `, 'process where a in (', '"z")'),
    'colon lists': counted((at) => `"v${at}*x*", `, 'process where a : (', '"z")'),
    'brackets': nested('(', ')', 'process where ', 'a == 1'),
    'nots': repeated('not ', 'process where ', 'a == 1'),
    'sequences': counted((at) => ` [process where a == ${at}]\n`, 'sequence by x\n'),
    'open items': repeated('[process where ', 'sequence '),
    'calls': nested('string(', ')', 'process where ', 'a', ' == "x"'),
    'sums': repeated('1 + ', 'process where a == ', '1'),
    'minuses': repeated('-', 'process where a == ', '1'),
    'pipes': repeated('| head 5 ', 'process where true '),
    'wildcard': counted((at) => `"v${at}*", `, 'process where wildcard(a, ', '"z")'),
    'like': counted((at) => `"a*${at}*", `, 'process where a like~ (', '"z")'),
    'regex': repeated('(a+)+', 'process where a regex "', '"'),
    'by': counted((at) => `a${at}, `, 'sequence by ', 'z [process where true] [file where true]'),
    'lineage': nested('child of [', ']', 'process where ', 'process where true'),
    'optional fields': repeated('?', 'process where ', 'a == 1'),
    'backticks': repeated('`a`', 'process where ', ' == 1'),
  },
  esql: {
    'a value of stars': repeated('*a', 'FROM x | WHERE a LIKE "', '"'),
    'ands': counted((at) => ` AND a${at} == "b"`, 'FROM x | WHERE x == 1'),
    'ors': counted((at) => ` OR a == "b${at}"`, 'FROM x | WHERE x == 1'),
    'in': counted((at) => `"v${at}", `, 'FROM x | WHERE a IN (', '"z")'),
    'brackets': nested('(', ')', 'FROM x | WHERE ', 'a == 1'),
    'nots': repeated('NOT ', 'FROM x | WHERE ', 'a == 1'),
    'stages': counted((at) => `| WHERE a${at} == 1\n`, 'FROM x\n'),
    'evals': counted((at) => `| EVAL a${at + 1} = a${at} + 1\n`, 'FROM x\n'),
    'evals of one': repeated('| EVAL a = CONCAT(a, "x")\n', 'FROM x\n', '| WHERE a == "b"'),
    'calls': nested('TO_LOWER(', ')', 'FROM x | WHERE a == ', 'b'),
    'case': counted((at) => `a == ${at}, "v${at}", `, 'FROM x | EVAL c = CASE(', '"z") | WHERE c == "v1"'),
    'sums': repeated('1 + ', 'FROM x | WHERE a == ', '1'),
    'minuses': repeated('-', 'FROM x | WHERE a == ', '1'),
    'stats': counted((at) => `c${at} = COUNT(*), `, 'FROM x | STATS ', 'COUNT(*) BY z'),
    'keep': counted((at) => `a${at}, `, 'FROM x | KEEP ', 'z'),
    'drop': counted((at) => `| DROP a${at}*\n`, 'FROM x\n'),
    'renames': counted((at) => `| RENAME a${at} AS a${at + 1}\n`, 'FROM x\n'),
    'dissect': counted((at) => `%{a${at}} `, 'FROM x | DISSECT m "', '"'),
    'grok': counted((at) => `%{WORD:a${at}} `, 'FROM x | GROK m "', '"'),
    'casts': repeated('::string', 'FROM x | WHERE a', ' == "b"'),
    'forks': repeated('(WHERE a == 1) ', 'FROM x | FORK '),
    'indices': counted((at) => `logs-${at}-*, `, 'FROM ', 'z'),
    'rows': counted((at) => `a${at} = ${at}, `, 'ROW ', 'z = 1'),
    'lookups': counted((at) => `| LOOKUP JOIN l${at} ON a\n`, 'FROM x\n'),
    'comments': repeated('/* a */ ', 'FROM x '),
  },
  elastic: {
    'tables': counted((at) => `[a${at}]\nb = 1\n`),
    'keys': counted((at) => `a${at} = "b"\n`, '[rule]\n'),
    'open lists': repeated('[', '[rule]\na = '),
    'nested lists': nested('[', ']', '[rule]\na = '),
    'open tables': repeated('{', '[rule]\na = '),
    'dotted': repeated('.a', '[rule]\na', ' = 1\n'),
    'threats': repeated('[[rule.threat]]\nframework = "MITRE ATT&CK"\n[[rule.threat.technique]]\nid = "T1049"\n', '[rule]\nname = "a"\n'),
    'a long query': counted((at) => `a: b${at} or `, '[rule]\nname = "a"\nlanguage = "kuery"\ntype = "query"\nquery = \'\'\'\n', "z\n'''\n"),
    'JSON': counted((at) => `{"a${at}": [1, {"b": "c"}]},`, '[', '{}]'),
    'open JSON': repeated('{"a":'),
    'JSON lists': repeated('['),
    'JSON strings': repeated('"a\\"",', '['),
    'saved rules': repeated('{"rule_id":"a","name":"b","type":"query","language":"kuery","query":"a: b","rule":{}}\n'),
    'filters': counted((at) => `{"query":{"match_phrase":{"a${at}":"b"}}},`, '{"rule_id":"a","type":"query","language":"kuery","query":"x: y","filters":[', '{}]}'),
    'bools': nested('{"bool":{"must":[', ']}}', '{"rule_id":"a","type":"query","language":"kuery","query":"x: y","filters":[{"query":', '{"match_all":{}}', '}]}'),
  },
  sentinel: {
    'keys': counted((at) => `a${at}: b\n`, 'id: 1\nquery: |\n  T | where a == 1\n'),
    'a long query': counted((at) => `  | where a${at} == 1\n`, 'id: 5b1a0f4e-7c35-4f0e-9d5c-8a4b4b1f0c11\nname: a\nkind: Scheduled\nquery: |\n  T\n'),
    'entities': repeated('  - entityType: Account\n    fieldMappings:\n      - identifier: Name\n        columnName: a\n', 'id: 1\nname: a\nquery: T\nentityMappings:\n'),
    'open maps': repeated('{', 'query: '),
    'techniques': repeated('  - T1049\n', 'id: 1\nquery: T\nrelevantTechniques:\n'),
  },
  markdown: {
    'fences': counted((at) => `# a\n\`\`\`kql\nT${at} | where a == 1\n\`\`\`\n`),
    'open fences': repeated('```kql\n'),
    'long fences': (size) => '`'.repeat(size / 2) + '\n' + '`'.repeat(size / 2),
    'headings': repeated('# a\n'),
    'lists': nested('- ', '\n'),
    'links': repeated('[a](b) '),
    'tables': repeated('| a | b |\n'),
  },
  arm: {
    'resources': repeated('{"type":"Microsoft.SecurityInsights/AlertRuleTemplates","properties":{"displayName":"a","query":"T | where a == 1","severity":"Low"}},', '{"$schema":"x","resources":[', '{}]}'),
    'open': repeated('{"resources":['),
    'expressions': nested("concat('a', ", ')', '{"$schema":"x","resources":[{"type":"Microsoft.SecurityInsights/AlertRuleTemplates","properties":{"query":"[', "'b'", ']"}}]}'),
    'variables': counted((at) => `"v${at + 1}":"[variables('v${at}')]",`, '{"$schema":"x","variables":{', '"z":1},"resources":[]}'),
  },
  savedsearches: {
    'stanzas': counted((at) => `[a${at}]\nsearch = index=x a=b\n`),
    'keys': counted((at) => `k${at} = v\n`, '[a]\nsearch = index=x\n'),
    'continued lines': repeated('| search a=b \\\n', '[a]\nsearch = index=x \\\n'),
    'brackets': repeated('[', '[a'),
  },
  splunk: {
    'a long search': counted((at) => `  | search a${at}=b\n`, 'name: a\nid: b\nsearch: |\n  index=x\n'),
    'keys': counted((at) => `a${at}: b\n`, 'name: a\nsearch: index=x\n'),
    'a search in one line': repeated('`macro(x)` ', "name: a\nsearch: '", "'\n"),
  },
  anvilogic: {
    'a long search': counted((at) => `  a${at}=b\n`, 'title: a\nlogic: |\n  index=x\n'),
    'keys': counted((at) => `a${at}: b\n`, 'title: a\nlogic: index=x\n'),
  },
}; // prettier-ignore

/** The shapes a format is tried with: its own, and what stands anywhere. */
export const shapesOf = (format: string): readonly (readonly [name: string, shape: Shape])[] => [
  ...Object.entries(SHAPES[format] ?? {}),
  ...Object.entries(ANYWHERE),
];
