import { spl } from '../../languages/spl';
import type { Analysis, Diagnostic, DiagnosticTable, Metadata, Span, TimeBound, Token } from '../../model';
import { mapped } from '../../syntax/embedded';
import { tacticsOfTechnique } from '../../knowledge/attack';
import { NO_METADATA } from '../metadata';
import { queryContainer } from '../query-container';
import { hoverKey, type KeyTable, suggestKeys } from '../keys';
import { skeletonsOf, withSkeletons } from '../skeletons';
import { fileStem, namesIn, techniquesIn } from '../splunk/yaml-document';
import { readStanzas, type Setting, type Stanza } from './stanzas';
import { problemOfCron } from './cron';
import { startSavedSearch } from './start';

const KEYS: KeyTable = {
  search: { help: "The search, in SPL; a backslash at a line's end continues it." },
  description: { help: 'What the search is for.' },
  cron_schedule: { help: 'When it runs, as cron writes it.' },
  'dispatch.earliest_time': { help: 'How far it looks back, such as -60m@m.' },
  'dispatch.latest_time': { help: 'Where its time range ends, such as now.' },
  enableSched: { help: '1: it runs on its schedule.', values: ['0', '1'] },
  disabled: { help: '1: it is switched off.', values: ['0', '1'] },
  'alert.severity': { help: '1 debug, 2 info, 3 warn, 4 error, 5 severe, 6 fatal.', values: ['1', '2', '3', '4', '5', '6'] },
  'action.correlationsearch.enabled': { help: '1: Enterprise Security runs it as a correlation search.', values: ['0', '1'] },
  'action.correlationsearch.label': { help: 'The title people see.' },
  'action.correlationsearch.annotations': { help: 'ATT&CK techniques and other frameworks, as JSON.' },
};

const DIAGNOSTICS = {
  'savedsearches/schedule': { severity: 'warning', sentence: 'A schedule that cron does not take.', fixable: false },
  'savedsearches/value': { severity: 'warning', sentence: 'A value that is none of those the setting takes.', fixable: false },
  'savedsearches/no-setting': { severity: 'warning', sentence: 'A line that is no setting.', fixable: false },
} as const satisfies DiagnosticTable;

/** Saved searches as Splunk keeps them: stanzas with settings, the search under `search`. */
export const savedSearchesFormat = queryContainer(spl, {
  id: 'savedsearches',
  label: 'savedsearches.conf',
  diagnostics: DIAGNOSTICS,
  extensions: ['.conf'],
  detect(text, path) {
    if (/savedsearches\.conf$/i.test(path) && /^\[[^\]\n]+\]/m.test(text)) return 0.98;
    return /^\[[^\]\n]+\][ \t]*$/m.test(text) && /^search[ \t]*=/m.test(text) ? 0.9 : 0;
  },
  read(text) {
    const stanzas = readStanzas(text);
    const rules = stanzas.flatMap((stanza) => {
      const search = stanza.settings.get('search');
      if (search === undefined) return [];
      const query = mapped(search.text, search.valueSpan, search.places, (insert) => insert.replace(/\n/g, '\\\n'));
      return [{ span: stanza.span, query, metadataOf: (analysis: Analysis) => metadataOf(stanza, analysis), remarks: () => remarksOn(stanza) }];
    });
    return { rules, colour: () => stanzas.flatMap(tokensOf), diagnostics: stanzas.flatMap(({ loose }) => loose.map(noSetting)) };
  },
  suggest: (text, offset) => withSkeletons(suggestKeys(text, offset, KEYS, ' ='), text, offset, () => skeletonsOf(startSavedSearch)),
  hover: (text, offset) => hoverKey(text.replaceAll('=', ':'), offset, KEYS),
  start: startSavedSearch,
  fileName: (rule) => `${fileStem(rule?.meta.title ?? 'savedsearches')}.conf`,
});

const noSetting = (span: Span): Diagnostic => ({
  code: 'savedsearches/no-setting',
  severity: DIAGNOSTICS['savedsearches/no-setting'].severity,
  span,
  message: 'This line is no setting; a value goes on in the next line only after a backslash.',
});

/** Schedules, and words of closed lists. */
function remarksOn({ settings }: Stanza): readonly Diagnostic[] {
  return [...settings].flatMap(([name, { text, valueSpan: span }]) => {
    const value = text.trim();
    if (value === '') return [];
    const told = (code: keyof typeof DIAGNOSTICS, message: string): readonly Diagnostic[] => [{ code, severity: DIAGNOSTICS[code].severity, span, message }];
    if (name === 'cron_schedule') {
      const problem = problemOfCron(value);
      return problem === null ? [] : told('savedsearches/schedule', problem);
    }
    const values = Object.hasOwn(KEYS, name) ? KEYS[name]!.values : undefined;
    if (values === undefined || values.includes(value) || (values.length === 2 && /^(?:t|f|true|false|y|n|yes|no)$/i.test(value))) return [];
    return told('savedsearches/value', `\`${name}\` is one of ${values.join(', ')}.`);
  });
}

function tokensOf({ head, settings, comments }: Stanza): readonly Token[] {
  const tokens: Token[] = head.end > head.start ? [{ ...head, type: 'key' }] : [];
  for (const span of comments) tokens.push({ ...span, type: 'comment' });
  for (const [name, { nameSpan, valueSpan }] of settings) {
    tokens.push({ ...nameSpan, type: 'modifier' });
    if (name !== 'search' && valueSpan.end > valueSpan.start) tokens.push({ ...valueSpan, type: 'string' });
  }
  return tokens.sort((a, b) => a.start - b.start);
}

/** By `alert.severity`, from 1. */
const SEVERITIES = ['informational', 'informational', 'low', 'medium', 'high', 'critical'] as const;

function metadataOf({ name, settings }: Stanza, analysis: Analysis): Metadata {
  const textAt = (key: string): string => settings.get(key)?.text.trim() ?? '';
  const techniques = techniquesOf(textAt('action.correlationsearch.annotations'));
  const isOff = /^(?:1|t|true)$/i.test(textAt('disabled'));
  return {
    ...NO_METADATA,
    title: textAt('action.correlationsearch.label') || name,
    description: textAt('description') || textAt('action.notable.param.rule_description'),
    author: namesIn(textAt('author')),
    status: isOff ? 'disabled' : settings.has('disabled') || settings.has('enableSched') ? 'enabled' : '',
    severity: textAt('action.notable.param.severity') || (SEVERITIES[Number(textAt('alert.severity')) - 1] ?? ''),
    techniques,
    tactics: [...new Set(techniques.flatMap(tacticsOfTechnique))],
    times: [...analysis.times, ...boundsOf(settings)],
    groupBy: analysis.groupBy,
    places: Object.fromEntries([...settings].map(([key, { span }]): [string, Span] => [PLACES.get(key) ?? key, span])),
  };
}

const PLACES: ReadonlyMap<string, string> = new Map([
  ['search', 'query'],
  ['action.correlationsearch.label', 'title'],
  ['action.correlationsearch.annotations', 'techniques'],
]);

function boundsOf(settings: Stanza['settings']): readonly TimeBound[] {
  const bound = (key: string, kind: TimeBound['kind'], textOf: (setting: Setting) => string): readonly TimeBound[] => {
    const setting = settings.get(key);
    return setting === undefined || setting.text.trim() === '' ? [] : [{ kind, text: textOf(setting), span: setting.valueSpan }];
  };
  return [
    ...bound('dispatch.earliest_time', 'look-back', ({ text }) => /^-(\d+[a-z]+)/.exec(text.trim())?.[1] ?? text.trim()),
    ...bound('cron_schedule', 'schedule', ({ text }) => text.trim()),
  ];
}

/** `{"mitre_attack": ["T1049"]}`; anything else that stands there is passed over. */
function techniquesOf(annotations: string): readonly string[] {
  return techniquesIn([...annotations.matchAll(/"(T\d{4}(?:\.\d{3})?)"/gi)].map(([, id]) => id!));
}
