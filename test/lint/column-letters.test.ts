import { expect, it } from 'vitest';
import { reportOf } from '../../src/analysis/report';
import { detectFormat } from '../../src/formats/detect';
import { LANGUAGES } from '../../src/languages/registry';
import { columnLetters } from '../../src/lint/column-letters';

const told = (text: string): readonly string[] =>
  columnLetters(reportOf(detectFormat(text).open(text, { languages: LANGUAGES }).rules[0]!)).map(({ span }) => text.slice(span.start, span.end));

it.each([
  ['FROM a | EVAL n = TO_LOWER(b.c) | WHERE n == "CMD" OR n == "cmd"', ['"CMD"']],
  ['FROM a | EVAL n = TO_LOWER(b.c) | EVAL n = b.c | WHERE n == "CMD"', []],
  ['index=a | eval p=upper(process) | where p="cmd"', ['"cmd"']],
  ['index=a | eval p=lower(process) | search p="*CMD*"', []],
  ['DeviceProcessEvents | extend f = toupper(FileName) | extend g = f | where g in ("cmd.exe", "A") or g =~ "x"', ['"cmd.exe"']],
  ['DeviceProcessEvents | project f = tolower(FileName) | where f == "a" or f startswith_cs "B"', ['"B"']],
])('%s', (text, expected) => expect(told(text)).toEqual(expected));
