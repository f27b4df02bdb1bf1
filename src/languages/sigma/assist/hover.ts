import type { Hover, Span } from '../../../model';
import { tacticOf } from '../../../knowledge/attack';
import { techniqueHover } from '../../../knowledge/technique-items';
import { factsOfLogsource, fieldsOfLogsource } from '../../../knowledge/logsources';
import { parseCondition } from '../parse/condition';
import { walkCondition } from '../tree';
import type { SigmaDocument } from '../lower/document';
import { openSigma } from '../lower/documents';
import { keyPartsOf } from '../parse/modifiers';
import { isInKey, type SigmaEntry, type SigmaMap, type SigmaNode } from '../parse/yaml-node';
import { logsourceOf } from '../lint/logsource';
import { matchesOf } from '../lower/resolve';
import {
  BOUND_KEYS,
  CONDITION_WORDS,
  CORRELATION_KEYS,
  CORRELATION_TYPES,
  DETECTION_KEYS,
  FIELD_WORDS,
  FILTER_KEYS,
  KEYS,
  LEVEL_WORDS,
  LOGSOURCE_KEYS,
  MODIFIER_WORDS,
  RELATED_KEYS,
  STATUS_WORDS,
  type Words,
} from './vocabulary';

const contains = (span: Span, offset: number): boolean => offset >= span.start && offset <= span.end;

/** What the key, field, modifier, name or value at a place means. */
export function hover(text: string, offset: number): Hover | null {
  const document = openSigma(text).documents.find(({ span }) => contains(span, offset));
  if (document === undefined) return null;
  const entry = document.root.entries.find(({ span }) => contains(span, offset));
  if (entry === undefined) return null;
  if (contains(entry.keySpan, offset)) return helpOf(KEYS, entry);
  const value = entry.value;
  switch (entry.key) {
    case 'status':
      return wordAt(value, STATUS_WORDS);
    case 'level':
      return wordAt(value, LEVEL_WORDS);
    case 'tags':
      return tagAt(value, offset);
    case 'logsource':
      return logsourceAt(document, value, offset);
    case 'related':
      return value.kind === 'seq'
        ? (value.items.map((item) => (item.kind === 'map' ? keyAt(item, RELATED_KEYS, offset) : null)).find((found) => found !== null) ?? null)
        : null;
    case 'detection':
      return value.kind === 'map' ? sectionAt(document, value, DETECTION_KEYS, text, offset) : null;
    case 'filter':
      return value.kind === 'map' ? sectionAt(document, value, FILTER_KEYS, text, offset) : null;
    case 'correlation':
      return value.kind === 'map' ? correlationAt(value, offset) : null;
    default:
      return null;
  }
}

function helpOf(words: Words, { key, keySpan }: SigmaEntry): Hover | null {
  const help = words.get(key);
  return help === undefined ? null : { span: keySpan, text: `\`${key}\`: ${help}` };
}

function keyAt(map: SigmaMap, words: Words, offset: number): Hover | null {
  const entry = map.entries.find(({ keySpan }) => contains(keySpan, offset));
  return entry === undefined ? null : helpOf(words, entry);
}

function wordAt(node: SigmaNode, words: Words): Hover | null {
  const help = node.kind === 'scalar' ? words.get(node.text.toLowerCase()) : undefined;
  return help === undefined || node.kind !== 'scalar' ? null : { span: node.span, text: `\`${node.text}\`: ${help}` };
}

function tagAt(node: SigmaNode, offset: number): Hover | null {
  const tag = node.kind === 'seq' ? node.items.find((item) => contains(item.span, offset)) : undefined;
  if (tag?.kind !== 'scalar') return null;
  const technique = /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag.text)?.[1];
  if (technique !== undefined) return techniqueHover(technique, tag.span) ?? { span: tag.span, text: `ATT&CK has no technique ${technique.toUpperCase()}.` };
  const tactic = /^attack\.(.+)$/i.test(tag.text) ? tacticOf(tag.text.slice(7)) : null;
  return tactic === null ? null : { span: tag.span, text: `ATT&CK tactic ${tactic.name} (${tactic.id}).` };
}

function logsourceAt({ root }: SigmaDocument, node: SigmaNode, offset: number): Hover | null {
  if (node.kind !== 'map') return null;
  const key = keyAt(node, LOGSOURCE_KEYS, offset);
  if (key !== null) return key;
  const logsource = logsourceOf(root);
  const { events, providers } = factsOfLogsource(logsource);
  const named = [logsource.product, logsource.category, logsource.service].filter((part) => part !== '').join('/');
  const lines = events.map(({ provider, id, title }) => `${provider} ${id}${title === '' ? '' : `, ${title.replace(/\.$/, '')}`}`);
  const said = lines.length > 0 ? `These events: ${lines.join('; ')}.` : providers.length > 0 ? `Events of ${providers.join(', ')}.` : '';
  return said === '' ? null : { span: node.span, text: `\`${named}\`\n\n${said}` };
}

function sectionAt(document: SigmaDocument, section: SigmaMap, words: Words, text: string, offset: number): Hover | null {
  const condition = document.conditions.find(({ scalar }) => contains(scalar.span, offset));
  if (condition !== undefined) return conditionAt(document, condition.scalar.text, condition.place, text, offset);
  const entry = section.entries.find(({ span }) => contains(span, offset));
  if (entry === undefined) return null;
  if (contains(entry.keySpan, offset)) return helpOf(words, entry);
  return fieldAt(document, entry.value, offset);
}

function conditionAt({ section }: SigmaDocument, written: string, place: (span: Span) => Span, text: string, offset: number): Hover | null {
  const searches = section?.searches ?? [];
  const { condition, lexemes } = parseCondition(written, new Set(searches.map(({ name }) => name)));
  let found: Hover | null = null;
  walkCondition(condition, (leaf) => {
    const span = place(leaf.span);
    if (leaf.kind === 'error' || !contains(span, offset)) return;
    const meant =
      leaf.kind === 'name' ? searches.filter(({ name }) => name === leaf.name) : section === null ? [] : (matchesOf(section.resolver, leaf.pattern) ?? []);
    const shown =
      leaf.kind === 'name'
        ? meant.map(({ entry }) => `\`\`\`\n${text.slice(entry.span.start, Math.min(entry.span.end, entry.span.start + 600))}\n\`\`\``)
        : [`${leaf.every ? 'All' : 'One'} of: ${meant.map(({ name }) => `\`${name}\``).join(', ')}.`];
    if (meant.length > 0) found = { span, text: shown.join('\n\n') };
  });
  if (found !== null) return found;
  const lexeme = lexemes.find((one) => contains(place(one), offset) && CONDITION_WORDS.has(written.slice(one.start, one.end)));
  if (lexeme === undefined) return null;
  const word = written.slice(lexeme.start, lexeme.end);
  return { span: place(lexeme), text: `\`${word}\`: ${CONDITION_WORDS.get(word)!}` };
}

function fieldAt(document: SigmaDocument, node: SigmaNode, offset: number): Hover | null {
  if (node.kind === 'seq')
    return node.items.map((item) => (contains(item.span, offset) ? fieldAt(document, item, offset) : null)).find((found) => found !== null) ?? null;
  const entry = node.kind === 'map' ? node.entries.find(({ keySpan }) => contains(keySpan, offset)) : undefined;
  if (entry === undefined) return null;
  const { field, chain } = keyPartsOf(entry.key);
  const own = isInKey(entry, 0, field.length, offset);
  if (own !== null && field !== '') {
    const fields = fieldsOfLogsource(logsourceOf(document.root));
    const known =
      fields === null ? '' : fields.native.has(field) || fields.custom.has(field) ? 'A field of this log source.' : 'Not among the fields of this log source.';
    const said = [FIELD_WORDS.get(field) ?? '', known].filter((part) => part !== '').join(' ');
    return said === '' ? null : { span: own, text: `\`${field}\`: ${said}` };
  }
  const bar = entry.key.indexOf('|');
  for (const link of chain.links) {
    const span = isInKey(entry, bar + link.at, bar + link.at + link.written.length, offset);
    const help = link.modifier === undefined ? undefined : MODIFIER_WORDS.get(link.modifier.name);
    if (span !== null && help !== undefined) return { span, text: `\`${link.written}\`: ${help}` };
  }
  return null;
}

function correlationAt(section: SigmaMap, offset: number): Hover | null {
  const entry = section.entries.find(({ span }) => contains(span, offset));
  if (entry === undefined) return null;
  if (contains(entry.keySpan, offset)) return helpOf(CORRELATION_KEYS, entry);
  if (entry.key === 'type') return wordAt(entry.value, CORRELATION_TYPES);
  return entry.key === 'condition' && entry.value.kind === 'map' ? keyAt(entry.value, BOUND_KEYS, offset) : null;
}
