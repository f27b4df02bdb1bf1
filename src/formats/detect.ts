import type { Format } from '../model';
import { QUERY_LANGUAGES, queryLook } from './query-look';
import { FORMATS } from './registry';
import { yamlLook } from './yaml-look';

/** How sure a format must be of a text for the text to be a rule of it. */
const SURE = 0.5;
/** How sure another format must be for its name to be worth a word beside the one that was chosen. */
const WORTH_SAYING = 0.8;

/** What a text is. */
interface Detection {
  /** Null: nothing of ours. */
  readonly format: Format | null;
  /** 0 to 1; 1 where the file's ending tells it. */
  readonly sure: number;
  /** Other formats it may be, the surest first. */
  readonly also: readonly { readonly format: Format; readonly sure: number }[];
  /** What the text is where it is nothing of ours, in a few words: "SQL", "YAML that is no rule". */
  readonly other: string;
}

const endingOf = (path: string): string => /\.[^./\\]+$/.exec(path)?.[0].toLowerCase() ?? '';

/** Endings that say nothing: whatever is written is saved so. */
const PLAIN: ReadonlySet<string> = new Set(['', '.txt']);

/** The formats whose files end so, and whether the ending names a query language, which then holds whatever the text looks like. */
function formatsTold(path: string): { readonly formats: readonly Format[]; readonly isLanguage: boolean } {
  const ending = endingOf(path);
  const all = [...FORMATS.values()];
  const formats = PLAIN.has(ending) ? [] : all.filter(({ extensions }) => extensions.includes(ending));
  return { formats: formats.length > 0 ? formats : all, isLanguage: formats.length > 0 && formats.every(({ id, language }) => id === language) };
}

const BARE: ReadonlySet<string> = new Set(QUERY_LANGUAGES);

/** A container that is sure of its text goes before the query that it holds. */
const rankOf = ({ format, sure }: { readonly format: Format; readonly sure: number }): number => (sure >= SURE && !BARE.has(format.id) ? 1 + sure : sure);

/** What a text is: by its file's ending where that tells it, else by what it looks like. Total; time linear in the text's length. */
export function detect(text: string, path = ''): Detection {
  const { formats, isLanguage } = formatsTold(path);
  const ranked = formats.map((format) => ({ format, sure: format.detect(text, path) })).sort((a, b) => rankOf(b) - rankOf(a));
  const [best, ...others] = ranked;
  const also = others.filter(({ sure }) => sure > 0);
  if (isLanguage) return { format: best!.format, sure: 1, also, other: '' };
  if (best === undefined || best.sure < SURE)
    return { format: null, sure: best?.sure ?? 0, also: ranked.filter(({ sure }) => sure > 0), other: otherOf(text, path) };
  return { format: best.format, sure: best.sure, also, other: '' };
}

/** The format a text is read in: what it is, else the likeliest, else the first there is. */
export function detectFormat(text: string, path = ''): Format {
  const { format, also } = detect(text, path);
  return format ?? also[0]?.format ?? formatsTold(path).formats[0]!;
}

/** What a text that is read as one format looks much more like; null where it may well be what it is read as. */
export function otherLook(text: string, chosen: Format): Detection | null {
  const own = chosen.detect(text, '');
  if (text.trim() === '' || own >= SURE) return null;
  const found = detect(text);
  if (found.format === null) return own === 0 && found.other !== '' && found.other !== 'text' ? found : null;
  return found.format.id !== chosen.id && found.sure >= WORTH_SAYING ? found : null;
}

/** What is said of a text that looks like something else than what it is read as. */
export function lookSentence({ format, other }: Detection, chosen: Format): string {
  const what = format !== null ? format.label : other === 'text' ? 'nothing that is read here' : `${other}, which is not read here`;
  return `This looks like ${what}; it is read as ${chosen.label}.`;
}

/** What a text is that is none of ours. */
function otherOf(text: string, path: string): string {
  const ending = endingOf(path);
  const { other } = queryLook(text);
  if (ending === '.md' || ending === '.markdown') return 'Markdown without a query';
  if (ending === '.conf') return 'settings that are no saved searches';
  if (ending === '.toml') return 'TOML that is no rule';
  const yaml = yamlLook(text).other;
  if (ending === '.json' || ending === '.ndjson' || other === 'JSON') return yaml !== '' ? yaml : ending === '' ? 'JSON' : 'JSON that is no rule';
  if (ending === '.yml' || ending === '.yaml') return yaml === '' ? 'YAML that is no rule' : yaml;
  if (other !== null && other !== 'text') return other;
  return yaml !== '' && /^\s*[\w"'-]+:(?:\s|$)/.test(text) && text.includes('\n') ? yaml : 'text';
}
