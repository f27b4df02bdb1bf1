const LEVELS = new Set(['critical', 'high', 'medium', 'low', 'informational']);

/** The word with a square filled from none to all; nothing where there is no word. */
export const Severity = ({ level }: { readonly level: string }) =>
  level === '' ? null : <span className={LEVELS.has(level) ? `severity ${level}` : 'label'}>{level}</span>;
