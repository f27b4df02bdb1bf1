import { expect, it } from 'vitest';
import { asimParameters } from '../../src/knowledge/asim';
import table from '../../src/knowledge/asim.json';

it('each parameter of a parser names columns and a comparison of Kusto', () => {
  for (const { parsers, parameters } of table.schemas)
    for (const parser of parsers) {
      expect(parser).toMatch(/^(?:_Im_|im)[A-Z]\w+$/);
      const known = asimParameters(parser)!;
      expect([...known.keys()]).toEqual([...Object.keys(table.shared), ...Object.keys(parameters)]);
      for (const { columns, op } of known.values()) {
        expect(columns.every((name) => /^[A-Z]\w+$/.test(name))).toBe(true);
        expect(['==', '=~', '>=', '<=', 'in', 'in~', 'has', 'has_any', 'has_all', 'has_ipv4', 'has_any_ipv4_prefix']).toContain(op);
      }
    }
  expect(asimParameters('constructor')).toBeUndefined();
});
