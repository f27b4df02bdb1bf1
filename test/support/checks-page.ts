import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allChecks } from '../../src/lint/all-checks';

const TESTS = join(import.meta.dirname, '..');

/** What was found over public rules, and how many of it was read by a person: see `about` in the file. */
interface Measured {
  readonly about: string;
  readonly rows: Readonly<
    Record<
      string,
      {
        readonly hits: Readonly<Record<string, number>>;
        readonly read: number;
        readonly wrong: number;
        readonly again?: readonly [read: number, wrong: number];
      }
    >
  >;
}

/** How often each check stands in the cases and tests. */
function casesById(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const file of readdirSync(TESTS, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:txt|test\.ts)$/.test(file)) continue;
    for (const [id] of readFileSync(join(TESTS, file), 'utf8').matchAll(/\b[a-z]+\/[a-z][a-z0-9-]*/g)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** The page of checks: what each says, how often it is tested, and what it found over public rules. */
export function checksText(): string {
  const measured = JSON.parse(readFileSync(join(TESTS, 'lint', 'measured-checks.json'), 'utf8')) as Measured;
  const cases = casesById();
  const rows = allChecks().map(({ id, severity, sentence, fixable }) => {
    const found = measured.rows[id];
    const hits = Object.values(found?.hits ?? {}).reduce((sum, count) => sum + count, 0);
    const [nowRead, nowWrong] = found?.again?.map((count) => `, then ${count}`) ?? ['', ''];
    const read = found === undefined || found.read === 0 ? ['', ''] : [`${found.read}${nowRead}`, `${found.wrong}${nowWrong}`];
    return `| ${[id, severity, fixable ? 'yes' : '', sentence.replaceAll('|', '\\|'), cases.get(id) ?? 0, hits.toLocaleString('en'), ...read].join(' | ')} |`;
  });
  const bySource = Object.entries(measured.rows)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([id, { hits }]) =>
        `| ${id} | ${Object.entries(hits)
          .map(([source, count]) => `${source} ${count.toLocaleString('en')}`)
          .join(', ')} |`,
    );
  return `# Checks

Made by \`test/lint/checks-page.test.ts\` (\`UPDATE=1\`) from the list of checks that \`rulewright lint --rules\` prints. Cases: how often a case or test names the check. ${measured.about}

| check | severity | fix | what it says | cases | hits | read | false |
| --- | --- | --- | --- | ---: | ---: | ---: | ---: |
${rows.join('\n')}

## Hits by source

| check | hits |
| --- | --- |
${bySource.join('\n')}
`;
}
