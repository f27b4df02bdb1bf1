import type { Rule } from '../../model';

/** Systems whose log sources stand under `cloud` or `application` in SigmaHQ's repository. */
const CLOUD: ReadonlySet<string> = new Set(['aws', 'azure', 'gcp', 'm365', 'okta', 'onelogin', 'bitbucket', 'cisco_duo', 'github']);

/** SigmaHQ's folders: `rules/windows/process_creation`, `rules/windows/builtin/security`, `rules/cloud/aws/cloudtrail`. */
export function sigmaFolder({ meta }: Rule): string {
  const part = (name: string): string => (new RegExp(`(?:^|, )${name} ([^,;]+)`).exec(meta.logsource)?.[1] ?? '').replace(/[^\w-]+/g, '_');
  const [product, category, service] = [part('product'), part('category'), part('service')];
  if (product === '') return category === '' ? 'rules' : `rules/category/${category}`;
  const place = category === '' && service !== '' && product === 'windows' ? `builtin/${service}` : category || service;
  return ['rules', CLOUD.has(product) ? 'cloud' : '', product, place].filter((name) => name !== '').join('/');
}
