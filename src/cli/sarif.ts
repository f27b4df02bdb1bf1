import type { Log, Result } from 'sarif';
import type { ListedCheck } from '../lint/all-checks';
import type { Diagnostic } from '../model';

/** A finding with where it stands: line and column from 1, columns in UTF-16 units. */
export interface Found {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly diagnostic: Diagnostic;
}

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/** Findings as SARIF 2.1.0, for code scanning. */
export function sarifOf(found: readonly Found[], checks: readonly ListedCheck[], version: string): Log {
  const used = new Set(found.map(({ diagnostic }) => diagnostic.code as string));
  return {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: {
          driver: {
            name: 'Rulewright',
            version,
            rules: checks
              .filter(({ id }) => used.has(id))
              .map(({ id, sentence, severity }) => ({ id, shortDescription: { text: sentence }, defaultConfiguration: { level: LEVELS[severity] } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: found.map(({ path, line, column, endLine, endColumn, diagnostic }): Result => ({
          ruleId: diagnostic.code,
          level: LEVELS[diagnostic.severity],
          message: { text: diagnostic.message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: path.replaceAll('\\', '/') },
                region: { startLine: line, startColumn: column, endLine, endColumn },
              },
            },
          ],
        })),
      },
    ],
  };
}
