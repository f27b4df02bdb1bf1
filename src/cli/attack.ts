import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundledTechnique } from '../catalog/store/encode';
import { reasonOf } from './files';
import { usageError } from './usage';

/** Enterprise ATT&CK as read from STIX bundles. */
interface Attack {
  /** The collection's version; "as of" the newest change where single objects tell none. */
  readonly release: string;
  /** Revoked and deprecated ones are `old`: they are kept only where rules still name them. */
  readonly techniques: readonly (BundledTechnique & { readonly old: boolean })[];
}

/** The parts of STIX objects that are read (STIX 2.1, MITRE's extensions). */
interface StixObject {
  readonly type?: string;
  readonly name?: string;
  readonly modified?: string;
  readonly revoked?: boolean;
  readonly x_mitre_deprecated?: boolean;
  readonly x_mitre_domains?: readonly string[];
  readonly x_mitre_version?: string;
  readonly external_references?: readonly { readonly source_name?: string; readonly external_id?: string }[];
  readonly kill_chain_phases?: readonly { readonly kill_chain_name?: string; readonly phase_name?: string }[];
}

/** Reads a bundle (enterprise-attack.json), or a folder of bundles with one object or several each. */
export async function attackIn(path: string): Promise<Attack> {
  const isFolder = await stat(path).then(
    (about) => about.isDirectory(),
    (error: unknown) => {
      throw usageError(`The ATT&CK data ${path} ${reasonOf(error)}.`);
    },
  );
  const files = isFolder ? (await readdir(path, { recursive: true })).filter((name) => name.endsWith('.json')).sort() : [''];
  const techniques = new Map<string, BundledTechnique & { readonly old: boolean }>();
  let newest = '';
  let release = '';
  for (const file of files) {
    for (const object of await objectsIn(join(path, file))) {
      if (object.type === 'x-mitre-collection' && isEnterprise(object)) release = object.x_mitre_version ?? release;
      if (object.type !== 'attack-pattern' || !isEnterprise(object)) continue;
      const id = object.external_references?.find(({ source_name }) => source_name === 'mitre-attack')?.external_id;
      if (id === undefined || object.name === undefined) continue;
      const old = object.revoked === true || object.x_mitre_deprecated === true;
      if (techniques.get(id)?.old !== false) techniques.set(id, { id, name: object.name, tactics: tacticsOf(object), old });
      if ((object.modified ?? '') > newest) newest = object.modified!;
    }
  }
  if (techniques.size === 0)
    throw usageError(`There are no ATT&CK techniques in ${path}. Name mitre/cti's enterprise-attack folder or an enterprise-attack.json.`);
  return { release: release === '' ? `as of ${newest.slice(0, 10)}` : release, techniques: [...techniques.values()] };
}

const isEnterprise = ({ x_mitre_domains, name, type }: StixObject): boolean =>
  type === 'x-mitre-collection' ? name?.startsWith('Enterprise') === true : (x_mitre_domains ?? ['enterprise-attack']).includes('enterprise-attack');

const tacticsOf = ({ kill_chain_phases }: StixObject): string[] => [
  ...new Set(
    (kill_chain_phases ?? []).flatMap(({ kill_chain_name, phase_name }) =>
      kill_chain_name === 'mitre-attack' && phase_name !== undefined ? [phase_name] : [],
    ),
  ),
];

/** The objects of a bundle; none where the file is no JSON. */
async function objectsIn(file: string): Promise<readonly StixObject[]> {
  try {
    const bundle = JSON.parse(await readFile(file, 'utf8')) as { readonly objects?: unknown } | null;
    return Array.isArray(bundle?.objects) ? (bundle.objects as StixObject[]) : [];
  } catch {
    return [];
  }
}
