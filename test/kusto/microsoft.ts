import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runInThisContext } from 'node:vm';

/** A remark of Microsoft's parser: where it begins, in UTF-16 units. */
export interface Remark {
  readonly start: number;
  readonly message: string;
}

interface DotNetList<T> {
  readonly Count: number;
  getItem(index: number): T;
}
interface TheirRemark {
  readonly Start: number;
  readonly Message: string;
}
interface Code {
  GetSyntaxDiagnostics(): readonly TheirRemark[] | DotNetList<TheirRemark>;
}
interface Analyzed {
  GetDiagnostics(): { readonly Count: number };
  readonly ResultType: { readonly Columns?: DotNetList<{ readonly Name: string }> } | null;
}
interface Microsoft {
  readonly KustoCode: { Parse(text: string): Code; ParseAndAnalyze(text: string, globals: unknown): Analyzed };
  readonly GlobalState: { readonly Default: unknown };
}

/** The scripts of Microsoft's parser in the order they must run in. */
export const microsoftScripts = (): readonly string[] => {
  const folder = dirname(createRequire(import.meta.url).resolve('@kusto/language-service-next/package.json'));
  return ['bridge.min.js', 'Kusto.Language.Bridge.min.js'].map((name) => join(folder, name));
};

/** Microsoft's own parser: a .NET library compiled to scripts that leave it in a global. `columns`: of what a query gives, null where it finds a fault. */
export function loadMicrosoft(): { readonly parse: (text: string) => Code; readonly columns: (text: string) => readonly string[] | null } {
  const scope = globalThis as unknown as { window?: unknown; Kusto?: { Language: Microsoft } };
  if (scope.Kusto === undefined) {
    scope.window ??= globalThis;
    for (const filename of microsoftScripts()) runInThisContext(readFileSync(filename, 'utf8'), { filename });
  }
  const { KustoCode, GlobalState } = scope.Kusto!.Language;
  return {
    parse: (text) => KustoCode.Parse(text),
    columns(text) {
      const code = KustoCode.ParseAndAnalyze(text, GlobalState.Default);
      const columns = code.ResultType?.Columns;
      return code.GetDiagnostics().Count > 0 || columns === undefined ? null : Array.from({ length: columns.Count }, (_, at) => columns.getItem(at).Name);
    },
  };
}

/** The syntax errors in order; the list is a plain one only where it is empty. */
export function syntaxErrors(code: Code): readonly Remark[] {
  const found = code.GetSyntaxDiagnostics();
  const list = 'getItem' in found ? Array.from({ length: found.Count }, (_, index) => found.getItem(index)) : found;
  return list.map(({ Start, Message }) => ({ start: Start, message: Message })).sort((a, b) => a.start - b.start);
}
