import type { Signature, Span } from '../model';

/** What a function takes and gives, as help shows it. */
export interface Callable {
  /** Names of its arguments, separated by commas; `…`: any number more. */
  readonly args: string;
  /** '' or `any` where it depends on the arguments. */
  readonly gives: string;
  readonly help: string;
}

interface Call {
  readonly name: string;
  /** Index of the argument the place stands in. */
  readonly argument: number;
}

/** The innermost call that is open at an offset, by the lexemes before it; null outside calls. A text or comment is one lexeme. Linear. */
export function callAt(text: string, lexemes: readonly Span[], offset: number): Call | null {
  const open: { readonly name: string; argument: number }[] = [];
  let before = '';
  let end = -1;
  for (const lexeme of lexemes) {
    if (lexeme.start >= offset || lexeme.end === lexeme.start) break;
    const isSign = lexeme.end - lexeme.start === 1;
    const sign = isSign ? text[lexeme.start]! : '';
    if (sign !== '' && '([{'.includes(sign))
      open.push({ name: sign === '(' && /^[A-Za-z_][\w-]*$/.test(before) && end <= lexeme.start ? before : '', argument: 0 });
    else if (sign !== '' && ')]}'.includes(sign)) open.pop();
    else if (sign === ',' && open.length > 0) open[open.length - 1]!.argument++;
    else if (sign === '|' || sign === ';') open.length = 0;
    before = lexeme.end - lexeme.start > 60 ? '' : text.slice(lexeme.start, lexeme.end);
    end = lexeme.end;
  }
  const call = open.at(-1);
  return call === undefined || call.name === '' ? null : call;
}

/** `name(first, second) gives type`. */
export const callText = (name: string, { args, gives }: Callable): string => `${name}(${args})${gives === '' || gives === 'any' ? '' : ` gives ${gives}`}`;

/** The signature of the call around an offset; null where there is none, or its function is not known. */
export function signatureAt(text: string, lexemes: readonly Span[], offset: number, find: (name: string) => Callable | undefined): Signature | null {
  const call = callAt(text, lexemes, offset);
  const callable = call === null ? undefined : find(call.name);
  if (call === null || callable === undefined) return null;
  const parameters: Span[] = [];
  let start = call.name.length + 1;
  for (const name of callable.args === '' ? [] : callable.args.split(', ')) {
    parameters.push({ start, end: start + name.length });
    start += name.length + 2;
  }
  const isEndless = callable.args.endsWith('…');
  return {
    label: callText(call.name, callable),
    parameters,
    active: isEndless ? Math.min(call.argument, parameters.length - 1) : call.argument,
    help: callable.help,
  };
}
