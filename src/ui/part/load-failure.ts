/** A script that was to be fetched when it was first needed, and did not come. */
interface LoadFailure extends Error {
  readonly name: 'LoadFailure';
  /** The script's address where the browser told it; '' where it did not. */
  readonly address: string;
}

export const isLoadFailure = (error: unknown): error is LoadFailure => error instanceof Error && error.name === 'LoadFailure';

/** What a failed import rejected with, told apart from errors of drawing. */
export function loadFailure(cause: unknown): LoadFailure {
  const said = cause instanceof Error ? cause.message : String(cause);
  const address = /https?:\/\/\S+/.exec(said)?.[0] ?? '';
  return Object.assign(new Error(said, { cause }), { name: 'LoadFailure' as const, address });
}

/** Why something could not be shown: `why` in a sentence, `details` for whoever asks for help; never a word of a draft. */
interface Told {
  readonly why: string;
  readonly details: string;
  /** The server holds another build than the one that runs here. */
  readonly isReplaced: boolean;
}

/** What can be said at once of an error. */
export function toldOf(error: unknown): Told {
  const details = error instanceof Error ? error.message : String(error);
  const why = isLoadFailure(error) ? 'Its script did not come.' : '';
  return { why, details, isReplaced: false };
}

/** The same, once the server was asked what became of the script. Never rejects. */
export async function explained(error: unknown): Promise<Told> {
  const told = toldOf(error);
  if (!isLoadFailure(error)) return told;
  if (!navigator.onLine) return { ...told, why: 'You are offline, and its script had not been fetched yet.' };
  if (await isReplaced())
    return { ...told, why: "A newer version has taken its place on the server, so this tab's script is no longer there.", isReplaced: true };
  const answer = error.address === '' ? null : await asked(error.address);
  const name = error.address.replace(/^.*\//, '');
  const isFailing = answer !== null && !answer.ok && answer.status !== 404 && answer.status !== 410;
  if (answer === null) return { ...told, why: 'The server did not answer.' };
  if (answer.ok && !answer.headers.get('content-type')?.includes('html')) return { ...told, why: 'Its script came damaged, or too late.' };
  return {
    ...told,
    why: isFailing ? 'The server failed to give its script.' : 'The server does not have its script.',
    details: `${name}: ${answer.ok ? 'a page came in its place' : `answered with ${answer.status}`}`,
  };
}

const asked = (address: string): Promise<Response | null> => fetch(address, { cache: 'no-store' }).catch(() => null);

/** Whether the page the server gives now starts another script than this one did. */
export async function isReplaced(): Promise<boolean> {
  const page = await asked(new URL('./', document.baseURI).href)
    .then((response) => (response?.ok === true ? response.text() : null))
    .catch(() => null);
  const here = document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null;
  const there = page === null ? null : entryOf(page);
  return here !== null && there !== null && here !== there;
}

/** The address of the script that a page of ours starts; its policy lets no text become elements. */
const entryOf = (page: string): string | null =>
  page
    .match(/<script\b[^>]*>/g)
    ?.find((tag) => tag.includes('type="module"'))
    ?.match(/\bsrc="([^"]*)"/)?.[1] ?? null;
