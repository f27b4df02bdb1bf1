/** Literals of which one must occur in every text that fits: a set for each demand. Only where letters stand one after another in the pattern. */
type Demands = readonly (readonly string[])[];

/** What one alternative is made of so far: its exact texts where they are few, and what it demands anyway. */
interface Part {
  /** Every text it can be; null: too many to list. */
  readonly exact: readonly string[] | null;
  readonly needs: Demands;
}

const NOTHING: Part = { exact: null, needs: [] };
const MOST = 32;

/** Sets of literals, each with a member in every text that an RE2 pattern finds. Total: what it does not read demands nothing. */
export function requiredOf(pattern: string, isFree = false): Demands {
  // With blanks and comments in it, or quoting, letters do not stand for themselves.
  if (isFree || pattern.length > 4000 || /\(\?[a-z]*x|\\Q/.test(pattern)) return [];
  let at = 0;
  let depth = 0;

  const alternation = (): Part => {
    const parts = [sequence()];
    while (pattern[at] === '|') {
      at++;
      parts.push(sequence());
    }
    return parts.length === 1 ? parts[0]! : oneOf(parts);
  };

  const sequence = (): Part => {
    let run: readonly string[] | null = [''];
    const needs: (readonly string[])[] = [];
    const end = (): void => {
      if (run !== null && run.every((text) => text !== '')) needs.push(run);
      run = [''];
    };
    let isExact = true;
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      const part = repeated(atom());
      needs.push(...part.needs);
      const joined: readonly string[] | null = part.exact === null || run === null ? null : crossed(run, part.exact);
      if (joined !== null) {
        run = joined;
        continue;
      }
      isExact = false;
      end();
      if (part.exact !== null) run = part.exact;
    }
    if (isExact) return { exact: run, needs };
    end();
    return { exact: null, needs };
  };

  /** What a quantifier leaves of a part. */
  const repeated = (part: Part): Part => {
    const quantifier = /^(?:[*+?]|\{(\d+)(,\d*)?\})\??/.exec(pattern.slice(at, at + 12));
    if (quantifier === null) return part;
    at += quantifier[0].length;
    const sign = quantifier[0][0];
    if (sign === '?' || sign === '*' || (sign === '{' && quantifier[1] === '0'))
      return part.exact !== null && sign === '?' && part.exact.length < 4 ? { exact: [...part.exact, ''], needs: [] } : NOTHING;
    if (sign === '{' && quantifier[1] === '1' && quantifier[2] === undefined) return part;
    return { exact: null, needs: part.exact === null || part.exact.includes('') ? part.needs : [part.exact, ...part.needs] };
  };

  const atom = (): Part => {
    const char = pattern[at]!;
    if (char === '(') {
      const group = /^\((?:\?(?:P?<\w+>|[a-zA-Z-]*:))?/.exec(pattern.slice(at, at + 80))!;
      const flags = /^\(\?[a-zA-Z-]+\)/.exec(pattern.slice(at, at + 12));
      if (flags !== null) {
        at += flags[0].length;
        return { exact: [''], needs: [] };
      }
      at += group[0].length;
      // Deep nesting is left unread: the rest of the pattern then demands nothing.
      if (++depth > 200) {
        at = pattern.length;
        return NOTHING;
      }
      const inner = alternation();
      depth--;
      if (pattern[at] === ')') at++;
      return inner;
    }
    if (char === '[') return charClass();
    at++;
    if (char === '.') return NOTHING;
    if (char === '^' || char === '$') return { exact: [''], needs: [] };
    if (char !== '\\') return { exact: [char], needs: [] };
    const next = pattern[at++];
    if (next === undefined) return NOTHING;
    if (next === 'x' || next === 'p' || next === 'P') {
      const rest = /^(?:\{[^}]*\}|[\da-fA-F]{2}|.)/.exec(pattern.slice(at, at + 60));
      at += rest?.[0].length ?? 0;
      return NOTHING;
    }
    if (next === 'b' || next === 'B' || next === 'A' || next === 'z') return { exact: [''], needs: [] };
    if (next === 't') return { exact: ['\t'], needs: [] };
    if (next === 'n') return { exact: ['\n'], needs: [] };
    if (next === 'r') return { exact: ['\r'], needs: [] };
    if (/[A-Za-z0-9]/.test(next)) return NOTHING;
    return { exact: [next], needs: [] };
  };

  const charClass = (): Part => {
    const start = at++;
    if (pattern[at] === '^') at++;
    if (pattern[at] === ']') at++;
    while (at < pattern.length && pattern[at] !== ']') {
      if (pattern[at] === '[' && pattern[at + 1] === ':') {
        const end = pattern.indexOf(':]', at);
        at = end < 0 ? at + 1 : end + 2;
      } else at += pattern[at] === '\\' ? 2 : 1;
    }
    at++;
    const inner = pattern.slice(start + 1, at - 1);
    return /^[a-zA-Z0-9 ,;:'"/]{1,4}$/.test(inner) ? { exact: [...inner], needs: [] } : NOTHING;
  };

  const whole = alternation();
  // A bracket too many: nothing is sure.
  if (at < pattern.length) return [];
  return whole.exact !== null && !whole.exact.includes('') ? [...whole.needs, whole.exact] : whole.needs;
}

/** Every text of one followed by every text of the other; null where there would be many. */
function crossed(a: readonly string[], b: readonly string[]): readonly string[] | null {
  if (a.length * b.length > MOST) return null;
  return a.flatMap((head) => b.map((tail) => head + tail));
}

/** One of several alternatives: each must have a demand, else the choice demands nothing. */
function oneOf(parts: readonly Part[]): Part {
  if (parts.every((part) => part.exact !== null)) {
    const exact = parts.flatMap((part) => part.exact!);
    if (exact.length <= MOST) return { exact, needs: [] };
    return { exact: null, needs: exact.includes('') ? [] : [exact] };
  }
  const chosen: string[] = [];
  for (const part of parts) {
    const sets = part.exact === null || part.exact.includes('') ? part.needs : [...part.needs, part.exact];
    const best = sets.toSorted((a, b) => Math.min(...b.map((one) => one.length)) - Math.min(...a.map((one) => one.length)))[0];
    if (best === undefined) return NOTHING;
    chosen.push(...best);
  }
  return { exact: null, needs: chosen.length > 400 ? [] : [chosen] };
}
