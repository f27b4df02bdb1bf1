import { describe, expect, it } from 'vitest';
import { hover } from '../../src/languages/kusto/assist/hover';

const TEXT = `let tools = dynamic(["net.exe"]);
SecurityEvent
| where TimeGenerated > ago(1d) and Process in~ (tools) and CommandLine matches regex "a"
| extend Cmd = tolower(CommandLine)
| order by Cmd`;
const at = (word: string, nth = 0): string | undefined => {
  let place = -1;
  for (let seen = 0; seen <= nth; seen++) place = TEXT.indexOf(word, place + 1);
  const found = hover(TEXT, place + 1);
  if (found !== null) expect(TEXT.slice(found.span.start, found.span.end).length).toBeGreaterThan(0);
  return found?.text;
};

describe('help on words', () => {
  it('operators and their aliases', () => {
    expect(at('where')).toContain('Keeps the rows');
    expect(at('order')).toContain('Orders the rows');
  });
  it('comparisons', () => {
    expect(at('in~')).toContain('case ignored');
    expect(at('regex')).toContain('RE2');
    expect(at('and')).toContain('Both conditions');
  });
  it('functions with their arguments', () => {
    expect(at('tolower')).toMatch(/^`tolower\(text\)` gives string/);
    expect(at('ago')).toContain('before now');
  });
  it('tables', () => {
    expect(at('SecurityEvent')).toMatch(/A table of \d+ columns\. Platform: windows\. Domain: endpoint\. Events are named by `EventID`\./);
  });
  it('columns of tables and of the query', () => {
    expect(at('TimeGenerated')).toContain('Column, datetime.');
    expect(at('Cmd', 1)).toContain('a copy of `CommandLine`');
  });
  it('lets', () => {
    expect(at('tools', 1)).toContain('let tools = dynamic(["net.exe"])');
  });
  it('nothing on texts, numbers and blanks', () => {
    expect(at('"net.exe"')).toBeUndefined();
    expect(hover(TEXT, TEXT.length)).toBeNull();
    expect(hover('', 0)).toBeNull();
  });
});
