import type { Check } from '../../../model';
import { oddCharactersOf, remarkOnOdd } from '../../../syntax/odd-characters';
import { DIAGNOSTICS } from '../diagnostics';

/** Characters that nobody sees, that turn the order of others, or look like those of a keyboard. Curly quotes around texts are an error of their own. */
const oddCharacters: Check = {
  id: 'kusto/odd-character',
  ...DIAGNOSTICS['kusto/odd-character'],
  check(text, { tokens }) {
    const strings = tokens.filter(({ type }) => type === 'string' || type === 'field' || type === 'constant');
    return strings.flatMap((token) =>
      oddCharactersOf(text, token)
        .filter(({ kind }) => kind === 'invisible' || kind === 'bidirectional' || kind === 'look-alike')
        .map((odd) => ({ code: 'kusto/odd-character' as const, severity: 'warning' as const, span: odd.span, ...remarkOnOdd(odd) })),
    );
  },
};

/** What is checked of an analysed query; what needs the columns in force at a place is remarked while it is lowered. */
export const CHECKS: readonly Check[] = [oddCharacters];
