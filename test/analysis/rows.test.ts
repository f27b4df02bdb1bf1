import { describe, expect, test } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { conditionalRows, exclusionRows, indicatorRows, thresholdRows, type Row } from '../../src/analysis/rows';
import type { Predicate, Taxonomy } from '../../src/model';
import { all, any, not, ruleOf, testOf, valueOf } from './made';

const shown = (rows: readonly Row[]): readonly string[] =>
  rows.map(({ field, op, values }) => `${field} ${op} ${values.map(({ text }) => text).join(', ')}`.trimEnd());
const leavesOf = (predicate: Predicate, taxonomy: Taxonomy = 'sigma') => reportOf(ruleOf(predicate, taxonomy)).leaves;

/** The shape of the building block on page 000. */
const page000 = all(
  testOf('event.category', 'eq', ['process']),
  testOf('host.os.type', 'in', ['linux', 'macos']),
  testOf('event.type', 'eq', ['start']),
  testOf('event.action', 'eq', ['exec']),
  testOf('process.name', 'in', ['netstat', 'lsof', 'ss', 'iftop', 'ip', 'nmcli', 'arp', 'route', 'ifconfig', 'netcfg', 'networksetup']),
  not(
    any(
      any(
        testOf('process.parent.executable', 'starts_with', ['/Library/Elastic/Agent/']),
        testOf('process.parent.executable', 'eq', ['/Applications/Docker.app/Contents/MacOS/com.docker.backend']),
        testOf('process.parent.executable', 'eq', ['/opt/NinjaRMMAgent/programfiles/ninjarmm-linagent']),
        testOf('process.parent.executable', 'eq', ['/usr/local/ASR/Vx/bin/svagents']),
      ),
      testOf('process.working_directory', 'in', ['/var/ossec', '/usr/lib/check_mk_agent/plugins', '/opt/microsoft/mdatp/sbin']),
    ),
  ),
);

describe('rows', () => {
  test('page 000: one exclusion row per predicate, by field, kind and first value', () => {
    expect(shown(exclusionRows(leavesOf(page000, 'ecs')))).toEqual([
      'process.parent.executable eq /Applications/Docker.app/Contents/MacOS/com.docker.backend',
      'process.parent.executable eq /opt/NinjaRMMAgent/programfiles/ninjarmm-linagent',
      'process.parent.executable eq /usr/local/ASR/Vx/bin/svagents',
      'process.parent.executable starts_with /Library/Elastic/Agent/',
      'process.working_directory in /opt/microsoft/mdatp/sbin, /usr/lib/check_mk_agent/plugins, /var/ossec',
    ]);
  });

  test('page 000: one indicator row per field and kind, context left out', () => {
    expect(shown(indicatorRows(leavesOf(page000, 'ecs')))).toEqual([
      'event.action eq exec',
      'event.category eq process',
      'event.type eq start',
      'process.name in arp, ifconfig, iftop, ip, lsof, netcfg, netstat, networksetup, nmcli, route, ss',
    ]);
  });

  test('values of one field and kind are merged, each once', () => {
    const leaves = leavesOf(any(testOf('F', 'eq', ['b']), testOf('F', 'eq', ['a']), testOf('F', 'eq', ['b']), testOf('F', 'contains', ['c'])));
    expect(shown(indicatorRows(leaves))).toEqual(['F contains c', 'F eq a, b']);
  });

  test('a test without values is a row; every value leads to its leaf', () => {
    const leaves = leavesOf(all(testOf('F', 'is_not_null'), testOf('G', 'eq', ['x'])));
    const rows = indicatorRows(leaves);
    expect(shown(rows)).toEqual(['F is_not_null', 'G eq x']);
    for (const row of rows) for (const value of row.values) expect(leaves).toContain(value.leaf);
  });

  test('conditional exclusions and thresholds have rows of their own', () => {
    const count = {
      ...testOf('count', 'gt', [valueOf('5', 'number')]),
      left: { kind: 'field' as const, name: 'count', span: { start: 0, end: 0 }, derived: true as const },
    };
    const leaves = leavesOf(all(any(testOf('A', 'eq', ['a']), not(testOf('B', 'eq', ['b']))), count));
    expect(shown(indicatorRows(leaves))).toEqual(['A eq a']);
    expect(shown(conditionalRows(leaves))).toEqual(['B eq b']);
    expect(shown(thresholdRows(leaves))).toEqual(['count gt 5']);
    expect(shown(exclusionRows(leaves))).toEqual([]);
  });

  test('bounds keep their order', () => {
    expect(shown(exclusionRows(leavesOf(not(testOf('F', 'between', ['9', '10'])))))).toEqual(['F between 9, 10']);
  });

  test('rows do not depend on the order of what was written', () => {
    const parts = [testOf('B', 'eq', ['y']), testOf('A', 'eq', ['x', 'w']), not(testOf('C', 'contains', ['z'])), not(testOf('C', 'contains', ['a']))];
    const forth = leavesOf(all(...parts));
    const back = leavesOf(all(...parts.toReversed()));
    expect(shown(indicatorRows(back))).toEqual(shown(indicatorRows(forth)));
    expect(shown(exclusionRows(back))).toEqual(shown(exclusionRows(forth)));
  });
});
