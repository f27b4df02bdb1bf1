import { describe, expect, it } from 'vitest';
import type { CatalogRule } from '../../src/catalog/store/encode';
import { withOneSpelling } from '../../src/catalog/store/event-spellings';
import { ruleWith } from './rules';

const event = (id: string, provider = 'auditd') => ({ provider, id, title: '' });
const reading = (...events: CatalogRule['events']): CatalogRule => ruleWith({ events });
const idsOf = (rules: readonly CatalogRule[]): string[][] => rules.map(({ events }) => events.map(({ id }) => id));

describe('events of a catalog', () => {
  it('have the commonest of their spellings', () => {
    expect(idsOf(withOneSpelling([reading(event('syscall')), reading(event('SYSCALL')), reading(event('SYSCALL'))]))).toEqual([
      ['SYSCALL'],
      ['SYSCALL'],
      ['SYSCALL'],
    ]);
  });

  it('have the first in order of the alphabet where spellings are equally common, whatever the order of the rules', () => {
    const rules = [reading(event('execve')), reading(event('EXECVE'))];
    expect(idsOf(withOneSpelling(rules))).toEqual([['EXECVE'], ['EXECVE']]);
    expect(idsOf(withOneSpelling(rules.toReversed()))).toEqual([['EXECVE'], ['EXECVE']]);
  });

  it('stand once in a rule that spells one twice', () => {
    expect(idsOf(withOneSpelling([reading(event('b'), event('B'))]))).toEqual([['B']]);
  });

  it('keep their spelling beside an event of another provider', () => {
    expect(idsOf(withOneSpelling([reading(event('login'), event('Login', 'okta'))]))).toEqual([['login', 'Login']]);
  });
});
