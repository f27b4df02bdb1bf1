import type { Span } from '../../../model';
import { withLost } from '../../../syntax/expression';
import type { EsqlCode } from '../diagnostics';
import type { Assignment, Body, Node, Pattern, Pipeline, SortNode } from '../tree';
import { isQualified, isStop, parseExpression, parseField, parseQualified, parseValue, type Parse } from './expression';
import type { EsqlLexeme } from './lexer';

/** Reads what follows a command's word, up to the next pipe. */
export function parseBody(state: Parse, name: string): Body {
  switch (name) {
    case 'from':
    case 'ts':
    case 'metrics':
      return parseFrom(state);
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
    case 'uri_parts':
    case 'user_agent':
    case 'registered_domain':
    case 'ip_location':
      return parseParts(state);
    case 'enrich':
      return parseEnrich(state);
    case 'lookup join':
    case 'left join':
    case 'right join':
    case 'lookup':
      return parseJoin(state);
    case 'fork':
      return { kind: 'fork', branches: parseBranches(state) };
    case 'completion':
      return parseCompletion(state);
    case 'rerank':
      return parseRerank(state);
    case 'change_point':
      return parseChangePoint(state);
    case 'sort':
      return parseSort(state);
    case 'limit':
      return parseLimit(state);
    case 'sample':
      return { kind: 'limit', count: parseValue(state), by: [] };
    default:
      skipCommand(state);
      return { kind: 'plain' };
  }
}

/** Goes past a command that is not modelled: up to the next pipe, or the bracket that closes around it. Brackets in it are gone past whole. */
export function skipCommand({ cursor }: Parse): void {
  let inside = 0;
  while (!cursor.isEnd() && (inside > 0 || !cursor.isAt('|', ';'))) {
    if (cursor.isAt('(', '[', '{')) inside++;
    else if (cursor.isAt(')', ']', '}') && --inside < 0) return;
    cursor.next();
  }
}

/** A condition, with what has to be skipped before the next pipe. */
function parseCondition(state: Parse): Node {
  const node = parseExpression(state);
  // A closing bracket ends a branch; outside of branches nothing is open that it could close.
  const isEnd = ({ kind }: EsqlLexeme): boolean => kind === '|' || kind === 'end' || kind === ';' || (kind === ')' && state.depth > 0);
  const { cursor } = state;
  return isEnd(cursor.peek()) ? node : withLost<Node>(node, cursor.fail('esql/syntax' satisfies EsqlCode, 'Expected `and`, `or` or `|`.', isEnd));
}

/** A run of lexemes up to a comma, a clause or a pipe, read as one text: index patterns and fields with stars. */
function parsePattern(state: Parse, isEnd: (token: EsqlLexeme) => boolean): Pattern | null {
  const { cursor, text } = state;
  const start = cursor.peek().start;
  if (isQualified(cursor)) {
    const field = parseQualified(state);
    return { start: field.start, end: field.end, text: field.kind === 'field' ? field.name : text.slice(field.start, field.end) };
  }
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

const isBreak = ({ kind }: EsqlLexeme): boolean =>
  kind === ',' || kind === '|' || kind === ';' || kind === '(' || kind === ')' || kind === '=' || kind === '[' || kind === ']';

// qualifiedNamePatterns = qualifiedNamePattern { ',' qualifiedNamePattern }
function parsePatterns(state: Parse): readonly Pattern[] {
  const of: Pattern[] = [];
  do {
    const pattern = parsePattern(state, isBreak);
    if (pattern !== null) of.push(pattern);
  } while (state.cursor.take(',') !== null);
  return of;
}

// fromCommand = ('from' | 'ts') indexPatternOrSubquery { ',' indexPatternOrSubquery } [ 'metadata' name { ',' name } ]
function parseFrom(state: Parse): Body {
  const { cursor } = state;
  const sources: Pattern[] = [];
  const branches: Pipeline[] = [];
  do {
    if (cursor.isAt('(')) branches.push(parseBranch(state));
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

function parseBranch(state: Parse): Pipeline {
  const { cursor } = state;
  const open = cursor.next();
  state.depth++;
  const pipeline = state.parseInner();
  state.depth--;
  if (cursor.take(')') === null) state.remark('esql/unclosed', 'error', open, 'This `(` is not closed: expected `)`.');
  return pipeline;
}

function parseBranches(state: Parse): readonly Pipeline[] {
  const branches: Pipeline[] = [];
  while (state.cursor.isAt('(')) branches.push(parseBranch(state));
  if (branches.length === 0) state.fail('esql/syntax', 'Expected branches in parentheses, such as `(where … )`.', ({ kind }) => kind === '|' || kind === ')');
  return branches;
}

// fields = field { ',' field }     field = [ qualifiedName '=' ] booleanExpression     aggField = field [ 'where' booleanExpression ]
function parseAssignments(state: Parse, isMeasure = false): readonly Assignment[] {
  const { cursor } = state;
  const of: Assignment[] = [];
  do {
    if (of.length > 0 && cursor.isAt('|', 'end', ')', ';')) {
      state.remark('esql/syntax', 'warning', cursor.peek(), 'Expected another column after the comma.');
      break;
    }
    const start = cursor.peek().start;
    const name = takeTarget(state);
    const value = parseExpression(state);
    const hasCondition = isMeasure && state.isWord('where');
    if (hasCondition) cursor.next();
    const condition = hasCondition ? parseExpression(state) : null;
    if (!cursor.isAt(',', '|', 'end', ')', ';') && !state.isWord('by', 'with'))
      state.fail('esql/syntax', 'Expected `,`, `by` or `|`.', (token) => isStop(cursor, token));
    of.push({ start, end: Math.max(start, cursor.last), name, value, condition });
  } while (cursor.take(',') !== null);
  return of;
}

/** `name =` where a single equals sign follows a field's name. */
function takeTarget(state: Parse): Assignment['name'] {
  const { cursor } = state;
  if (!cursor.isAt('word', 'quoted-name', 'parameter')) return null;
  let ahead = 1;
  while (cursor.peek(ahead).kind === '.') ahead += 2;
  if (cursor.peek(ahead).kind !== '=') return null;
  const field = parseField(state);
  if (cursor.take('=') === null) return null;
  return { start: field.start, end: field.end, text: field.kind === 'field' ? field.name : '' };
}

// statsCommand = 'stats' [ aggFields ] [ 'by' fields ]
function parseStats(state: Parse): Body {
  const of = state.isWord('by') ? [] : parseAssignments(state, true);
  if (!state.isWord('by')) return { kind: 'stats', of, by: [] };
  state.cursor.next();
  return { kind: 'stats', of, by: parseAssignments(state) };
}

// renameClause = old 'as' new | new '=' old
function parseRename(state: Parse): Body {
  const { cursor } = state;
  const of: { from: Pattern; to: Pattern }[] = [];
  do {
    const first = parsePattern(state, isBreak);
    const isReversed = cursor.isAt('=');
    if (isReversed || state.isWord('as')) cursor.next();
    else state.fail('esql/syntax', 'Expected `as` and the new name.', (token) => token.kind === ',' || token.kind === '|');
    const second = cursor.isAt(',', '|', 'end') ? null : parsePattern(state, isBreak);
    if (second === null) state.fail('esql/syntax', 'Expected the new name.', (token) => token.kind === ',' || token.kind === '|');
    if (first !== null && second === null) state.skipped.push({ start: first.start, end: first.end });
    if (first === null && second !== null) state.skipped.push({ start: second.start, end: second.end });
    if (first !== null && second !== null) of.push(isReversed ? { from: second, to: first } : { from: first, to: second });
  } while (cursor.take(',') !== null);
  return { kind: 'rename', of };
}

// grokCommand = 'grok' primaryExpression string { ',' string }     dissectCommand = 'dissect' primaryExpression string [ name '=' constant ]
function parseExtract(state: Parse, name: 'grok' | 'dissect'): Body {
  const { cursor } = state;
  const input = cursor.isAt('word', 'quoted-name') && cursor.peek(1).kind !== '(' && cursor.peek(1).kind !== '::' ? parseField(state) : parseValue(state);
  const made: Pattern[] = [];
  const patterns: Node[] = [];
  if (!cursor.isAt('string', 'raw', 'single', 'parameter'))
    state.fail('esql/syntax', 'Expected a pattern in quotes.', ({ kind }) => kind === '|' || kind === ')');
  while (cursor.isAt('string', 'raw', 'single', 'parameter')) {
    const node = parseValue(state);
    patterns.push(node);
    if (node.kind === 'text') for (const one of namesIn(node.value.text, name, node)) made.push(one);
    if (cursor.take(',') === null) break;
  }
  const options: { name: string; start: number; value: Node }[] = [];
  while (cursor.isAt('word') && cursor.peek(1).kind === '=') {
    const option = cursor.next();
    cursor.next();
    options.push({ name: cursor.textOf(option).toLowerCase(), start: option.start, value: parseValue(state) });
    if (cursor.take(',') === null) break;
  }
  return { kind: 'extract', input, patterns, made, options };
}

// uriPartsCommand = 'uri_parts' qualifiedName '=' primaryExpression [ 'with' mapExpression ]; its kin the same
function parseParts(state: Parse): Body {
  const target = takeTarget(state);
  if (target === null) {
    state.fail('esql/syntax', 'Expected a name for the new columns and `=`.', ({ kind }) => kind === '|' || kind === ')');
    return { kind: 'plain' };
  }
  const input = parseValue(state);
  return { kind: 'parts', target, input, options: parseOptions(state) };
}

/** `with { … }`; null where none stands. */
function parseOptions(state: Parse): Node | null {
  if (!state.isWord('with')) return null;
  state.cursor.next();
  return parseValue(state);
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

// enrichCommand = 'enrich' policy [ 'on' name ] [ 'with' enrichWithClause { ',' enrichWithClause } ]
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
      if (first !== null) made.push({ start: first.start, end: (second ?? first).end, text: first.text, from: (second ?? first).text });
    } while (cursor.take(',') !== null);
  }
  return { kind: 'enrich', policy, on, made };
}

// joinCommand = ('lookup' | 'left' | 'right') 'join' index [ 'as' name ] 'on' booleanExpression { ',' booleanExpression }
function parseJoin(state: Parse): Body {
  const { cursor } = state;
  const index = parsePattern(state, isBreak);
  if (state.isWord('as')) cursor.next();
  const alias = cursor.isAt('word', 'quoted-name') && !state.isWord('on') ? parsePattern(state, isBreak) : null;
  const on: Node[] = [];
  if (!state.isWord('on')) state.fail('esql/syntax', 'Expected `on` and the field to join by.', ({ kind }) => kind === '|' || kind === ')');
  else {
    cursor.next();
    do on.push(parseExpression(state));
    while (cursor.take(',') !== null);
  }
  return { kind: 'join', index, alias, on };
}

// completionCommand = 'completion' [ qualifiedName '=' ] primaryExpression [ 'with' mapExpression ]
function parseCompletion(state: Parse): Body {
  const target = takeTarget(state);
  const prompt = parseExpression(state);
  return { kind: 'completion', target, prompt, clauses: parseClauses(state) };
}

/** What follows `on`, `with` and `as`, and `by`. */
function parseClauses(state: Parse): readonly Node[] {
  const { cursor } = state;
  const clauses: Node[] = [];
  while (state.isWord('on', 'with', 'as', 'by')) {
    cursor.next();
    do clauses.push(parseExpression(state));
    while (cursor.take(',') !== null);
  }
  return clauses;
}

// rerankCommand = 'rerank' [ qualifiedName '=' ] constant 'on' fields [ 'with' mapExpression ]
function parseRerank(state: Parse): Body {
  const target = takeTarget(state);
  const prompt = parseExpression(state);
  let on: readonly Assignment[] = [];
  if (state.isWord('on')) {
    state.cursor.next();
    on = parseAssignments(state);
  }
  return { kind: 'rerank', target, prompt, on, clauses: parseClauses(state) };
}

// changePointCommand = 'change_point' qualifiedName [ 'on' qualifiedName ] [ 'as' qualifiedName ',' qualifiedName ] [ 'by' booleanExpression { ',' … } ]
function parseChangePoint(state: Parse): Body {
  const { cursor } = state;
  const value = parseValue(state);
  const clauses: Node[] = [];
  const made: Pattern[] = [];
  while (state.isWord('on', 'as', 'by')) {
    const isName = state.isWord('as');
    cursor.next();
    do {
      const node = parseExpression(state);
      if (isName && node.kind === 'field') made.push({ start: node.start, end: node.end, text: node.name });
      else clauses.push(node);
    } while (cursor.take(',') !== null);
  }
  return { kind: 'change-point', value, made, clauses };
}

// sortCommand = 'sort' orderExpression { ',' orderExpression }     orderExpression = booleanExpression [ 'asc' | 'desc' ] [ 'nulls' ('first' | 'last') ]
function parseSort(state: Parse): Body {
  const { cursor } = state;
  const keys: SortNode[] = [];
  do {
    const of = parseExpression(state);
    const isDescending = state.isWord('desc');
    if (state.isWord('asc', 'desc')) cursor.next();
    let nulls: SortNode['nulls'] = null;
    if (state.isWord('nulls')) {
      cursor.next();
      nulls = state.isWord('first') ? 'first' : state.isWord('last') ? 'last' : null;
      if (nulls !== null) cursor.next();
      else state.fail('esql/syntax', 'Expected `first` or `last`.', (token) => isStop(cursor, token));
    }
    keys.push({ start: of.start, end: Math.max(of.end, cursor.last), of, isDescending, nulls });
  } while (cursor.take(',') !== null);
  return { kind: 'sort', of: keys };
}

// limitCommand = 'limit' constant [ 'by' booleanExpression { ',' booleanExpression } ]
function parseLimit(state: Parse): Body {
  const { cursor } = state;
  const count = parseValue(state);
  const by: Node[] = [];
  if (state.isWord('by')) {
    cursor.next();
    do by.push(parseExpression(state));
    while (cursor.take(',') !== null);
  }
  return { kind: 'limit', count, by };
}
