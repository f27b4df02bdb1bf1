import type { Callable, Signature, Span, Suggestion } from '../model';

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

/** What a label shows of a call, argument by argument: each with what stands before it, and its end in the whole. */
function written(
  { name, parameters }: Callable,
  shown: (parameter: Callable['parameters'][number]) => string,
): { readonly text: string; readonly spans: readonly Span[] } {
  let text = `${name}(`;
  const spans = parameters.map((parameter, at) => {
    if (at > 0) text += ', ';
    const start = text.length;
    text += shown(parameter);
    const span = { start, end: text.length };
    // Behind the last of those that may be repeated.
    if (parameter.most > 1 && (parameters[at + 1]?.most ?? 1) === 1) text += ', …';
    return span;
  });
  return { text: `${text})`, spans };
}

const typed = ({ name, type, isOptional }: Callable['parameters'][number]): string => `${name}${isOptional ? '?' : ''}${type === 'any' ? '' : `: ${type}`}`;

/** `name(first: type, second?: type) gives type`, `?` behind what may be left out. */
const labelOf = (callable: Callable): ReturnType<typeof written> => {
  const { text, spans } = written(callable, typed);
  return { text: callable.gives === 'any' ? text : `${text} gives ${callable.gives}`, spans };
};

const CASES: Readonly<Record<NonNullable<Callable['case']>, string>> = {
  exact: " Letters' case counts.",
  folded: " Letters' case does not count.",
  tilde: " Letters' case counts, but not with `~` behind the name.",
};

/** A function's one line of help, with what it makes of letters' case where it compares texts. */
const helpOf = (callable: Callable): string => callable.help + (callable.case === undefined ? '' : CASES[callable.case]);

/** What a card shows of a function. */
export const callHelp = (callable: Callable): string => `\`${labelOf(callable).text}\`\n\n${helpOf(callable)}`;

/** Functions as completion offers them: the place is put between their brackets, where they take anything. */
export const callItems = (callables: Iterable<Callable>): readonly Suggestion[] =>
  [...callables].map((callable) => {
    const { name, parameters, help } = callable;
    return {
      label: name,
      kind: 'function',
      ...(parameters.length === 0 ? { insert: `${name}()` } : { template: `${name}($0)` }),
      detail: `${written(callable, ({ name: argument }) => argument).text}: ${help}`,
    };
  });

const counted = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`;

/** `2 to 3 arguments`. */
export const countText = (least: number, most: number): string =>
  most === Infinity ? `at least ${counted(least)}` : least === most ? (most === 0 ? 'no arguments' : counted(least)) : `${least} to ${counted(most)}`;

/** What is wrong with the number of arguments a function is given; null: nothing. */
export const countFault = ({ name, least, most }: Callable, count: number): string | null =>
  count < least || count > most ? `\`${name}\` takes ${countText(least, most)}; here it has ${count}.` : null;

/** The parameter an argument is for: those that may be repeated follow each other round and round. */
function parameterAt({ parameters }: Callable, argument: number): number {
  const first = parameters.findIndex(({ most }) => most > 1);
  if (first < 0 || argument < first) return argument;
  const width = parameters.filter(({ most }) => most > 1).length;
  return first + ((argument - first) % width);
}

/** The type wanted of an argument by its index; `any` past the last one. */
export const typeAt = (callable: Callable, argument: number): string => callable.parameters[parameterAt(callable, argument)]?.type ?? 'any';

/** The signature of the call around an offset; null where there is none, or its function is not known. */
export function signatureAt(text: string, lexemes: readonly Span[], offset: number, find: (name: string) => Callable | undefined): Signature | null {
  const call = callAt(text, lexemes, offset);
  const callable = call === null ? undefined : find(call.name);
  if (call === null || callable === undefined) return null;
  const { text: label, spans } = labelOf({ ...callable, name: call.name });
  return { label, parameters: spans, active: parameterAt(callable, call.argument), help: helpOf(callable) };
}
