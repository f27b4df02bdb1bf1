import table from './ecs.json';

type EcsType = 'keyword' | 'wildcard' | 'text' | 'ip' | 'long' | 'float' | 'date' | 'boolean';

/** A core field of the Elastic Common Schema. */
interface EcsField {
  readonly name: string;
  readonly type: EcsType;
  /** One line, in our words. */
  readonly help: string;
}

/** The core fields, by name. */
export const ECS_FIELDS: readonly EcsField[] = table.fields.map(([name, type, help]) => ({ name: name!, type: type as EcsType, help: help! }));

const ROOTS: Readonly<Record<string, string>> = table.kinds;

/** The core fields that events of a category carry, its own before those of every event; all of them for a category that is not known. */
export function ecsFieldsOf(category: string): readonly EcsField[] {
  const own = Object.hasOwn(ROOTS, category) ? new Set([category, ...ROOTS[category]!.split(' ')]) : null;
  if (own === null) return ECS_FIELDS;
  const every = new Set(ROOTS['every']!.split(' '));
  const rootOf = ({ name }: EcsField): string => name.split('.')[0]!;
  const weight = (field: EcsField): number => (rootOf(field) === category ? 0 : own.has(rootOf(field)) ? 1 : 2);
  return ECS_FIELDS.filter((field) => own.has(rootOf(field)) || every.has(rootOf(field))).toSorted((a, b) => weight(a) - weight(b));
}

const BY_NAME: ReadonlyMap<string, EcsField> = new Map(ECS_FIELDS.map((field) => [field.name, field]));

/** What is known of a field; `.text` and `.caseless` forms of a field are the field. */
export const ecsFieldOf = (name: string): EcsField | undefined => BY_NAME.get(name) ?? BY_NAME.get(name.replace(/\.(?:text|caseless)$/, ''));

const SEVERAL: readonly string[] = table.several.split(' ');
const SEVERAL_IN: ReadonlyMap<string, string> = new Map(Object.entries(table.severalIn));
const SINGLE: ReadonlySet<string> = new Set(Object.entries(table.single).flatMap(([from, names]) => names.split(' ').map((name) => `${from}.${name}`)));

/**
 * Whether a field, as a rule writes it, holds one value at most in each event; false for what is not known, for texts, of which each word is compared, and for
 * times, which are written in many ways. `providers`: of the events that are read; none: it is not known which.
 */
export function holdsOneValue(name: string, providers: readonly string[] = []): boolean {
  const own = name.replace(/\.(?:keyword|caseless)$/, '');
  if (SINGLE.has(own)) return true;
  const fills = SEVERAL_IN.get(own);
  if (fills !== undefined && (providers.length === 0 || providers.includes(fills))) return false;
  const known = BY_NAME.get(own);
  return known !== undefined && known.type !== 'text' && known.type !== 'date' && !SEVERAL.some((path) => `${known.name}.`.startsWith(`${path}.`));
}

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)(?:\/\d{1,3})?$/;
const NUMBER = /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?$/;

/** Whether a field of this type can hold the text; texts with wildcards are for the caller to leave out. */
export function canHold(type: EcsType, text: string): boolean {
  switch (type) {
    case 'ip':
      return isAddress(text);
    case 'long':
    case 'float':
      return NUMBER.test(text);
    case 'boolean':
      return text === 'true' || text === 'false';
    case 'date':
      return /^(?:now|\d)/.test(text);
    case 'keyword':
    case 'wildcard':
    case 'text':
      return true;
    default:
      return type satisfies never;
  }
}

function isAddress(text: string): boolean {
  if (!ADDRESS.test(text)) return false;
  const [address, bits] = text.split('/');
  if (text.includes(':')) return bits === undefined || Number(bits) <= 128;
  return address!.split('.').every((part) => Number(part) <= 255) && (bits === undefined || Number(bits) <= 32);
}

/** Whether a field of addresses is compared with a network among these texts: `10.0.0.0/8` stands for all that lie in it. */
export const holdsNetwork = (name: string, texts: readonly string[]): boolean =>
  ecsFieldOf(name)?.type === 'ip' && texts.some((text) => text.includes('/') && isAddress(text));
