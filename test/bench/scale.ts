import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duckdbPath, openDatabase } from '../../src/cli/duckdb';
import { openOver, type OverQuery } from '../../src/cli/over';
import { convert } from '../../src/convert/convert';
import { sqlText } from '../../src/convert/sql/dialect';
import { duckdb, duckdbTarget } from '../../src/convert/targets/sql';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';
import { readCorpus } from './corpus';
import { type Bench, count, type Figure, ms, timesOf, unmeasured } from './measure';

/** How many events are made; a file of events to use instead, whose peak of memory is then that of running alone. */
const ROWS = Number(process.env['ROWS'] ?? 1_000_000);
const GIVEN = process.env['EVENTS'];
const MANY = 100;

/** Sigma rules of process creation as SQL, run by DuckDB over made events: one rule, a hundred. */
export async function bench(): Promise<Bench> {
  const title = 'Sigma rules as SQL, over events in millions';
  if (duckdbPath() === null) return { title, figures: [unmeasured('all of it', 'DuckDB is not installed: name the folder it is in with NODE_PATH')] };
  const folder = mkdtempSync(join(tmpdir(), 'rulewright-scale-'));
  try {
    const files = GIVEN === undefined ? await madeEvents(folder) : [GIVEN];
    const figures: Figure[] = [];
    for (const file of files) for (const rules of [1, MANY]) figures.push(...(await measured(file, rules)));
    return { title, figures };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(file: string, most: number): Promise<readonly Figure[]> {
  const over = await openOver(file);
  const queries = readCorpus(join('sigma', 'rules', 'windows', 'process_creation'), '.yml').flatMap(({ text }): readonly OverQuery[] => {
    const fields = new Set<string>();
    const [rule] = FORMATS.get('sigma')!.open(text, { languages: LANGUAGES }).rules;
    const columns = (name: string): ReturnType<typeof over.columns> => {
      fields.add(name);
      return over.columns(name);
    };
    const made = convert(rule!, duckdbTarget, { columns }).text;
    return made === null ? [] : [{ text: made, fields }];
  });
  const took: number[] = [];
  let [events, matches] = [0, 0];
  const before = process.cpuUsage();
  let last = performance.now();
  for await (const answer of over.answers(queries.slice(0, most))) {
    if ('why' in answer) throw new Error(answer.why);
    events = answer.events;
    matches += answer.matches.length;
    took.push(performance.now() - last);
    last = performance.now();
  }
  const { total, median } = timesOf(took);
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1_000_000;
  return [
    {
      what: `${file.split('.').at(-1)}, ${took.length} rules over ${count(events)} events`,
      value: `${(total / 1000).toFixed(2)} s, ${count(matches)} hits, at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
      beside: `${cpu.toFixed(2)} s of processor; the first rule with opening ${ms(took[0] ?? 0)}, the median ${ms(median)}`,
      ratio: `${count((events * took.length) / cpu)} events × rules a second of processor`,
      goal: '',
    },
  ];
}

/** Process creations of a few programs, folders and parents, with random arguments; every 20,000th or so is one that rules look for. */
async function madeEvents(folder: string): Promise<readonly string[]> {
  const database = await openDatabase();
  const one = (names: readonly string[], seed: number): string =>
    `([${names.map((name) => sqlText(name, duckdb)).join(', ')}])[1 + CAST(hash(i, ${seed}) % ${names.length} AS INT)]`;
  const programs = 'svchost chrome powershell cmd whoami rundll32 reg schtasks net msedge explorer teams'.split(' ').map((name) => `${name}.exe`);
  const select = `
    SELECT 1 AS EventID, 'Microsoft-Windows-Sysmon/Operational' AS Channel,
      strftime(TIMESTAMP '2026-01-01' + INTERVAL (i * 30) MILLISECOND, '%Y-%m-%d %H:%M:%S.%g') AS UtcTime,
      'HOST-' || lpad(CAST(hash(i, 1) % 4000 AS VARCHAR), 4, '0') AS Computer, 'CORP\\user' || CAST(hash(i, 2) % 9000 AS VARCHAR) AS "User",
      folder || '\\' || program AS Image, program AS OriginalFileName,
      CASE WHEN odd % 20000 = 0 THEN 'whoami  /priv' WHEN odd % 40000 = 1 THEN 'powershell -enc ' || md5(CAST(i AS VARCHAR))
        ELSE '"' || folder || '\\' || program || '" --type=renderer --id=' || CAST(odd % 100000 AS VARCHAR) || ' --token ' || md5(CAST(i AS VARCHAR)) END AS CommandLine,
      'C:\\Windows\\' || parent AS ParentImage, '"C:\\Windows\\' || parent || '" -p ' || CAST(odd % 5000 AS VARCHAR) AS ParentCommandLine,
      ${one(['System', 'Medium', 'High'], 8)} AS IntegrityLevel, 'MD5=' || md5(program) || ',SHA256=' || sha256(program) AS Hashes, odd % 30000 AS ProcessId
    FROM (SELECT i, hash(i, 3) AS odd, CASE WHEN odd % 20000 = 0 THEN 'whoami.exe' ELSE ${one(programs, 5)} END AS program, ${one(['services.exe', 'explorer.exe', 'winword.exe', 'cmd.exe'], 7)} AS parent,
      ${one(['C:\\Windows\\System32', 'C:\\Program Files\\Vendor', 'C:\\Users\\Public', 'C:\\Users\\a.person\\AppData\\Local\\Temp'], 6)} AS folder FROM range(${ROWS}) t(i))`;
  const files = ['parquet', 'ndjson'].map((ending) => join(folder, `events.${ending}`));
  await database.rows(`COPY (${select}) TO ${sqlText(files[0]!, duckdb)} (FORMAT parquet, COMPRESSION zstd)`);
  await database.rows(`COPY (SELECT * FROM read_parquet(${sqlText(files[0]!, duckdb)})) TO ${sqlText(files[1]!, duckdb)} (FORMAT json)`);
  await database.close();
  return files;
}
