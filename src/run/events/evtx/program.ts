import { isNamespace, nameIn, SYSTEM_NUMBERS } from '../windows-names';
import { type Element, isElement, isInstance, type Part } from './binary-xml';

/** One field of an event, as a template makes it. */
export interface Step {
  /** The field's name; null: its parts say it (`nameParts`). */
  readonly name: string | null;
  readonly nameParts: readonly Part[];
  readonly parts: readonly Part[];
  /** The substitution, where it is the whole value; else -1. */
  readonly index: number;
  /** Null leaves the field out. */
  readonly optional: boolean;
  /** An empty value leaves the field out: `System` has many empty elements that say nothing. */
  readonly unlessEmpty: boolean;
  readonly isNumber: boolean;
  /** A mask of 64 bits, written with all its digits as rules write it. */
  readonly isMask: boolean;
  /** The field may be there already, or its name needs care. */
  readonly repeats: boolean;
  /** The section in which a fragment lies that stands in place of the value. */
  readonly section: string;
  /** Asked for. A step that is not may still hold a fragment whose fields are. */
  readonly wanted: boolean;
}

/** A template as a flat list: what is asked for alone, and all, for records that carry fragments. */
export interface Program {
  readonly wanted: readonly Step[];
  readonly all: readonly Step[];
}

/** The section of the outermost fragment, whose element is `Event`. */
export const ROOT = '';
const EVENT = 'Event';

/**
 * Lays a template out flat. `section` is where it stands: outside, directly in `Event`, or in a section of it (`System`, `EventData`, `UserData` …), whose
 * name goes before names that `System` has too. `columns` null asks for every field.
 */
export function compile(elements: readonly Element[], section: string, columns: ReadonlySet<string> | null): Program {
  const steps: Step[] = [];
  const seen = new Set<string>();

  function add(name: string | null, nameParts: readonly Part[], parts: readonly Part[], place: string, leaf: boolean): void {
    const only = parts.length === 1 ? parts[0]! : null;
    const isOne = only !== null && typeof only === 'object' && 'index' in only;
    const hasOptional = parts.some((part) => typeof part === 'object' && 'index' in part && part.optional);
    steps.push({
      name,
      nameParts,
      parts,
      index: isOne ? only.index : -1,
      optional: isOne ? only.optional : hasOptional,
      unlessEmpty: place === 'System' || !leaf,
      isNumber: place === 'System' && leaf && name !== null && SYSTEM_NUMBERS.has(name),
      isMask: place === 'System' && name === 'Keywords',
      repeats: name === null || name === '__proto__' || seen.has(name),
      section: place,
      wanted: columns === null || name === null || columns.has(name),
    });
    if (name !== null) seen.add(name);
  }

  function attributes(element: Element, prefix: string, place: string, besides?: string): void {
    for (const { name, parts } of element.attributes)
      if (name !== besides && !isNamespace(name)) add(nameIn(place, `${prefix}_${name}`), [], parts, place, false);
  }

  /** `Data` and `ComplexData` are named by their attribute, all other elements by themselves. */
  function leaf(element: Element, place: string): void {
    const isData = place !== 'System' && (element.name === 'Data' || element.name === 'ComplexData');
    const named = isData ? element.attributes.find(({ name }) => name === 'Name') : undefined;
    attributes(element, element.name, place, isData ? 'Name' : undefined);
    const parts = element.content.filter((part): part is Part => !isElement(part));
    if (named === undefined) add(nameIn(place, element.name), [], parts, place, true);
    else if (named.parts.every((part) => typeof part === 'string')) add(nameIn(place, named.parts.join('')), [], parts, place, true);
    else add(null, named.parts, parts, place, true);
  }

  function inSection(element: Element, place: string): void {
    if (!element.content.some((part) => isElement(part) || isInstance(part))) return leaf(element, place);
    attributes(element, element.name, place);
    inner(element, place, element.name);
  }

  /** What stands in an element that holds others: text between them that says something, fragments, elements. */
  function inner(element: Element, place: string, name: string): void {
    for (const part of element.content) {
      if (isElement(part)) inSection(part, place);
      else if (typeof part !== 'string' || part.trim() !== '') add(nameIn(place, name), [], [part], place, false);
    }
  }

  function inEvent(element: Element): void {
    attributes(element, element.name, element.name);
    if (element.content.some((part) => isElement(part) || isInstance(part))) inner(element, element.name, element.name);
    else if (element.name !== 'EventData' || element.content.length > 0) {
      const parts = element.content.filter((part): part is Part => !isElement(part));
      add(element.name, [], parts, element.name, element.name !== 'System' && element.name !== 'EventData');
    }
  }

  for (const element of elements) {
    if (section === ROOT && element.name === EVENT) {
      for (const part of element.content) {
        if (isElement(part)) inEvent(part);
        else if (typeof part !== 'string' || part.trim() !== '') add(EVENT, [], [part], EVENT, false);
      }
    } else if (section === ROOT || section === EVENT) inEvent(element);
    else inSection(element, section);
  }
  return { wanted: steps.filter(({ wanted }) => wanted), all: steps };
}
