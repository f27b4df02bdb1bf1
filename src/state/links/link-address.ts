/** What the address of a link to a rule begins with; what it holds is read where it is asked for (`permalink`). */
export const PREFIX = '#/d/';

export const isLink = (hash: string): boolean => hash.startsWith(PREFIX);

/** The same, to be shown in another page's frame: read only, and apart from everything that is kept here. */
const EMBEDDED = '#/embed/';
export const isEmbedded = (hash: string): boolean => hash.startsWith(EMBEDDED);
export const embeddedOf = (link: string): string => EMBEDDED + link.slice(PREFIX.length);
export const linkOfEmbedded = (hash: string): string => PREFIX + hash.slice(EMBEDDED.length);
