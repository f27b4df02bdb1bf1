/** The place of a text among texts in order; -1 when it is not there. */
export function placeOf(texts: readonly string[], text: string): number {
  const place = placeAfter(texts, text);
  return texts[place] === text ? place : -1;
}

/** The first place whose text is not before the one asked. */
export function placeAfter(texts: readonly string[], text: string): number {
  let low = 0;
  let high = texts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (texts[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
