import { expect, it } from 'vitest';
import { byMatch } from '../../src/panels/palette/match';

const COMMANDS = ['Go to the next problem', 'New draft: Sigma', 'New draft: Sentinel rule', 'Rules', 'Show problems', 'Theme: dark', 'Theme: light'];
const found = (typed: string): readonly string[] => byMatch(COMMANDS, (name) => name, typed).map(({ of, isMeant }) => (isMeant ? `${of}!` : of));

it('ranks what was typed: whole, from its beginning, words begun, letters inside', () => {
  expect(found('New draft: Sigma')).toEqual(['New draft: Sigma!']);
  expect(found('new sigma')).toEqual(['New draft: Sigma!']);
  expect(found('dark')).toEqual(['Theme: dark!']);
  expect(found('problem')).toEqual(['Go to the next problem!', 'Show problems!']);
  expect(found('rules')).toEqual(['Rules!']);
  expect(found('/new')).toEqual(['New draft: Sigma', 'New draft: Sentinel rule']);
  expect(found('heme')).toEqual(['Theme: dark', 'Theme: light']);
  expect(found('ne')).toEqual(['New draft: Sigma', 'New draft: Sentinel rule', 'Go to the next problem']);
  expect(found('')).toHaveLength(COMMANDS.length);
  expect(found('nothing')).toEqual([]);
});
