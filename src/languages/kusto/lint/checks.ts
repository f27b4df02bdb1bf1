import type { Check } from '../../../model';
import { oddCharactersOf, remarkOnOdd } from '../../../syntax/odd-characters';
import { DIAGNOSTICS } from '../diagnostics';

/** Characters that nobody sees, that turn the order of others, or look like those of a keyboard. Curly quotes around texts are an error of their own. */
const oddCharacters: Check = {
  id: 'kusto/odd-character',
  ...DIAGNOSTICS['kusto/odd-character'],
  check(text, { tokens }) {
    const named = tokens.filter(({ type }) => type === 'string' || type === 'field' || type === 'constant').flatMap((token) => oddCharactersOf(text, token));
    // Between names and within them what is not seen parts them, as a blank does.
    const unseen = oddCharactersOf(text).filter(({ span }) => !tokens.some(({ start, end }) => start <= span.start && span.end <= end));
    return [...named.filter(({ kind }) => kind === 'look-alike' || isUnseen(kind)), ...unseen.filter(({ kind }) => isUnseen(kind))].map((odd) => ({
      code: 'kusto/odd-character' as const,
      severity: 'warning' as const,
      span: odd.span,
      ...remarkOnOdd(odd),
    }));
  },
};

const isUnseen = (kind: string): boolean => kind === 'invisible' || kind === 'bidirectional';

/** What is checked of an analysed query; what needs the columns in force at a place is remarked while it is lowered. */
export const CHECKS: readonly Check[] = [oddCharacters];
