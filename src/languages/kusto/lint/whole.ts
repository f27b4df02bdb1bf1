import { hasClock } from '../../../knowledge/tables';
import { type Lowering, remarkAt } from '../lower/environment';
import type { LetBinding } from '../lower/statements';
import type { KustoLexeme } from '../parse/lexer';

/** Remarks that only the query as a whole allows: lets nobody uses, a missing bound on time. */
export function remarkOnWhole(lowering: Lowering, lets: readonly LetBinding[], lexemes: readonly KustoLexeme[]): void {
  if (lets.length > 0) remarkOnLets(lowering, lets, lexemes);
  if (lowering.hasTimeFilter) return;
  const source = lowering.sources.find(({ name }) => hasClock(name));
  if (source !== undefined) remarkAt(lowering, 'kusto/no-time-filter', source.span, `Nothing here bounds the time that is read of \`${source.name}\`.`);
}

function remarkOnLets(lowering: Lowering, lets: readonly LetBinding[], lexemes: readonly KustoLexeme[]): void {
  const places = new Set(lets.map(({ nameSpan }) => nameSpan.start));
  const named = new Set(lexemes.filter(({ kind, start }) => kind === 'name' && !places.has(start)).map(({ text }) => text));
  // A setting of the query is no name that anyone uses.
  for (const { name, nameSpan, span } of lets)
    if (name !== '' && nameSpan !== span && !named.has(name)) remarkAt(lowering, 'kusto/unused-let', nameSpan, `\`${name}\` is never used.`);
}
