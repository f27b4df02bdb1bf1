import { ECS_FIELDS } from './ecs';
import { knownFields } from './fields';

/** Elastic Endpoint's own, which begin with a capital: the process that another one opened. */
const ENDPOINT = ['Target.process.name', 'Target.process.executable', 'Target.process.pid', 'Effective_process.name', 'Effective_process.executable'];

function followersOf(names: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const name of names) {
    let path = '';
    for (const part of name.split('.')) {
      const followers = found.get(path);
      if (followers === undefined) found.set(path, new Set([part]));
      else followers.add(part);
      path = path === '' ? part : `${path}.${part}`;
    }
  }
  return found;
}

const FOLLOWERS = followersOf([...ECS_FIELDS.map(({ name }) => name), ...knownFields('ecs'), ...ENDPOINT]);

/** The names of ECS as a tree: the parts that may follow a path, '' for the first ones; undefined where nothing does. */
export const ECS_NAMES = { schema: 'ECS', followers: (path: string): ReadonlySet<string> | undefined => FOLLOWERS.get(path) };
