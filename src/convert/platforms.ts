import type { Rule } from '../model';

/** Whether a rule is about Windows, and what stands between the folders of a path there. */
export function platformsOf({ meta }: Rule): { readonly isWindows: boolean; readonly separator: string } {
  const isWindows = meta.platforms.length === 0 || meta.platforms.includes('windows');
  return { isWindows, separator: isWindows ? '\\' : '/' };
}
