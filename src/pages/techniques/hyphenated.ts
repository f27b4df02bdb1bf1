/** Where the long words of ATT&CK's names may break: before these endings, behind at least four letters. */
const ENDINGS = /(?<=[a-z]{4})(?=(?:ence|ment|mentation|nication|istration|ization|naissance|phishing|ulation)\b)/gi;

/** A name with soft hyphens in its long words, so that a narrow cell breaks them between syllables. */
export const hyphenated = (name: string): string => name.replace(/[a-z]{10,}/gi, (word) => word.replace(ENDINGS, '\u00ad'));
