/** The known name that is one slip (a letter more, less, other, or two swapped) away; undefined when none is, or the name is known. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  if (wanted.length < 3 || wanted.length > 24) return undefined;
  for (const candidate of known) if (Math.abs(candidate.length - wanted.length) <= 1 && isOneSlip(wanted, candidate)) return candidate;
  return undefined;
}

function isOneSlip(a: string, b: string): boolean {
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  const rest = (text: string, skip: number): string => text.slice(from + skip);
  if (rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1)) return true;
  return a[from] === b[from + 1] && a[from + 1] === b[from] && rest(a, 2) === rest(b, 2);
}
