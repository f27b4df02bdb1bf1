import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A command used wrongly: the command line prints the message as one line and ends with 2. */
interface UsageError extends Error {
  readonly isUsage: true;
}

export const usageError = (message: string): UsageError => Object.assign(new Error(message), { isUsage: true as const });

export const isUsageError = (error: unknown): error is UsageError => error instanceof Error && 'isUsage' in error;

/** The options and the other words of a command; a wrong option is a usage error that names the command's form. */
export function parseWords<const T extends NonNullable<ParseArgsConfig['options']>>(words: readonly string[], options: T, form: string) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message.split(/\.\s|\n/)[0]! : String(error);
    throw usageError(`${message}. Use: ${form}`);
  }
}
