import { describe, expect, test } from 'vitest';
import {
  TACTICS,
  currentOf,
  generationsOf,
  isKnownTechnique,
  isWithdrawn,
  nameOfTechnique,
  parentOf,
  tacticOf,
  tacticsEverOf,
  tacticsOfTechnique,
  TECHNIQUES,
} from '../../src/knowledge/attack';
import table from '../../src/knowledge/attack.json';

describe('tactics', () => {
  test('both generations, in the order of the matrix', () => {
    expect(TACTICS.map(({ short }) => short)).toEqual([
      'reconnaissance',
      'resource-development',
      'initial-access',
      'execution',
      'persistence',
      'privilege-escalation',
      'defense-evasion',
      'stealth',
      'defense-impairment',
      'credential-access',
      'discovery',
      'lateral-movement',
      'collection',
      'command-and-control',
      'exfiltration',
      'impact',
    ]);
  });

  test('found however they are written', () => {
    expect(tacticOf('Defense Evasion')?.id).toBe('TA0005');
    expect(tacticOf('command_and_control')?.name).toBe('Command and Control');
    expect(tacticOf('TA0112')?.short).toBe('defense-impairment');
    expect(tacticOf('cooking')).toBeNull();
  });
});

describe('techniques', () => {
  test('one behaviour, all its IDs', () => {
    expect(currentOf('T1562.001')).toBe('T1685');
    expect(generationsOf('T1070.001')).toEqual(['T1685.005', 'T1070.001']);
    expect(generationsOf('T1685.005')).toEqual(['T1685.005', 'T1070.001']);
    expect(generationsOf('T1562')).toContain('T1562.006');
    expect(generationsOf('T1049')).toEqual(['T1049']);
  });

  test('every successor is known and has none itself, unless it is a renumbering within 18', () => {
    for (const old of Object.keys(table.former)) {
      const current = currentOf(old);
      expect(isKnownTechnique(old)).toBe(true);
      expect(isKnownTechnique(current)).toBe(true);
      expect(currentOf(current)).toBe(current);
    }
  });

  test('release 19 is whole: every technique has a name and tactics of today', () => {
    expect(TECHNIQUES.filter(({ id }) => !id.includes('.'))).toHaveLength(222);
    expect(TECHNIQUES.filter(({ id }) => id.includes('.'))).toHaveLength(475);
    const today = new Set(TACTICS.filter(({ until }) => until === undefined).map(({ short }) => short));
    for (const { id, name, tactics } of TECHNIQUES) {
      expect(name, id).toMatch(/\S/);
      expect(tactics.length > 0 && tactics.every((tactic) => today.has(tactic)), id).toBe(true);
    }
    expect(nameOfTechnique('T1211')).toBe('Exploitation for Stealth');
    expect(tacticsOfTechnique('T1682').length).toBeGreaterThan(0);
    expect(tacticsOfTechnique('T1574.001')).toEqual(['execution', 'stealth']);
    expect(tacticsEverOf('T1574.001')).toEqual(['execution', 'stealth', 'persistence', 'privilege-escalation', 'defense-evasion']);
  });

  test('known, new, withdrawn, unheard of', () => {
    expect(isKnownTechnique('T1049')).toBe(true);
    expect(isKnownTechnique('T1087.004')).toBe(true);
    expect(isKnownTechnique('T1087.005')).toBe(false);
    expect(isKnownTechnique('T1690')).toBe(true);
    expect(isKnownTechnique('T1999')).toBe(false);
    expect(isKnownTechnique('T1087.')).toBe(false);
    expect(nameOfTechnique('T1685')).toBe('Disable or Modify Tools');
    expect(nameOfTechnique('T1999')).toBeNull();
    expect(nameOfTechnique('constructor')).toBeNull();
    expect(isWithdrawn('T1574.002')).toBe(true);
    expect(isWithdrawn('T1049')).toBe(false);
    expect([parentOf('T1087.001'), parentOf('T1087')]).toEqual(['T1087', null]);
  });
});
