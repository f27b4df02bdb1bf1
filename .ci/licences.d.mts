/** A package as the lock file has it. */
interface Listed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly isDevelopment: boolean;
  readonly isPlatform: boolean;
}
export function packagesIn(lock: { readonly packages: Readonly<Record<string, unknown>> }): readonly Listed[];
export function isFree(licence: string): boolean;
export function documentOf(lock: { readonly packages: Readonly<Record<string, unknown>> }): string;
