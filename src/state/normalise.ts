/** A text as the editor holds it: no byte order mark, and one kind of line end, the one it has more of. Offsets of all answers are in this text. */
export function normalised(text: string): string {
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (!bare.includes('\r')) return bare;
  const windows = bare.split('\r\n').length - 1;
  const all = bare.split(/\r\n|\r|\n/).length - 1;
  if (windows === all && windows === bare.split('\n').length - 1) return bare;
  return bare.replace(/\r\n|\r|\n/g, windows * 2 > all ? '\r\n' : '\n');
}
