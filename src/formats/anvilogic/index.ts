import { spl } from '../../languages/spl';
import type { Analysis, Diagnostic, DiagnosticTable, Metadata, Rule } from '../../model';
import { tacticOf } from '../../knowledge/attack';
import { techniqueAt } from '../../knowledge/technique-items';
import { type AnvilogicVariant, folderDomains, titlePlatforms, variantOfLabel, variantOfSuffix, variantOfText } from '../../knowledge/splunk-sources';
import { NO_METADATA } from '../metadata';
import { queryContainer } from '../query-container';
import { yamlSure } from '../yaml-look';
import { hoverKey, type KeyTable, LIST, suggestKeys } from '../keys';
import { skeletonsOf, withSkeletons } from '../skeletons';
import { fileStem, listAt, placesOf, readYamlRules, techniquesIn, textAt, type YamlRule } from '../splunk/yaml-document';
import { techniqueRemarks } from '../splunk/remarks';
import { startAnvilogic } from './start';

const KEYS: KeyTable = {
  id: { help: 'Two numbers that name the rule.', isWanted: true },
  title: { help: 'The title people see.', isWanted: true },
  description: { help: 'What it finds, who does it, what else is known.', isWanted: true },
  logic_format: { help: 'The language of the logic.', values: ['Splunk'], isWanted: true },
  logic: { help: 'The search, in SPL.', shape: ' |-\n  $0', isWanted: true },
  techniques: { help: 'Tactic and technique in words, parted by a colon.', shape: LIST, isWanted: true },
  technique_id: { help: 'ATT&CK technique IDs.', shape: LIST, techniques: true, isWanted: true },
  data_category: {
    help: 'The data it reads.',
    shape: LIST,
    values: [
      'Windows Sysmon',
      'EDR Logs',
      'Windows event logs',
      'Process command-line parameters',
      'PowerShell logs',
      'Authentication logs',
      'AWS CloudTrail logs',
    ],
    isWanted: true,
  },
  references: { help: 'Pages that explain the behaviour.', shape: LIST, isWanted: true },
};

const DIAGNOSTICS = {
  'anvilogic/technique': { severity: 'warning', sentence: 'A technique is not written as ATT&CK writes it.', fixable: true },
  'anvilogic/other-language': { severity: 'info', sentence: 'The logic is written for a language that is not read here.', fixable: false },
} as const satisfies DiagnosticTable;

/** Anvilogic's armory: YAML with the search under `logic`, where `logic_format` is Splunk. */
export const anvilogicFormat = queryContainer(spl, {
  id: 'anvilogic',
  label: 'Anvilogic',
  diagnostics: DIAGNOSTICS,
  extensions: ['.yml', '.yaml'],
  detect: (text) => yamlSure('anvilogic', text),
  atPath,
  read(text) {
    const { rules, colour, diagnostics } = readYamlRules(text, 'logic');
    const isOurs = ({ keys }: YamlRule): boolean => /^(?:splunk|spl)?$/i.test(textAt(keys, 'logic_format'));
    const own = rules.filter(isOurs);
    const others = rules.filter((rule) => !isOurs(rule)).map(otherLanguage);
    return {
      rules: own.map((rule) => ({
        span: rule.span,
        query: rule.query,
        metadataOf: (analysis) => metadataOf(rule, analysis),
        remarks: () => techniqueRemarks('anvilogic/technique', rule.keys.get('technique_id')?.value),
      })),
      colour,
      diagnostics: [...diagnostics, ...others],
    };
  },
  suggest: (text, offset) => withSkeletons(suggestKeys(text, offset, KEYS), text, offset, () => skeletonsOf(startAnvilogic)),
  hover: (text, offset) => techniqueAt(text, offset) ?? hoverKey(text, offset, KEYS),
  start: startAnvilogic,
  fileName(rule) {
    const { title, variant } = titleParts(rule?.meta.title ?? '');
    return `${fileStem(title)}-splunk${variant === null ? '' : `-${variant.suffix}`}.yml`;
  },
});

function otherLanguage({ keys, query }: YamlRule): Diagnostic {
  const language = textAt(keys, 'logic_format');
  return {
    code: 'anvilogic/other-language',
    severity: DIAGNOSTICS['anvilogic/other-language'].severity,
    span: keys.get('logic_format')?.span ?? query.span,
    message: `This logic is written for ${language}, which is not read here.`,
  };
}

function metadataOf({ keys, query }: YamlRule, analysis: Analysis): Metadata {
  const categories = listAt(keys, 'data_category');
  const macros = new Set([...query.text.matchAll(/`\s*(\w+)/g)].map(([, name]) => name!));
  const folder = [...macros].flatMap((name) => /^get_([a-z]+)_data/.exec(name)?.[1] ?? '').find((name) => name !== '') ?? '';
  const variant = variantOfText(macros, categories);
  const tactics = listAt(keys, 'techniques').flatMap((text) => tacticOf(text.split(':')[0]!)?.short ?? []);
  return withVariant(
    {
      ...NO_METADATA,
      id: textAt(keys, 'id'),
      title: textAt(keys, 'title'),
      description: textAt(keys, 'description'),
      references: listAt(keys, 'references'),
      tags: listAt(keys, 'techniques'),
      techniques: techniquesIn(listAt(keys, 'technique_id')),
      tactics: [...new Set(tactics)],
      logsource: categories.join(', '),
      domains: folderDomains(folder),
      times: analysis.times,
      groupBy: analysis.groupBy,
      places: placesOf(keys, PLACES),
    },
    variant,
  );
}

/** A title without the variant in brackets, and that variant. */
function titleParts(title: string): { readonly title: string; readonly variant: AnvilogicVariant | null } {
  const open = title.endsWith(')') ? title.lastIndexOf(' (') : -1;
  const variant = open === -1 ? null : variantOfLabel(title.slice(open + 2, -1));
  return { title: variant === null ? title : title.slice(0, open), variant };
}

const withVariant = (meta: Metadata, variant: AnvilogicVariant | null): Metadata =>
  variant === null
    ? meta
    : {
        ...meta,
        title: `${meta.title} (${variant.label})`,
        platforms: variant.platforms.length > 0 ? variant.platforms : titlePlatforms(meta.title),
        providers: variant.providers,
      };

/** The rule with what its path says in place of what its text lets guess: `detections/endpoint/NAME/NAME-splunk-winevent.yml`. */
function atPath(rule: Rule, path: string): Rule {
  const [, folder = '', suffix = ''] = /^(?:.*?(?:^|[\\/])detections[\\/]([^\\/]+)[\\/])?.*-splunk-([^\\/]*)\.ya?ml$/i.exec(path) ?? [];
  const variant = variantOfSuffix(suffix);
  const domains = folderDomains(folder);
  const meta = variant === null ? rule.meta : withVariant({ ...rule.meta, title: titleParts(rule.meta.title).title }, variant);
  return { ...rule, meta: domains.length === 0 ? meta : { ...meta, domains } };
}

const PLACES: ReadonlyMap<string, string> = new Map([
  ['logic', 'query'],
  ['data_category', 'logsource'],
  ['technique_id', 'techniques'],
  ['techniques', 'tactics'],
]);
