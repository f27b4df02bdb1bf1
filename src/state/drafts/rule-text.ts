import type { RuleFacts } from '../../model';
import { newDraft } from './documents';
import { notify } from '../notices';

/** Milliseconds until a source that does not answer, or not to its end, is given up. */
const PATIENCE = 15_000;
/** Bytes beyond which an answer is no rule, and no more of it is read. */
const LARGEST = 1_000_000;

/** Where the file's plain text is, of a page on GitHub; '' for an address of another kind. */
export const plainAddressOf = (url: string): string =>
  /^https:\/\/github\.com\/[^/]+\/[^/]+\/blob\//.test(url)
    ? url.replace('https://github.com/', 'https://raw.githubusercontent.com/').replace('/blob/', '/')
    : '';

/** The text of a file at its pinned commit; rejects with what can be told to the reader. */
export async function fetchText(url: string): Promise<string> {
  const address = plainAddressOf(url);
  if (address === '') throw new Error('Its source has no public address.');
  const patience = AbortSignal.timeout(PATIENCE);
  try {
    const response = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer', signal: patience });
    if (response.status === 404) throw new Refusal('Its source no longer holds the file at the pinned commit.');
    if (response.status === 429) throw new Refusal('Its source answers no more for now: too many texts were asked of it. Wait a minute.');
    if (!response.ok) throw new Refusal(`Its source refused and answered with ${response.status}.`);
    return await boundedText(response);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (patience.aborted) throw new Refusal(`Its source took longer than ${PATIENCE / 1000} seconds.`);
    throw new Refusal(navigator.onLine ? 'Its source did not answer.' : 'You are offline.');
  }
}

/** Says why there is no text, in words for the reader. */
class Refusal extends Error {}

async function boundedText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  const reader = body?.getReader();
  let text = '';
  let size = 0;
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    size += part.value.length;
    if (size > LARGEST) {
      void reader?.cancel();
      throw new Refusal('Its source answered with more than a rule: over a megabyte.');
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

/** What a failure says to the reader. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'Its source did not answer.');

/** Opens a catalog rule's file as a draft, fetched first where the catalog has no text. Resolves with whether there is one; where not, a notice says why. */
export async function openAsDraft({ path, url, text }: Pick<RuleFacts, 'path' | 'url' | 'text'>): Promise<boolean> {
  try {
    newDraft({ text: text ?? (await fetchText(url)), path: path.split('/').at(-1) ?? '' });
    return true;
  } catch (error) {
    notify('error', `No draft was opened, for the rule's text could not be fetched. ${reasonOf(error)}`);
    return false;
  }
}
