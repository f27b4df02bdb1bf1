import type { Context, Format, Opened } from '../model';

/** A document's rules with what the path of its file says of them; '' for a text without one. */
export function openAt(format: Format, text: string, path: string, context: Context): Opened {
  const opened = format.open(text, context);
  const { atPath } = format;
  return path === '' || atPath === undefined ? opened : { ...opened, rules: opened.rules.map((rule) => atPath(rule, path)) };
}
