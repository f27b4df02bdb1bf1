import { askAnalysis, registryOf } from '../threads/analysis';
import type { Example } from './document';
import { getState, setState } from '../store';

/** The examples in the order of the mode menu, and their titles and formats as the analysis finds them. Never rejects. */
export async function startExamples(): Promise<void> {
  const [registry, samples] = await Promise.all([registryOf().catch(() => null), textsOfSamples()]);
  setState({ examples: examplesOf(samples, registry?.languages ?? []) });
  for (const example of getState().examples) void describe(example);
}

/** Fetched apart from the first scripts; none where they do not come. */
const textsOfSamples = (): Promise<Readonly<Record<string, string>>> =>
  import('./sample-texts').then(
    ({ SAMPLES }) => SAMPLES,
    () => ({}),
  );

async function describe({ id, text }: Example): Promise<void> {
  const found = await askAnalysis((api) => api.describe({ text, format: null, path: id })).catch(() => null);
  if (found === null) return;
  const name = wordsOf(id) === '' && found.title !== '' ? { name: found.title } : null;
  setState(({ examples }) => ({ examples: examples.map((known) => (known.id === id ? { ...known, format: found.format, ...name } : known)) }));
}

/**
 * `languages/sigma/sample-failed-logons.yml` is named "Failed logons"; a plain `sample` by its language, until its rule's title is known.
 * By the languages' order, the plain one first, then by file.
 */
export function examplesOf(
  samples: Readonly<Record<string, string>>,
  languages: readonly { readonly id: string; readonly label: string }[],
): readonly Example[] {
  const orderOf = ({ language }: Example): number => {
    const at = languages.findIndex(({ id }) => id === language);
    return at === -1 ? languages.length : at;
  };
  return Object.keys(samples)
    .map((path): Example => {
      const [, language = '', file = ''] = /languages\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
      const words = wordsOf(file);
      const label = languages.find(({ id }) => id === language)?.label ?? language;
      return {
        id: `${language}/${file}`,
        language,
        name: words === '' ? `${label} example` : words.charAt(0).toUpperCase() + words.slice(1),
        text: samples[path]!,
        format: null,
      };
    })
    .toSorted((a, b) => orderOf(a) - orderOf(b) || Number(wordsOf(a.id) !== '') - Number(wordsOf(b.id) !== '') || (a.id < b.id ? -1 : 1));
}

const wordsOf = (id: string): string =>
  id
    .replace(/^.*\/|\.\w+$/g, '')
    .replace(/^sample-?/, '')
    .replaceAll('-', ' ');
