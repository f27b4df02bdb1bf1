import { isTechniqueId } from '../knowledge/attack';

/** What is wrong with a technique's ID as a container writes it; null where nothing is. Of the ICS matrix the IDs begin with T0, of MITRE's ATLAS with AML. */
export function techniqueSlip(written: string): { readonly message: string; readonly meant: string | null } | null {
  if (isId(written)) return null;
  const capital = written.toUpperCase();
  return isId(capital)
    ? { message: 'The T of a technique is a capital letter.', meant: capital }
    : { message: 'A technique is T and four digits, with a dot and three more for a sub-technique: T1110.003.', meant: null };
}

const isId = (text: string): boolean => isTechniqueId(text.replace(/^AML\./, ''));
