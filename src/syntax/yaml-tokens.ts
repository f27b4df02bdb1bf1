import type { CST } from 'yaml';
import type { Token, TokenType } from '../model';

/** May name a scalar's type by its offset (a condition, a query): null leaves it to others, so that they can put finer tokens there. */
type TypeOf = (offset: number, isKey: boolean) => TokenType | null | undefined;

interface Colouring {
  readonly tokens: Token[];
  readonly text: string;
  readonly typeOf: TypeOf | undefined;
}

/** Colours of a YAML text from its lexical tree, in order: keys, values, comments, punctuation. */
export function tokensOfYaml(roots: readonly CST.Token[], text: string, typeOf?: TypeOf): Token[] {
  const tokens: Token[] = [];
  const colouring: Colouring = { tokens, text, typeOf };
  for (const root of roots) colour(colouring, root, false);
  for (let at = 1; at < tokens.length; at++) if (tokens[at]!.start < tokens[at - 1]!.start) return tokens.sort((a, b) => a.start - b.start);
  return tokens;
}

function colour(colouring: Colouring, token: CST.Token | CST.SourceToken, isKey: boolean): void {
  switch (token.type) {
    case 'document':
      for (const part of token.start) colourLeaf(colouring, part.type, part.offset, part.source, false);
      if (token.value !== undefined) colour(colouring, token.value, false);
      if (token.end !== undefined) for (const part of token.end) colourLeaf(colouring, part.type, part.offset, part.source, false);
      return;
    case 'block-map':
    case 'block-seq':
    case 'flow-collection':
      if (token.type === 'flow-collection') colourLeaf(colouring, token.start.type, token.start.offset, token.start.source, false);
      for (const item of token.items) {
        for (const part of item.start) colourLeaf(colouring, part.type, part.offset, part.source, false);
        if (item.key != null) colour(colouring, item.key, true);
        if (item.sep !== undefined) for (const part of item.sep) colourLeaf(colouring, part.type, part.offset, part.source, false);
        if (item.value !== undefined) colour(colouring, item.value, false);
      }
      if (token.type === 'flow-collection') for (const part of token.end) colourLeaf(colouring, part.type, part.offset, part.source, false);
      return;
    case 'block-scalar':
      for (const part of token.props) if ('source' in part) colourLeaf(colouring, part.type, part.offset, part.source, false);
      colourLeaf(colouring, token.type, bodyOffset(token, colouring.text), token.source, isKey);
      return;
    default:
      if ('source' in token) colourLeaf(colouring, token.type, token.offset, token.source, isKey);
      if ('end' in token && Array.isArray(token.end))
        for (const part of token.end as CST.SourceToken[]) colourLeaf(colouring, part.type, part.offset, part.source, false);
  }
}

function colourLeaf({ tokens, typeOf }: Colouring, kind: string, offset: number, source: string, isKey: boolean): void {
  let type: TokenType;
  switch (kind) {
    case 'space':
    case 'newline':
      return;
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
    case 'block-scalar': {
      const asked = typeOf?.(offset, isKey);
      if (asked === null) return;
      type = asked ?? (isKey ? 'key' : kind === 'scalar' ? plainType(source) : 'string');
      break;
    }
    case 'comment':
      type = 'comment';
      break;
    case 'anchor':
    case 'tag':
    case 'alias':
      type = 'macro';
      break;
    case 'directive':
    case 'directive-line':
      type = 'keyword';
      break;
    case 'map-value-ind':
    case 'seq-item-ind':
    case 'explicit-key-ind':
    case 'flow-map-start':
    case 'flow-map-end':
    case 'flow-seq-start':
    case 'flow-seq-end':
    case 'comma':
    case 'doc-start':
    case 'doc-end':
    case 'block-scalar-header':
      type = 'punctuation';
      break;
    default:
      return;
  }
  let length = source.length;
  while (length > 0 && source.charCodeAt(length - 1) <= 32) length--;
  if (length > 0) tokens.push({ start: offset, end: offset + length, type });
}

/** A block scalar's token starts at its header's end in some versions and at the header in others; its source is the body. */
function bodyOffset(token: CST.BlockScalar, text: string): number {
  return text.startsWith(token.source, token.offset) ? token.offset : Math.max(token.offset, text.indexOf(token.source, token.offset));
}

function plainType(source: string): TokenType {
  const first = source.charCodeAt(0);
  // Digits, signs and dots start numbers; the constants start with n, t, f, y or a tilde.
  if (first >= 43 && first <= 57) return /^[-+]?(?:\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?|0x[\da-fA-F]+)\s*$/.test(source) ? 'number' : 'string';
  return source.length <= 6 && /^(?:true|false|null|~|yes|no)\s*$/i.test(source) ? 'constant' : 'string';
}
