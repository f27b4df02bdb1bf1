import type { CST } from 'yaml';
import type { Token, TokenType } from '../model';

const SCALARS: ReadonlySet<string> = new Set(['scalar', 'single-quoted-scalar', 'double-quoted-scalar', 'block-scalar']);
const PUNCTUATION: ReadonlySet<string> = new Set([
  'map-value-ind',
  'seq-item-ind',
  'explicit-key-ind',
  'flow-map-start',
  'flow-map-end',
  'flow-seq-start',
  'flow-seq-end',
  'comma',
  'doc-start',
  'doc-end',
  'block-scalar-header',
]);

/**
 * Colours of a YAML text from its lexical tree, in order: keys, values, comments, punctuation.
 * `typeOf` may name a scalar's type by its offset (a condition, a query): null leaves it to others, so that they can put finer tokens there.
 */
export function tokensOfYaml(roots: readonly CST.Token[], text: string, typeOf?: (offset: number, isKey: boolean) => TokenType | null | undefined): Token[] {
  const tokens: Token[] = [];
  const add = (start: number, length: number, type: TokenType): void => {
    if (length > 0) tokens.push({ start, end: start + length, type });
  };
  const leaf = (token: CST.SourceToken | CST.FlowScalar | CST.ErrorToken | CST.Directive | CST.BlockScalar, isKey: boolean): void => {
    if (token.type === 'comment') add(token.offset, token.source.length, 'comment');
    else if (PUNCTUATION.has(token.type)) add(token.offset, token.source.trimEnd().length, 'punctuation');
    else if (token.type === 'anchor' || token.type === 'tag' || token.type === 'alias') add(token.offset, token.source.length, 'macro');
    else if (token.type === 'directive') add(token.offset, token.source.length, 'keyword');
    else if (SCALARS.has(token.type)) {
      const asked = typeOf?.(token.offset, isKey);
      if (asked === null) return;
      const source = token.source.trimEnd();
      add(token.offset, source.length, asked ?? (isKey ? 'key' : token.type === 'scalar' ? plainType(source) : 'string'));
    }
  };
  const visit = (token: CST.Token | CST.SourceToken, isKey: boolean): void => {
    switch (token.type) {
      case 'document':
        for (const part of token.start) leaf(part, false);
        if (token.value !== undefined) visit(token.value, false);
        for (const part of token.end ?? []) leaf(part, false);
        return;
      case 'block-map':
      case 'block-seq':
      case 'flow-collection':
        if (token.type === 'flow-collection') leaf(token.start, false);
        for (const item of token.items) {
          for (const part of item.start) leaf(part, false);
          if (item.key != null) visit(item.key, true);
          for (const part of item.sep ?? []) leaf(part, false);
          if (item.value !== undefined) visit(item.value, false);
        }
        if (token.type === 'flow-collection') for (const part of token.end) leaf(part, false);
        return;
      case 'block-scalar':
        for (const part of token.props) if ('source' in part) leaf(part as CST.SourceToken, false);
        leaf({ ...token, offset: bodyOffset(token, text) }, isKey);
        return;
      default:
        leaf(token as CST.SourceToken, isKey);
        if ('end' in token && Array.isArray(token.end)) for (const part of token.end) leaf(part as CST.SourceToken, false);
    }
  };
  for (const root of roots) visit(root, false);
  return tokens.sort((a, b) => a.start - b.start);
}

/** A block scalar's token starts at its header's end in some versions and at the header in others; its source is the body. */
function bodyOffset(token: CST.BlockScalar, text: string): number {
  return text.startsWith(token.source, token.offset) ? token.offset : Math.max(token.offset, text.indexOf(token.source, token.offset));
}

function plainType(source: string): TokenType {
  if (/^[-+]?(?:\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?|0x[\da-fA-F]+)$/.test(source)) return 'number';
  return /^(?:true|false|null|~|yes|no)$/i.test(source) ? 'constant' : 'string';
}
