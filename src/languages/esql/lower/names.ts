import type { Assignment } from '../tree';

/** The name of a column: as it is given, the field's own, or the expression as it is written. */
export const nameOf = (text: string, { name, value }: Assignment): string =>
  name?.text ?? (value.kind === 'field' ? value.name : text.slice(value.start, value.end).replace(/\s+/g, ' '));

const PARTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['uri_parts', ['domain', 'extension', 'fragment', 'path', 'port', 'query', 'scheme', 'user_info', 'username', 'password']],
  ['user_agent', ['name', 'version', 'os.name', 'os.version', 'os.full', 'device.name']],
  ['registered_domain', ['domain', 'registered_domain', 'top_level_domain', 'subdomain']],
  ['ip_location', ['city_name', 'continent_name', 'country_iso_code', 'country_name', 'location', 'region_iso_code', 'region_name']],
]);

/** What a command that takes a text apart calls its parts; each stands behind the target's name and a dot. */
export const partsOf = (command: string): readonly string[] => PARTS.get(command) ?? [];
