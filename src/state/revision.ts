let last = 0;

/** The next number of this tab; every state of every text has its own. */
export const nextRevision = (): number => ++last;
