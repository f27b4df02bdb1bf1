import { expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/registry';
import { LANGUAGES } from '../../src/languages/registry';

const context = { languages: LANGUAGES };
const rule = (message: string): string => `name: A rule
id: 00000000-0000-4000-8000-000000000000
type: TTP
search: index=a | eval who=lower(user), seen=1 | table who, seen
rba:
  message: ${message}
`;

it('a field that the rest of the document says keeps its name, others may have another', () => {
  const text = rule('Seen for $who$');
  const found = FORMATS.get('splunk')!.namings(text, context);
  expect(found.map(({ name, fixed }) => [name, fixed ?? 'free'])).toEqual([
    ['who', 'The rest of this file says it too.'],
    ['seen', 'free'],
  ]);
  for (const { name, definition, uses } of found) for (const { start, end } of [definition!, ...uses]) expect(text.slice(start, end)).toBe(name);
});
