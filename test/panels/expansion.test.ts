import { describe, expect, it } from 'vitest';
import { macroMap } from '../../src/knowledge/macros';
import { expand } from '../../src/languages/spl/assist/expand';
import { addedRows, leftFor, type Part, partsOf } from '../../src/panels/macros/expansionParts';

const macros = macroMap([
  { name: 'outer', arguments: [], definition: '`inner` a="x" `mine`' },
  { name: 'inner', arguments: [], definition: 'b=1' },
  { name: 'empty', arguments: [], definition: '' },
  { name: 'round', arguments: [], definition: '`round`' },
]);
const expansion = expand('x=1 `outer` `inner` `empty`| stats count `mine` `round`', { macros });

const shown = (parts: readonly Part[]): string =>
  parts.map((part) => (part.kind === 'added' ? `{${part.macro.name}: ${shown(part.parts)}}` : part.kind === 'left' ? `<${part.words}>` : part.words)).join('');

describe('an expansion in parts', () => {
  it('holds the whole text in order, what a macro added inside its own part', () => {
    expect(shown(partsOf(expansion))).toBe('x=1 {outer: {inner: b=1} a="x" <`mine`>} {inner: b=1} {empty: }| stats count <`mine`> {round: <`round`>}');
  });

  it('colours words by their tokens', () => {
    const coloured = partsOf(expansion).flatMap((part) => (part.kind === 'words' && part.className !== undefined ? [`${part.className} ${part.words}`] : []));
    expect(coloured).toContain('t-key stats');
  });

  it('lists what was written out once for each place of definition', () => {
    expect(addedRows(expansion).map(({ call, inside, times, text }) => [call, inside, times, text])).toEqual([
      ['outer', '', 1, 'b=1 a="x" `mine`'],
      ['inner', 'outer', 1, 'b=1'],
      ['inner', '', 1, 'b=1'],
      ['empty', '', 1, ''],
      ['round', '', 1, '`round`'],
    ]);
  });

  it('lists what stands as written once for each reason', () => {
    expect(leftFor(expansion, 'unknown').map(({ call }) => call)).toEqual(['mine']);
    expect(leftFor(expansion, 'cycle').map(({ path }) => path)).toEqual([['round', 'round']]);
    expect(leftFor(expansion, 'limit')).toEqual([]);
  });
});
