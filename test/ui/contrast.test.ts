import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../src/knowledge/families';

const TOKENS = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'ui', 'tokens.css'), 'utf8');

type Theme = 'light' | 'dark';

/** Colour tokens of a theme, as `#rrggbb`. */
const coloursOf = (theme: Theme): ReadonlyMap<string, string> =>
  new Map(
    [...TOKENS.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map((match) => [match[1]!, theme === 'light' ? match[2]! : match[3]!]),
  );

/** Relative luminance, as WCAG 2.1 has it. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

const SURFACES = ['surface-frame', 'surface-panel', 'surface-page', 'surface-raised', 'hover', 'selected'];
const VENDORS = FAMILIES.map(({ colour }) => colour.slice(2));
const STATES = ['critical', 'high', 'medium', 'low', 'informational', 'ok', 'warn', 'error'];
const SYNTAX = ['key', 'string', 'modifier', 'keyword', 'number', 'regex', 'comment', 'punct'].map((name) => `syn-${name}`);

const across = (texts: readonly string[], grounds: readonly string[], least: number): readonly (readonly [string, string, number])[] =>
  texts.flatMap((text) => grounds.map((ground) => [text, ground, least] as const));

/** What stands on what, and how much it must stand out: 4.5 for text, 3 for edges and marks. */
const PAIRS = [
  ...across(['text', 'text-2', 'text-3'], [...SURFACES, 'line-current', 'lit', 'pressed'], 4.5),
  ...across(['accent'], [...SURFACES, 'line-current', 'lit', 'accent-soft', 'warn-soft'], 4.5),
  ...across(['on-accent'], ['accent', 'accent-hover'], 4.5),
  ...VENDORS.flatMap((vendor) => across([vendor], [`${vendor}-soft`, ...SURFACES], 4.5)),
  ...across(STATES, SURFACES, 4.5),
  ...across(['ok', 'warn'], ['lit'], 4.5),
  ...['warn', 'error', 'info'].flatMap((state) => across([state, 'text', 'text-2'], [`${state}-soft`], 4.5)),
  ...across(SYNTAX, ['surface-page', 'line-current', 'lit', 'surface-panel', 'selected', 'hover'], 4.5),
  ...['1', '2', '3', '4', '5'].flatMap((step) => across([`heat-${step}-text`], [`heat-${step}`], 4.5)),
  ...across(['border-control'], SURFACES.slice(0, 4), 3),
  ...across(['bar'], ['surface-page', 'surface-panel', 'hover', 'selected', 'lit'], 3),
  ...across(['squiggle'], ['surface-page'], 3),
  ...across(['lit-edge'], ['lit', 'surface-page'], 3),
];

describe.each(['light', 'dark'] as const)('contrast, %s', (theme) => {
  const colours = coloursOf(theme);

  it(`holds on ${PAIRS.length} pairs`, () => {
    const colourOf = (name: string): string => colours.get(name) ?? expect.fail(`no token --${name}`);
    const weak = PAIRS.map(([text, ground, least]) => ({ text, ground, least, is: contrast(colourOf(text), colourOf(ground)) })).filter(
      ({ is, least }) => is < least,
    );
    expect(weak).toEqual([]);
  });
});
