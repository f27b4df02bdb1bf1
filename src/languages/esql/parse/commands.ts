import type { Span } from '../../../model';
import { isStop, parseExpression, parseField, parseValue, withLost, type Parse } from './expression';
import type { EsqlLexeme } from './lexer';
import type { Assignment, Body, Node, Pattern, Pipeline } from '../tree';

type ParsePipeline = (state: Parse, isInner: boolean) => Pipeline;

/** Reads what follows a command's word, up to the next pipe. */
export function parseBody(state: Parse, name: string, parsePipeline: ParsePipeline): Body {
  switch (name) {
    case 'from':
    case 'ts':
      return parseFrom(state, parsePipeline);
    case 'where':
      return { kind: 'where', condition: parseCondition(state) };
    case 'eval':
    case 'row':
      return { kind: 'assign', of: parseAssignments(state) };
    case 'stats':
    case 'inline stats':
    case 'inlinestats':
      return parseStats(state);
    case 'keep':
    case 'drop':
    case 'mv_expand':
      return { kind: 'columns', of: parsePatterns(state) };
    case 'rename':
      return parseRename(state);
    case 'grok':
    case 'dissect':
      return parseExtract(state, name);
    case 'enrich':
      return parseEnrich(state);
    case 'lookup join':
      return parseJoin(state);
    case 'fork':
      return { kind: 'fork', branches: parseBranches(state, parsePipeline) };
    case 'completion':
    case 'rerank':
      return parseCompletion(state);
    case 'sort':
      return parseSort(state);
    case 'limit':
    case 'sample':
      parseValue(state);
      return { kind: 'plain' };
    default:
      while (!state.cursor.isAt('|', 'end') && !state.cursor.isAt(')')) state.cursor.next();
      return { kind: 'plain' };
  }
}

/** A condition, with what has to be skipped before the next pipe. */
function parseCondition(state: Parse): Node {
  const node = parseExpression(state);
  // A closing bracket ends a branch; outside of branches nothing is open that it could close.
  const isEnd = ({ kind }: EsqlLexeme): boolean => kind === '|' || kind === 'end' || (kind === ')' && state.depth > 0);
  return isEnd(state.cursor.peek()) ? node : withLost(node, state.fail('esql/syntax', 'Expected `and`, `or` or `|`.', isEnd));
}

/** A run of lexemes up to a comma, a clause or a pipe, read as one text: index patterns and fields with stars. */
function parsePattern(state: Parse, isEnd: (token: EsqlLexeme) => boolean): Pattern | null {
  const { cursor, text } = state;
  const start = cursor.peek().start;
  while (!cursor.isEnd() && !isEnd(cursor.peek())) {
    const { end } = cursor.next();
    // A blank ends the pattern.
    if (cursor.peek().start > end) break;
  }
  if (cursor.last <= start) {
    state.fail('esql/syntax', 'Expected a name.', (token) => isEnd(token) || token.kind === ',');
    return null;
  }
  const source = text.slice(start, cursor.last);
  return { start, end: cursor.last, text: source.replace(/^"{1,3}|"{1,3}$/g, '').replaceAll('`', '') };
}

const isBreak = ({ kind }: EsqlLexeme): boolean => kind === ',' || kind === '|' || kind === '(' || kind === ')' || kind === '=' || kind === '[' || kind === ']';

// Patterns := Pattern (',' Pattern)*
function parsePatterns(state: Parse): readonly Pattern[] {
  const of: Pattern[] = [];
  do {
    const pattern = parsePattern(state, isBreak);
    if (pattern !== null) of.push(pattern);
  } while (state.cursor.take(',') !== null);
  return of;
}

// From := ('from' | 'ts') (Pattern | '(' Pipeline ')') (',' …)* ('metadata' Patterns)?
function parseFrom(state: Parse, parsePipeline: ParsePipeline): Body {
  const { cursor } = state;
  const sources: Pattern[] = [];
  const branches: Pipeline[] = [];
  do {
    if (cursor.isAt('(')) branches.push(parseBranch(state, parsePipeline));
    else {
      const pattern = parsePattern(state, isBreak);
      if (pattern !== null) sources.push(pattern);
    }
  } while (cursor.take(',') !== null);
  // Older texts put the metadata in square brackets.
  const bracket = cursor.take('[');
  const hasMetadata = state.isWord('metadata');
  if (hasMetadata) cursor.next();
  const metadata = hasMetadata ? parsePatterns(state) : [];
  if (bracket !== null && cursor.take(']') === null) state.remark('esql/unclosed', 'error', bracket, 'This `[` is not closed: expected `]`.');
  return { kind: 'from', sources, metadata, branches };
}

function parseBranch(state: Parse, parsePipeline: ParsePipeline): Pipeline {
  const { cursor } = state;
  const open = cursor.next();
  state.depth++;
  const pipeline = parsePipeline(state, true);
  state.depth--;
  if (cursor.take(')') === null) state.remark('esql/unclosed', 'error', open, 'This `(` is not closed: expected `)`.');
  return pipeline;
}

function parseBranches(state: Parse, parsePipeline: ParsePipeline): readonly Pipeline[] {
  const branches: Pipeline[] = [];
  while (state.cursor.isAt('(')) branches.push(parseBranch(state, parsePipeline));
  if (branches.length === 0) state.fail('esql/syntax', 'Expected branches in parentheses, such as `(where … )`.', ({ kind }) => kind === '|' || kind === ')');
  return branches;
}

// Assignments := Assignment (',' Assignment)*   Assignment := (Field '=')? Expression ('where' Expression)?
function parseAssignments(state: Parse): readonly Assignment[] {
  const { cursor } = state;
  const of: Assignment[] = [];
  do {
    if (of.length > 0 && cursor.isAt('|', 'end', ')')) {
      state.remark('esql/syntax', 'warning', cursor.peek(), 'Expected another column after the comma.');
      break;
    }
    const start = cursor.peek().start;
    const name = takeTarget(state);
    const value = parseExpression(state);
    const hasCondition = state.isWord('where');
    if (hasCondition) cursor.next();
    const condition = hasCondition ? parseExpression(state) : null;
    if (!cursor.isAt(',', '|', 'end', ')') && !state.isWord('by', 'with')) state.fail('esql/syntax', 'Expected `,`, `by` or `|`.', isStop(state));
    of.push({ start, end: Math.max(start, cursor.last), name, value, condition });
  } while (cursor.take(',') !== null);
  return of;
}

/** `name =` where a single equals sign follows a field's name. */
function takeTarget(state: Parse): Assignment['name'] {
  const { cursor } = state;
  if (!cursor.isAt('word', 'quoted-name')) return null;
  let ahead = 1;
  while (cursor.peek(ahead).kind === '.') ahead += 2;
  if (cursor.peek(ahead).kind !== '=') return null;
  const field = parseField(state);
  if (cursor.take('=') === null) return null;
  return { start: field.start, end: field.end, text: field.kind === 'field' ? field.name : '' };
}

// Stats := Assignments? ('by' Assignments)?
function parseStats(state: Parse): Body {
  const of = state.isWord('by') ? [] : parseAssignments(state);
  if (!state.isWord('by')) return { kind: 'stats', of, by: [] };
  state.cursor.next();
  return { kind: 'stats', of, by: parseAssignments(state) };
}

// Rename := Pattern 'as' Pattern | Pattern '=' Pattern, …
function parseRename(state: Parse): Body {
  const { cursor } = state;
  const of: { from: Pattern; to: Pattern }[] = [];
  do {
    const first = parsePattern(state, isBreak);
    const isReversed = cursor.isAt('=');
    if (isReversed || state.isWord('as')) cursor.next();
    else state.fail('esql/syntax', 'Expected `as` and the new name.', (token) => token.kind === ',' || token.kind === '|');
    const second = cursor.isAt(',', '|', 'end') ? null : parsePattern(state, isBreak);
    if (first !== null && second !== null) of.push(isReversed ? { from: second, to: first } : { from: first, to: second });
  } while (cursor.take(',') !== null);
  return { kind: 'rename', of };
}

// Extract := ('grok' | 'dissect') Field Text (',' Text)* ('append_separator' '=' Text)?
function parseExtract(state: Parse, name: 'grok' | 'dissect'): Body {
  const { cursor } = state;
  const input = cursor.isAt('word', 'quoted-name') ? parseField(state) : parseValue(state);
  const made: Pattern[] = [];
  if (!cursor.isAt('string', 'raw', 'single', 'parameter'))
    state.fail('esql/syntax', 'Expected a pattern in quotes.', ({ kind }) => kind === '|' || kind === ')');
  while (cursor.isAt('string', 'raw', 'single', 'parameter')) {
    const node = parseValue(state);
    if (node.kind === 'text') made.push(...namesIn(node.value.text, name, node));
    if (cursor.take(',') === null) break;
  }
  if (state.isWord('append_separator')) {
    cursor.next();
    if (cursor.take('=') !== null) parseValue(state);
  }
  return { kind: 'extract', input, made };
}

/** Columns a pattern makes; their place is the whole pattern's. */
function namesIn(pattern: string, name: 'grok' | 'dissect', { start, end }: Span): readonly Pattern[] {
  const names =
    name === 'grok'
      ? [...pattern.matchAll(/%\{\w{1,80}:([^:}]{1,200})(?::\w{1,20})?\}|\(\?<([A-Za-z][\w.]{0,200})>/g)].map((match) => match[1] ?? match[2]!)
      : [...pattern.matchAll(/%\{([+&*?]?)([^}>]{0,200}?)(?:->)?\}/g)].flatMap((match) =>
          match[1] === '?' || match[2] === '' ? [] : [match[2]!.replace(/\/\d+$/, '')],
        );
  return [...new Set(names)].map((text) => ({ start, end, text }));
}

// Enrich := Policy ('on' Field)? ('with' (Field '=')? Field, …)?
function parseEnrich(state: Parse): Body {
  const { cursor } = state;
  const policy = parsePattern(state, isBreak);
  let on: Pattern | null = null;
  if (state.isWord('on')) {
    cursor.next();
    on = parsePattern(state, isBreak);
  }
  const made: (Pattern & { from: string })[] = [];
  if (state.isWord('with')) {
    cursor.next();
    do {
      const first = parsePattern(state, isBreak);
      const second = cursor.take('=') === null ? null : parsePattern(state, isBreak);
      if (first !== null) made.push({ ...first, from: (second ?? first).text });
    } while (cursor.take(',') !== null);
  }
  return { kind: 'enrich', policy, on, made };
}

// Join := 'lookup join' Pattern ('as' Pattern)? 'on' Expression (',' Expression)*
function parseJoin(state: Parse): Body {
  const { cursor } = state;
  const index = parsePattern(state, isBreak);
  if (state.isWord('as')) {
    cursor.next();
    parsePattern(state, isBreak);
  }
  const on: Node[] = [];
  if (!state.isWord('on')) state.fail('esql/syntax', 'Expected `on` and the field to join by.', ({ kind }) => kind === '|' || kind === ')');
  else {
    cursor.next();
    do on.push(parseExpression(state));
    while (cursor.take(',') !== null);
  }
  return { kind: 'join', index, on };
}

// Completion := (Field '=')? Expression ('on' Field)? ('with' Map)?
function parseCompletion(state: Parse): Body {
  const { cursor } = state;
  const target = takeTarget(state);
  parseExpression(state);
  for (let clause = state.isWord('on', 'with', 'as'); clause; clause = state.isWord('on', 'with', 'as')) {
    cursor.next();
    do parseExpression(state);
    while (cursor.take(',') !== null);
  }
  return { kind: 'completion', target };
}

// Sort := Expression ('asc' | 'desc')? ('nulls' ('first' | 'last'))? (',' …)*
function parseSort(state: Parse): Body {
  const { cursor } = state;
  do {
    parseExpression(state);
    if (state.isWord('asc', 'desc')) cursor.next();
    if (state.isWord('nulls')) {
      cursor.next();
      if (state.isWord('first', 'last')) cursor.next();
      else state.fail('esql/syntax', 'Expected `first` or `last`.', isStop(state));
    }
  } while (cursor.take(',') !== null);
  return { kind: 'plain' };
}
