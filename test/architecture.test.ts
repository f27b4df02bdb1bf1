import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const SOURCE = join(ROOT, 'src');

/** Who may import whom: each folder's allowed folders of `src`, and packages. Downwards only. */
const ALLOWED: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: RegExp | null }>> = {
  model: { folders: ['model'], packages: null },
  syntax: { folders: ['model', 'syntax'], packages: /^(yaml|toml-eslint-parser)$/ },
  knowledge: { folders: ['model', 'knowledge'], packages: null },
  languages: { folders: ['model', 'syntax', 'knowledge', 'languages'], packages: /^yaml$/ },
  formats: { folders: ['model', 'syntax', 'knowledge', 'languages', 'formats'], packages: /^(yaml|toml-eslint-parser)$/ },
  analysis: { folders: ['model', 'syntax', 'knowledge', 'formats', 'analysis'], packages: null },
  catalog: { folders: ['model', 'syntax', 'knowledge', 'formats', 'analysis', 'catalog'], packages: /^fflate$/ },
  cli: { folders: ['model', 'syntax', 'knowledge', 'languages', 'formats', 'analysis', 'catalog', 'cli'], packages: /^(node:.*|tsx.*|yaml)$/ },
  ui: {
    folders: ['ui'],
    packages: /^(react|react-dom|@base-ui\/react.*|@tanstack\/.*|react-resizable-panels|wouter.*|@observablehq\/plot)$/,
  },
  state: { folders: ['model', 'state'], packages: /^(react|zustand.*|comlink|idb|fflate|wouter.*)$/ },
  editor: { folders: ['model', 'state', 'ui', 'editor'], packages: /^(react|monaco-editor.*|@monaco-editor\/react)$/ },
  panels: { folders: ['model', 'state', 'ui', 'panels'], packages: /^(react|@tanstack\/.*|@base-ui\/react.*|wouter.*|zustand.*)$/ },
  pages: {
    folders: ['model', 'state', 'ui', 'panels', 'editor', 'pages'],
    packages: /^(react|@tanstack\/.*|@base-ui\/react.*|react-resizable-panels|wouter.*|zustand.*|@observablehq\/plot)$/,
  },
};

function filesBelow(folder: string): readonly string[] {
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
          if (!folders.includes(top)) return reached.startsWith('../workers') && folder === 'state' ? [] : [where];
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
      importsOf(file).filter((target) => target.startsWith('.') && !/^\.\/|^\.\.\/src\/(model|knowledge|languages|formats|analysis|catalog)/.test(target)),
    );
    expect(broken).toEqual([]);
  });
});

describe('what is written where', () => {
  const core = ['model', 'syntax', 'knowledge', 'formats', 'analysis', 'catalog', 'state', 'editor', 'panels', 'pages', 'ui'].flatMap((folder) =>
    filesBelow(join(SOURCE, folder)),
  );

  it('no branch on a language id outside languages', () => {
    const branch = /(?:[iI]d|language|format)\s*[!=]==?\s*'(?:sigma|spl|kusto|kuery|eql|esql|lucene)'/;
    expect(core.filter((file) => branch.test(readFileSync(file, 'utf8'))).map((file) => relative(ROOT, file))).toEqual([]);
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
