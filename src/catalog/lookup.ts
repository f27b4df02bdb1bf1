/** The place of a text among texts ordered by their UTF-16 codes; -1 when it is not there. */
export function placeOf(texts: readonly string[], text: string): number {
  let low = 0;
  let high = texts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (texts[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return texts[low] === text ? low : -1;
}
