import { vendorName } from '../../src/knowledge/families';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportOf } from '../../src/analysis/report';
import { exclusionRows, indicatorRows, type Row } from '../../src/analysis/rows';
import type { Catalog } from '../../src/catalog/catalog';
import { reachesOf } from '../../src/catalog/reach';
import { ruleOf } from '../../src/catalog/rule';
import { FORMATS } from '../../src/formats/registry';
import { tacticOf } from '../../src/knowledge/attack';
import { LANGUAGES } from '../../src/languages/registry';
import type { Report, Rule, RuleFacts, SourceName } from '../../src/model';
import { kindNote } from '../../src/panels/names';
import { CORPUS } from '../bench/corpus';

/** One row of a rule page: what it prints, what stands here, and why that is another thing. */
export interface PageRow {
  readonly row: string;
  /** '' where the page, in the text at hand, has nothing. */
  readonly page: string;
  readonly ours: string;
  readonly why: string;
  /** Somebody's prose or query: compared whole, but written down only as how long it is. */
  readonly isText?: boolean;
}

interface Opened {
  readonly rule: Rule;
  readonly report: Report;
  readonly facts: RuleFacts;
  readonly text: string;
}

const HEADING = 'the text at hand has its heading only';

function openRule(catalog: Catalog, source: SourceName, file: string): Opened {
  for (let index = 0; index < catalog.list.count; index++) {
    const facts = ruleOf(catalog, index)!;
    if (facts.source !== source || !facts.path.endsWith(file)) continue;
    const text = readFileSync(join(CORPUS, source, facts.path), 'utf8');
    const rule = FORMATS.get(source)!.open(text, { languages: LANGUAGES }).rules[0]!;
    return { rule, report: reportOf(rule), facts, text };
  }
  throw new Error(`no rule ${file}`);
}

const row = (name: string, page: string, ours: string, why = ''): PageRow => ({ row: name, page, ours, why });
const textRow = (name: string, page: string, ours: string, why = ''): PageRow => ({ ...row(name, page, ours, why), isText: true });
const shown = (rows: readonly Row[], at: number): string => {
  const one = rows[at];
  return one === undefined ? '' : `${one.field} ${one.op}: ${one.values.map(({ text }) => text).join(', ')}`;
};
const stageText = ({ rule, text }: Opened, at: number): string => {
  const stage = rule.analysis.stages[at];
  return stage === undefined ? '' : (stage.text ?? text.slice(stage.span.start, stage.span.end));
};
const coverage = ({ rule }: Opened, catalog: Catalog): string =>
  `${rule.meta.tactics.map((tactic) => tacticOf(tactic)!.name).join(', ')}: ${rule.meta.techniques.map((id) => `${id} ${catalog.list.attack.get(id)!.name}`).join(', ')}`;

/** The Elastic rule's page, whose lines are given. */
export function elasticPage(catalog: Catalog, lines: readonly string[]): readonly PageRow[] {
  const opened = openRule(catalog, 'elastic', 'discovery_system_network_connections.toml');
  const { rule, report, facts, text } = opened;
  const { meta, analysis } = rule;
  const after = (name: string): string => lines[lines.indexOf(name) + 1]!;
  const between = (from: string, to: string): string => lines.slice(lines.indexOf(from), lines.indexOf(to)).join('\n').trim();
  const parameter = (name: string): string => analysis.stages[0]!.parameters!.find((one) => one.name === name)?.value ?? '';
  const [excluded, found] = [exclusionRows(report.leaves), indicatorRows(report.leaves)];
  const exclusions = lines.slice(lines.indexOf('FieldKindExcluded values') + 1, lines.indexOf('Indicators')).filter((line) => line !== '');
  // A row's values stand below it, one a line.
  const indicators = lines
    .slice(lines.indexOf('FieldKindValues') + 1)
    .filter((line) => line !== '')
    .reduce<readonly string[]>((rows, line) => {
      const value = /^ +• (.*)$/.exec(line)?.[1];
      const last = rows.at(-1);
      return value === undefined || last === undefined
        ? [...rows, line]
        : [...rows.slice(0, -1), last.includes(': ') ? `${last}, ${value}` : `${last}: ${value}`];
    }, []);
  const apart = (printed: string, ours: Row | undefined): string =>
    // The page's text has no blank between a field, its kind and its values.
    ours !== undefined && printed.startsWith(`${ours.field}${ours.op}`)
      ? `${ours.field} ${ours.op}: ${printed.slice(`${ours.field}${ours.op}`.length).replace(/^: /, '')}`
      : printed;
  const reach = found
    .flatMap(({ field, op, values }) => (values.length === 1 ? [{ name: `${field} ${op} ${values[0]!.text}`, triple: values[0]!.triple! }] : []))
    .map(({ name, triple }) => `${name} ${reachesOf(catalog, [triple], null)[0]!.total}`);
  return [
    row('Vendor', lines[0]!.split(' › ')[1]!, vendorName(facts.vendor)),
    row('Title', lines[2]!, meta.title),
    row('Status', after('Status'), meta.status),
    row('Kind', after('Kind'), `${meta.kind}${kindNote(meta.kind)}`),
    row('Severity', after('Severity'), meta.severity),
    row('Time window', after('Time window'), facts.timeWindow, 'the other times are named behind the same look-back'),
    row('Group by', after('Group by'), report.groupBy.join(', ')),
    row('Author', after('Author'), meta.author.join(', ')),
    row(
      'Source',
      after('Source'),
      `${facts.url.replace(/^https:\/\/(.*)\/blob\/.*$/, '$1')}, ${facts.path.split('/').at(-1)}, ${facts.license}`,
      'a link to the file itself at its pinned commit, with its licence',
    ),
    textRow('Description', lines[19]!, meta.description),
    row('MITRE ATT&CK coverage', '', coverage(opened, catalog), HEADING),
    textRow('Rule body', between('[metadata]', 'Stages and Predicates'), text.trim()),
    row('Stages', String(lines.filter((line) => /^Stage \d+: /.test(line)).length), String(analysis.stages.length)),
    row('Stage 1, kind', lines.find((line) => line.startsWith('Stage 1: '))!.slice(9), analysis.stages[0]!.kind),
    textRow('Stage 1, text', lines.slice(lines.indexOf('Stage 1: new_terms') + 2, lines.indexOf('New terms')).join('\n'), stageText(opened, 0)),
    row('New terms', after('New terms'), parameter('New terms')),
    row('History since', after('History since'), parameter('History since')),
    ...pairs(exclusions, excluded.length).map((at) => row(`Exclusion ${at + 1}`, apart(exclusions[at] ?? '', excluded[at]), shown(excluded, at))),
    ...pairs(indicators, found.length).map((at) => row(`Indicator ${at + 1}`, apart(indicators[at] ?? '', found[at]), shown(found, at))),
    row('Corpus column', '', reach.join('; '), 'the text at hand has no figures of it; each value of a list has its own here'),
  ];
}

const pairs = (page: readonly string[], ours: number): readonly number[] => Array.from({ length: Math.max(page.length, ours) }, (_, at) => at);

/** The Splunk rule's page, whose lines are given. */
export function splunkPage(catalog: Catalog, lines: readonly string[]): readonly PageRow[] {
  const opened = openRule(catalog, 'anvilogic', 'system_network_connections_discovery-windows-splunk-winevent.yml');
  const { rule, report, facts } = opened;
  const { meta, analysis } = rule;
  const cells = (line: string): readonly string[] => line.split('|').slice(1, -1).map((cell) => cell.trim()); // prettier-ignore
  const below = (head: string): readonly (readonly string[])[] => {
    const from = lines.indexOf(head) + 2;
    const to = lines.findIndex((line, at) => at >= from && !line.startsWith('| '));
    return lines.slice(from, to < 0 ? undefined : to).map(cells);
  };
  const stages = lines.flatMap((line, at) => (/^Stage \d+: /.test(line) ? [{ kind: line.replace(/^Stage \d+: /, ''), text: lines[at + 1]! }] : []));
  const events = below('| Provider | Event | Title |');
  const terms = below('| Stage | Term |');
  const ours = analysis.terms.filter(({ asTest }) => asTest === undefined).map(({ stage, text }) => `${stage + 1} ${text}`);
  const isDirective = (term: string | undefined): boolean => term === 'TERM';
  const printed = terms.map((term) => term.join(' '));
  const found = indicatorRows(report.leaves);
  const body = lines.slice(lines.indexOf('Rule body yaml') + 1, lines.indexOf('Stages and Predicates')).join(' ');
  const unfolded = (text: string): string => text.replace(/\s+/g, ' ').trim();
  return [
    row('Vendor', lines[0]!.split(' › ')[1]!, vendorName(facts.vendor)),
    row('Title', lines[1]!, meta.title),
    textRow('Description', lines[2]!, unfolded(meta.description), 'the page leaves out what the rule has behind its first sentence: threat actors and tests'),
    ...below('| Tactic | Techniques |').map((one) => row('MITRE ATT&CK coverage', one.join(': '), coverage(opened, catalog))),
    row('References', '', String(opened.rule.meta.references.length), `${HEADING}; both links of the rule's body`),
    ...pairs(events.map(String), report.events.length).map((at) => {
      const event = report.events[at];
      return row(
        `Event coverage ${at + 1}`,
        events[at]?.join(', ') ?? '',
        event === undefined ? '' : `${event.provider}, Event ID ${event.id}, ${event.title}`,
      );
    }),
    textRow('Rule body', unfolded(body), unfolded(opened.text)),
    row('Stages', String(stages.length), String(analysis.stages.length)),
    ...pairs(stages.map(String), analysis.stages.length).flatMap((at) => [
      row(`Stage ${at + 1}, kind`, stages[at]?.kind ?? '', analysis.stages[at]?.kind ?? ''),
      textRow(`Stage ${at + 1}, text`, stages[at]?.text ?? '', stageText(opened, at)),
    ]),
    row('Indicators', '', found.map((_, at) => shown(found, at)).join('; '), `${HEADING}; TERM(EventCode=4688) is read as a comparison`),
    row('Search terms', String(terms.length), String(ours.length), 'TERM is no row here'),
    ...printed.map((term, at) => {
      const own = ours.find((one) => one === term) ?? '';
      return isDirective(terms[at]![1]) ? row('Search term', term, own, 'a directive: its argument is the term') : row('Search term', term, own);
    }),
    ...ours.filter((one) => !printed.includes(one)).map((one) => row('Search term', '', one)),
    row('Remarks', '', analysis.diagnostics.map(({ message }) => message).join(' '), 'the page makes none'),
  ];
}
