import type { Signature } from '../../../model';
import { signatureAt } from '../../../syntax/call';
import { lex } from '../parse/lexer';
import { functionOf } from '../vocabulary';

/** What the function around a place takes. */
export const signature = (text: string, offset: number): Signature | null => signatureAt(text, lex(text), offset, functionOf);
