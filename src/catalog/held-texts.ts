/** Finds, among texts, those that hold a text or are held by it, by their numbers; equal ones once. */
type HeldTexts = (text: string) => readonly number[];

const GRAM = 3;

/** Each run of three characters of a text, once. */
function gramsOf(text: string): ReadonlySet<string> {
  const grams = new Set<string>();
  for (let at = 0; at + GRAM <= text.length; at++) grams.add(text.slice(at, at + GRAM));
  return grams;
}

/** Makes the texts ready with the first question about them. */
export function heldTextsOf(texts: readonly string[]): HeldTexts {
  let made: HeldTexts | null = null;
  return (text) => (made ??= readyTexts(texts))(text);
}

/** Who holds a text has all its runs of three characters, and who is held has its own rarest run in it. */
function readyTexts(texts: readonly string[]): HeldTexts {
  const holding = new Map<string, number[]>();
  const grams = texts.map(gramsOf);
  for (const [at, own] of grams.entries())
    for (const gram of own) {
      const known = holding.get(gram);
      if (known === undefined) holding.set(gram, [at]);
      else known.push(at);
    }
  const byRarest = new Map<string, number[]>();
  const short: number[] = [];
  for (const [at, own] of grams.entries()) {
    if (own.size === 0) short.push(at);
    else {
      const rarest = leastOf(own, (gram) => holding.get(gram)!.length);
      byRarest.set(rarest, [...(byRarest.get(rarest) ?? []), at]);
    }
  }
  const all = [...texts.keys()];
  return (text) => {
    const own = gramsOf(text);
    const mayHold = own.size === 0 ? all : (holding.get(leastOf(own, (gram) => holding.get(gram)?.length ?? 0)) ?? []);
    const mayBeHeld = [...[...own].flatMap((gram) => byRarest.get(gram) ?? []), ...short];
    return [...mayHold.filter((at) => texts[at]!.includes(text)), ...mayBeHeld.filter((at) => texts[at]!.length < text.length && text.includes(texts[at]!))];
  };
}

function leastOf(grams: ReadonlySet<string>, weigh: (gram: string) => number): string {
  let least = '';
  let weight = Infinity;
  for (const gram of grams) {
    const own = weigh(gram);
    if (own < weight) [least, weight] = [gram, own];
  }
  return least;
}
