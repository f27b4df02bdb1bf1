import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import type { Suggestion } from '../../src/model';

const context = { languages: LANGUAGES };

const itemsAt = (format: string, marked: string): readonly Suggestion[] =>
  FORMATS.get(format)!.suggest(marked.replace('‸', ''), marked.indexOf('‸'), context).items;
const labelsAt = (format: string, marked: string): readonly string[] => itemsAt(format, marked).map(({ label }) => label);
const itemAt = (format: string, marked: string, label: string): Suggestion | undefined => itemsAt(format, marked).find((item) => item.label === label);

describe('keys of containers', () => {
  it.each([
    ['sigma', '‸', 'tags', 'tags:\n    - $0'],
    ['sigma', 'title: T\n‸', 'id', 'id: $UUID'],
    ['sigma', 'title: T\n‸', 'date', 'date: $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE'],
    ['splunk', 'name: N\n‸', 'data_source', 'data_source:\n  - $0'],
    ['splunk', 'name: N\n‸', 'search', 'search: |-\n  $0'],
    ['sentinel', 'name: N\n‸', 'query', 'query: |\n  $0'],
    ['sentinel', 'name: N\n‸', 'id', 'id: $UUID'],
    ['elastic', '[rule]\nname = "n"\n‸', 'index', 'index = ["$0"]'],
    ['arm', '{\n  "properties": {\n    ‸', '"displayName"', '"displayName": "$0"'],
    ['arm', '{\n  "properties": {\n    "tac‸"', '"tactics"', '"tactics": ["$0"]'],
    ['markdown', '# Page\n\n```‸', 'kql', 'kql\n$0\n```'],
    ['markdown', '# Page\n\n## Ref‸', 'References', 'References\n\n- $0'],
    ['elastic', '[metadata]\n‸', 'creation_date', 'creation_date = "$CURRENT_YEAR/$CURRENT_MONTH/$CURRENT_DATE"'],
  ])('%s: a key comes with its shape', (format, marked, label, template) => {
    expect(itemAt(format, marked, label)?.template).toBe(template);
  });

  it('are not offered twice, and only where they belong', () => {
    expect(labelsAt('splunk', 'name: N\nid: i\n‸')).not.toContain('id');
    expect(labelsAt('splunk', 'name: N\n‸')).not.toContain('confidence');
    expect(labelsAt('splunk', 'name: N\ntags:\n  ‸')).toContain('confidence');
    expect(labelsAt('splunk', 'name: N\ntags:\n  ‸')).not.toContain('name');
    expect(labelsAt('sentinel', 'name: N\nrequiredDataConnectors:\n  - ‸')).toEqual(['connectorId', 'dataTypes']);
    expect(labelsAt('elastic', '[rule]\nname = "n"\n‸')).not.toContain('name');
  });

  it.each([
    ['sigma', 'title: T\ntags:\n    - attack.t1053.005‸', 'attack.t1053.005'],
    ['sigma', 'title: T\ntags:\n    - scheduled t‸', 'attack.t1053.005'],
    ['splunk', 'name: N\ntags:\n  mitre_attack_id:\n    - schedul‸', 'T1053.005'],
    ['sentinel', 'name: N\nrelevantTechniques:\n  - T1053.0‸', 'T1053.005'],
    ['sentinel', 'name: N\ntactics:\n  - Cred‸', 'CredentialAccess'],
    ['elastic', '[[rule.threat.technique]]\nid = "schedul‸"', 'T1053.005'],
    ['elastic', '[rule]\nindex = ["winlog‸"]', 'winlogbeat-*'],
    ['elastic', '[rule]\nindex = ["winlogbeat-*", "logs-okta‸"]', 'logs-okta.system-*'],
    ['elastic', '[rule]\nseverity = "‸"', 'critical'],
    ['arm', '{ "properties": {\n  "severity": "‸"', 'High'],
    ['arm', '{ "properties": {\n  "techniques": ["T1003", "T1053.0‸"', 'T1053.005'],
    ['arm', '{ "properties": {\n  "triggerOperator": "Gr‸"', 'GreaterThan'],
    ['markdown', '# Page\n\n## MITRE ATT&CK\n\n| T1053.0‸ |', 'T1053.005'],
    ['sentinel', 'name: N\nseverity: ‸', 'Medium'],
  ])('%s: values of closed lists, techniques by number or name', (format, marked, label) => {
    expect(labelsAt(format, marked)).toContain(label);
  });

  it('say what they hold where one points at them', () => {
    const arm = '{ "properties": {\n  "queryPeriod": "PT1H", "techniques": ["T1053.005"]';
    const hovered = (text: string, at: string): string => FORMATS.get('arm')!.hover(text, text.indexOf(at) + 2, context)?.text ?? 'nothing';
    expect(hovered(arm, '"queryPeriod')).toContain('How far back');
    expect(hovered(arm, 'T1053.005')).toContain('Scheduled Task');
    expect(hovered(arm, 'PT1H')).toBe('nothing');
    const page = '# Page\n\nT1053.005';
    expect(FORMATS.get('markdown')!.hover(page, page.length - 2, context)?.text).toContain('Scheduled Task');
  });

  it('say which lists open next', () => {
    expect(itemAt('sigma', 'title: T\n‸', 'level')?.opens).toBe(true);
    expect(itemAt('sentinel', 'name: N\n‸', 'severity')?.opens).toBe(true);
    expect(itemAt('elastic', '[rule]\n‸', 'severity')?.opens).toBe(true);
    expect(itemAt('sigma', 'title: T\n‸', 'author')?.opens).toBeUndefined();
  });

  it.each(['sigma', 'splunk', 'sentinel'])('%s: what is missing is one thing to write, and whole', (format) => {
    const marked = format === 'sigma' ? 'title: T\nadd‸' : 'name: N\nadd‸';
    const missing = itemsAt(format, marked).find(({ completes }) => completes === true);
    const keys = missing!.detail!.split(', ');
    expect(keys).toContain('id');
    for (const key of keys) expect(missing!.template).toMatch(new RegExp(`^${key}:`, 'm'));
    const whole = keys.map((key) => `${key}: x`).join('\n');
    expect(itemsAt(format, `${marked.slice(0, marked.indexOf('\n'))}\n${whole}\n‸`).some(({ completes }) => completes === true)).toBe(false);
  });
});

describe('skeletons', () => {
  const withSkeletons = ['sigma', 'splunk', 'anvilogic', 'savedsearches', 'sentinel', 'elastic'];
  const filled = (template: string): string =>
    template
      .replaceAll('${1/(.*)/${1:/downcase}/}', 't1059')
      .replace(/\$\{1:T1059\}/g, 'T1059')
      .replaceAll('$UUID', '7a9c1d52-3b0e-4f6a-8c2d-5e1f0a4b6c8d')
      .replaceAll('$CURRENT_YEAR', '2026')
      .replaceAll('$CURRENT_MONTH', '11')
      .replaceAll('$CURRENT_DATE', '30')
      .replace(/\\([\\$}])/g, '$1');

  it.each(withSkeletons)('%s: an empty document offers whole rules, which are read as rules with their technique', (format) => {
    const offered = itemsAt(format, '‸').filter(({ label }) => label.startsWith('new rule: '));
    expect(offered.length).toBeGreaterThan(5);
    for (const { template } of offered) {
      const text = filled(template!);
      expect(text).not.toMatch(/[\ue000-\uf8ff]|Ⓣ|ⓣ/u);
      const { rules, diagnostics } = FORMATS.get(format)!.open(text, context);
      expect(rules).toHaveLength(1);
      // A new Sigma rule waits for its selection.
      if (format !== 'sigma') expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      if (format !== 'savedsearches') expect(rules[0]!.meta.techniques).toEqual(['T1059']);
    }
  });

  it('are not offered where something stands', () => {
    expect(labelsAt('sigma', 'title: A rule with words in it\n‸').some((label) => label.startsWith('new rule'))).toBe(false);
  });
});
