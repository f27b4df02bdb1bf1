import type { Assignment, Branch, DerivedField, FieldRef, Operand, Operation, Predicate, Span } from '../../../model';
import { placeOf, unread } from '../../../syntax/predicates';
import { type Lowered, type Words } from './commands';
import { fieldOf, type Flow, make, showColumn } from './lowering-context';
import { type LowerBranch } from './search';
import type { Command, Word } from '../tree';

/** What all stages of a branch demand together. */
export type DemandOf = (branch: Branch) => Predicate;

/** What a command gives beside its role and settings. */
export type Part = Partial<Lowered> & Pick<Lowered, 'operations'>;

export interface Asked {
  readonly command: Command;
  readonly body: Words;
  readonly flow: Flow;
  readonly span: Span;
  /** A setting's value. */
  readonly optionOf: (name: string) => Word | undefined;
  readonly lowerBranch: LowerBranch;
  readonly demandOf: DemandOf;
}

export const notHeld = (span: Span, what: string): Operation => unread(span, 'unmodelled', what);
export const assignment = (field: FieldRef, value: Operand, name = field.name): Assignment => ({ name, span: field.span, value });
export const text = (value: string, span: Span): Operand => ({ kind: 'literal', span: placeOf(span), type: 'string', text: value });
export const numberOf = (word: Word): Operand => ({ kind: 'literal', span: placeOf(word), type: 'number', text: word.text });
export const count = (value: number, span: Span): Operand => ({ kind: 'literal', span: placeOf(span), type: 'number', text: String(value) });
export const isNumber = (word: Word | undefined): word is Word => word?.quotes === undefined && /^\d+$/.test(word?.text ?? '');
export const isWord = (word: Word | undefined, ...texts: readonly string[]): boolean =>
  word !== undefined && word.quotes === undefined && texts.includes(word.text.toLowerCase());
export const isOn = (word: Word | undefined): boolean => /^(?:t|true|1)$/i.test(word?.text ?? '');

export function callOf(fn: string, name: Span, args: readonly Operand[]): Operand {
  const [first] = args;
  return { kind: 'call', span: first?.span ?? placeOf(name), fn, name: placeOf(name), args, written: `${fn}(${first?.kind === 'field' ? first.name : ''})` };
}

interface Pair {
  readonly from: Word;
  readonly to: Word;
  readonly isAliased: boolean;
}

/** `a as b, c`: what each name is called in the end. */
export function pairsOf(words: readonly Word[]): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let at = 0; at < words.length; at++) {
    const from = words[at]!;
    const isAliased = isWord(words[at + 1], 'as') && words[at + 2] !== undefined;
    pairs.push({ from, to: isAliased ? words[at + 2]! : from, isAliased });
    if (isAliased) at += 2;
  }
  return pairs;
}

export const timePair = ({ start, end }: Span): Pair => ({ from: { start, end, text: '_time' }, to: { start, end, text: '_time' }, isAliased: false });

export function derivesOf(pairs: readonly Pair[], flow: Flow, isComputed: boolean): readonly DerivedField[] {
  return pairs.map(({ from, to }) => {
    const { name, span } = fieldOf(flow, to);
    make(flow, name, from.text, span, isComputed);
    return { name, span, expression: placeOf(from) };
  });
}

export function show(fields: readonly FieldRef[], flow: Flow): void {
  const before = flow.columns;
  flow.columns = new Map();
  for (const { name, span } of fields) showColumn(flow.columns, { name, source: before?.get(name)?.source ?? flow.expressions.get(name) ?? name, span });
}
