import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../src/knowledge/families';
import { SOURCE_NAMES } from '../src/knowledge/sources';
import { LANGUAGES } from '../src/languages/registry';
import { REGEX_DIALECTS } from '../src/model';

const ROOT = join(import.meta.dirname, '..');
const SOURCE = join(ROOT, 'src');

/** Who may import whom: each folder's allowed folders of `src`, and packages. Downwards only. */
const ALLOWED: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: RegExp | null }>> = {
  model: { folders: ['model'], packages: null },
  syntax: { folders: ['model', 'syntax'], packages: /^(yaml|toml-eslint-parser)$/ },
  knowledge: { folders: ['model', 'knowledge'], packages: null },
  logic: { folders: ['model', 'syntax', 'knowledge', 'logic'], packages: null },
  languages: { folders: ['model', 'syntax', 'knowledge', 'languages'], packages: /^yaml$/ },
  formats: { folders: ['model', 'syntax', 'knowledge', 'languages', 'formats'], packages: /^(yaml|toml-eslint-parser)$/ },
  analysis: { folders: ['model', 'syntax', 'knowledge', 'logic', 'formats', 'analysis'], packages: null },
  lint: { folders: ['model', 'syntax', 'knowledge', 'logic', 'languages', 'formats', 'analysis', 'lint'], packages: null },
  run: {
    folders: ['model', 'syntax', 'knowledge', 'languages', 'formats', 'logic', 'analysis', 'run'],
    packages: /^(re2js|papaparse|saxes|hyparquet|fzstd|fflate|modern-tar|@noble\/hashes.*)$/,
  },
  witness: { folders: ['model', 'syntax', 'knowledge', 'logic', 'run', 'witness'], packages: null },
  convert: { folders: ['model', 'syntax', 'knowledge', 'languages', 'formats', 'logic', 'analysis', 'run', 'convert'], packages: null },
  catalog: { folders: ['model', 'syntax', 'knowledge', 'logic', 'formats', 'analysis', 'catalog'], packages: /^fflate$/ },
  cli: {
    folders: ['model', 'syntax', 'knowledge', 'logic', 'languages', 'formats', 'analysis', 'lint', 'run', 'witness', 'convert', 'catalog', 'cli'],
    packages: /^(node:.*|tsx.*|yaml|sarif)$/,
  },
  // Screens know of the tables only what is drawn: families, sources, kinds of files.
  ui: {
    folders: ['ui'],
    packages: /^(react|react-dom|@base-ui\/react.*|@tanstack\/.*|react-resizable-panels|wouter.*|@observablehq\/plot)$/,
  },
  state: { folders: ['model', 'syntax', 'state'], packages: /^(react|zustand.*|comlink|idb|fflate|wouter.*)$/ },
  editor: { folders: ['model', 'state', 'ui', 'editor'], packages: /^(react|monaco-editor.*|@monaco-editor\/react)$/ },
  panels: { folders: ['model', 'syntax', 'state', 'ui', 'panels'], packages: /^(react|@tanstack\/.*|@base-ui\/react.*|wouter.*|zustand.*)$/ },
  pages: {
    folders: ['model', 'syntax', 'state', 'ui', 'panels', 'editor', 'pages'],
    packages: /^(react|@tanstack\/.*|@base-ui\/react.*|react-resizable-panels|wouter.*|zustand.*|@observablehq\/plot)$/,
  },
};

/** What the screens share with the core, and so load: small tables, and rows made of comparisons in one way everywhere. */
const DRAWN = ['knowledge/families', 'knowledge/sources', 'knowledge/file-kinds', 'analysis/rows'];
const SCREENS = ['state', 'editor', 'panels', 'pages'];

/** Every TypeScript file below a folder; none where there is no such folder yet. */
function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesBelow(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s(?:[^'";]*\sfrom\s+)?'([^']+)';|^\} from '([^']+)';|\bimport\('([^']+)'\)/gm)].map(
    (match) => match[1] ?? match[2] ?? match[3]!,
  );

describe('who may import whom', () => {
  for (const [folder, { folders, packages }] of Object.entries(ALLOWED)) {
    it(`${folder} imports ${folders.filter((name) => name !== folder).join(', ') || 'nothing of ours'}`, () => {
      const broken = filesBelow(join(SOURCE, folder)).flatMap((file) =>
        importsOf(file).flatMap((target) => {
          const where = `${relative(ROOT, file)} → ${target}`;
          if (!target.startsWith('.')) return packages?.test(target) ? [] : [where];
          const reached = relative(SOURCE, join(dirname(file), target));
          const top = reached.split('/')[0]!;
          if (!folders.includes(top)) {
            const isDrawn = SCREENS.includes(folder) && DRAWN.includes(reached);
            return isDrawn || (reached.startsWith('../workers') && folder === 'state') ? [] : [where];
          }
          // Siblings: a language never imports another; only the registry knows them all.
          const own = relative(SOURCE, file).split('/');
          if (folder === 'languages' && top === 'languages' && own.length > 2 && reached.split('/')[1] !== own[1]) return [where];
          return [];
        }),
      );
      expect(broken).toEqual([]);
    });
  }

  it('workers import the core only', () => {
    const broken = filesBelow(join(ROOT, 'workers')).flatMap((file) =>
      importsOf(file).filter(
        (target) =>
          target.startsWith('.') &&
          !/^\.\/|^\.\.\/src\/(model|syntax|knowledge|logic|languages|formats|analysis|lint|run|witness|convert|catalog)(?:\/|$)/.test(target),
      ),
    );
    expect(broken).toEqual([]);
  });
});

describe('what is written where', () => {
  const names = new Set([...LANGUAGES.keys(), ...FAMILIES.flatMap(({ id, taxonomy }) => [id, taxonomy]), ...SOURCE_NAMES.filter((name) => name !== 'private')]);
  const outside = [...filesBelow(SOURCE), ...filesBelow(join(ROOT, 'workers'))].filter(
    (file) => !/^src\/(?:languages|formats|knowledge|run\/dialect|convert\/targets)\//.test(relative(ROOT, file)),
  );

  it('no language, vendor, taxonomy or source by name outside languages, formats, knowledge, and the dialects of what runs rules and writes them', () => {
    const written = new RegExp(`(?<![\\w.])(['"\`])(?:${[...names].join('|')})\\1`, 'g');
    const found = outside.flatMap((file) => {
      // The name of a regex dialect is no language's.
      const text = readFileSync(file, 'utf8').replace(/^export const REGEX_DIALECTS = .*$|dialect [!=]== '\w+'/gm, '');
      return [...text.matchAll(written)].map(([name]) => `${relative(ROOT, file)}: ${name}`);
    });
    expect(found).toEqual([]);
  });

  it('nor as a key, a property, a function, or a file', () => {
    // A starting point says what each family calls one class of events.
    const ASIDE = ['src/model/format.ts', 'src/convert/events.ts', 'src/convert/points.ts'];
    const any = [...names].filter((name) => /^\w+$/.test(name)).join('|');
    const used = new RegExp(`\\.(?:${any})\\b(?!['/.])|^\\s*(?:readonly )?(?:${any})\\??:|\\b(?:const|function) (?:${any})\\b`, 'gm');
    const dialects: readonly string[] = REGEX_DIALECTS;
    const called = new RegExp(`^(?:.*[-.])?(${any})[-.]`);
    const found = outside
      .filter((file) => !ASIDE.includes(relative(ROOT, file)))
      .flatMap((file) => {
        const [, name] = called.exec(basename(file)) ?? [];
        const code = readFileSync(file, 'utf8').replace(/^import .*$|^\} from .*$|^\s*(?:\/\/|\/?\*).*$|'[^'\n]*'/gm, '');
        return [
          ...(name === undefined || dialects.includes(name) ? [] : [relative(ROOT, file)]),
          ...[...code.matchAll(used)].map(([part]) => `${relative(ROOT, file)}: ${part.trim()}`),
        ];
      });
    expect(found).toEqual([]);
  });

  it('no file outgrows the house: 500 lines, 150 for a component', () => {
    const tooLong = [...filesBelow(SOURCE), ...filesBelow(join(ROOT, 'workers'))]
      .map((file) => ({ file: relative(ROOT, file), lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
      .filter(({ file, lines }) => lines > (file.endsWith('.tsx') ? 150 : 500));
    expect(tooLong).toEqual([]);
  });

  it('no utils, no helpers, no barrel but the model', () => {
    const names = filesBelow(SOURCE).map((file) => relative(SOURCE, file));
    expect(names.filter((name) => /(^|\/)(utils?|helpers?)[./]/.test(name))).toEqual([]);
    const barrels = names.filter(
      (name) => /index\.tsx?$/.test(name) && name !== 'model/index.ts' && /^(?:export \* from .*\n)+$/.test(readFileSync(join(SOURCE, name), 'utf8')),
    );
    expect(barrels).toEqual([]);
  });
});

describe('no verdict depends on chance', () => {
  it('every configuration of the tests sets the seed that they draw from, and no test draws a number of its own', () => {
    for (const name of ['vite.config.ts', 'config/vitest.conformance.ts'])
      expect(readFileSync(join(ROOT, name), 'utf8'), name).toContain("setupFiles: ['test/support/seed.ts']");
    const drawing = filesBelow(join(ROOT, 'test')).filter((file) => file.endsWith('.test.ts') && readFileSync(file, 'utf8').includes('Math.' + 'random('));
    expect(drawing).toEqual([]);
  });
});

/** What a file takes from another of ours: names by their own spelling, `*` for everything, `default`. */
interface Taken {
  readonly from: string;
  readonly name: string;
  /** It is handed on under this name, by `export … from`. */
  readonly as: string | null;
}

const fileOf = (file: string, target: string): string | null => {
  const path = join(dirname(file), target);
  return [path, `${path}.ts`, `${path}.tsx`, join(path, 'index.ts')].find((one) => /\.tsx?$/.test(one) && existsSync(one)) ?? null;
};

function takenIn(file: string, text: string): readonly Taken[] {
  const taken: Taken[] = [];
  const take = (target: string, name: string, as: string | null): void => {
    const from = target.startsWith('.') ? fileOf(file, target) : null;
    if (from !== null) taken.push({ from, name, as });
  };
  for (const [, verb, clause, target] of text.matchAll(/^(import|export)\s+(?:type\s+)?([^;'"]*?)\s*from\s+'([^']+)';/gm)) {
    const isHandedOn = verb === 'export';
    if (clause!.includes('*')) take(target!, '*', isHandedOn ? '*' : null);
    for (const part of /\{([^}]*)\}/.exec(clause!)?.[1]!.split(',') ?? []) {
      const [name = '', as] = part
        .trim()
        .replace(/^type\s+/, '')
        .split(/\s+as\s+/);
      if (name !== '') take(target!, name, isHandedOn ? (as ?? name) : null);
    }
    if (/^\w/.test(clause!)) take(target!, 'default', null);
  }
  for (const [, target] of text.matchAll(/^import '(\.[^']+)';/gm)) take(target!, '', null);
  // A type by its place names one thing; a module fetched later is used as a whole.
  for (const [, target, name] of text.matchAll(/\bimport\(\s*'(\.[^']+)'\s*\)(?:\.(\w+))?/g))
    take(target!, name === undefined || name === 'then' ? '*' : name, null);
  for (const [, target] of text.matchAll(/\bnew URL\('(\.[^']+)', import\.meta\.url\)/g)) take(target!, '*', null);
  return taken;
}

const exportsOf = (text: string): readonly string[] => [
  ...[...text.matchAll(/^export (?:declare )?(?:async )?(?:function\*?|const|let|interface|type|class|enum) (\w+)/gm)].map((match) => match[1]!),
  ...[...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap((match) =>
    match[1]!
      .split(',')
      .map((part) => part.trim().split(/\s+/).at(-1)!)
      .filter((name) => name !== ''),
  ),
];

describe('what hangs together', () => {
  const folders = ['src', 'workers', 'test', 'e2e'].map((folder) => join(ROOT, folder));
  const files = folders.flatMap(filesBelow);
  const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
  const taken = new Map(files.map((file) => [file, takenIn(file, texts.get(file)!)]));
  const own = files.filter((file) => /^(src|workers)\//.test(relative(ROOT, file)));
  /** A thread is started by its address: that is no import, and who starts it may be asked by it. */
  const imported = (file: string): readonly string[] =>
    (taken.get(file) ?? []).map(({ from }) => from).filter((from) => !from.startsWith(join(ROOT, 'workers')) || file.startsWith(join(ROOT, 'workers')));

  it('no circle of imports, those of types included', () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const path: string[] = [];
    const visit = (file: string): void => {
      const at = path.indexOf(file);
      if (at >= 0) circles.push([...path.slice(at), file].map((one) => relative(ROOT, one)).join(' → '));
      if (at >= 0 || done.has(file)) return;
      path.push(file);
      for (const next of imported(file)) visit(next);
      path.pop();
      done.add(file);
    };
    for (const file of own) visit(file);
    expect(circles).toEqual([]);
  });

  /** What these files ask of others. */
  const askedBy = (askers: readonly string[]): ReadonlySet<string> => {
    const used = new Set<string>();
    const ask = (file: string, name: string): void => {
      if (used.has(`${file} ${name}`)) return;
      used.add(`${file} ${name}`);
      for (const { from, name: given, as } of taken.get(file) ?? []) {
        if (as === '*') ask(from, name);
        else if (as !== null && (as === name || name === '*')) ask(from, given);
      }
    };
    for (const file of askers) for (const { from, name, as } of taken.get(file)!) if (as === null) ask(from, name);
    return used;
  };
  const unaskedOf = (used: ReadonlySet<string>): readonly (readonly [file: string, name: string])[] =>
    own.flatMap((file) =>
      used.has(`${file} *`)
        ? []
        : exportsOf(texts.get(file)!)
            .filter((name) => !used.has(`${file} ${name}`))
            .map((name) => [file, name] as const),
    );
  const shown = (unasked: readonly (readonly [file: string, name: string])[]): readonly string[] =>
    unasked.map(([file, name]) => `${relative(ROOT, file)}: ${name}`);

  it('no export that no other file asks for', () => {
    expect(shown(unaskedOf(askedBy(files)))).toEqual([]);
  });

  it('nothing that only tests ask for', () => {
    const usesItself = ([file, name]: readonly [string, string]): boolean => texts.get(file)!.split(new RegExp(`\\b${name}\\b`)).length > 2;
    // The program itself is started by its `bin.mjs`.
    expect(shown(unaskedOf(askedBy(own)).filter((one) => !usesItself(one)))).toEqual(['src/cli/main.ts: main']);
  });
});
