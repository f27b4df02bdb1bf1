import type { Page } from '@playwright/test';

/** What is typed. */
const LETTERS = 'abcdefgh'.repeat(10);

/** A Sigma rule of so many values, which ends in one that is typed into. */
const ruleOf = (values: number): string => `title: Many values
status: experimental
tags:
    - attack.discovery
    - attack.t1049
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith:
${Array.from({ length: values }, (_, i) => `            - 'C:\\Users\\Public\\tool-number-${i}.exe'`).join('\n')}
    condition: selection and typed
    typed:
        CommandLine|contains: 'typed`;

export const [TEN_KILOBYTES, LINES_5000] = [ruleOf(190), ruleOf(4985)];

export interface Typed {
  /** Milliseconds from a key going down to the indicators' elements holding the text it makes, key by key; the frame that paints them comes after. */
  readonly panels: readonly number[];
  /** How many of these milliseconds the draft's thread says it took, answer by answer. */
  readonly thread: readonly number[];
  /** What keeps the main thread busy for more than 50 ms meanwhile. */
  readonly tasks: readonly number[];
  /** Milliseconds between two frames while nothing is done. */
  readonly frame: number;
}

/** Types at the end of a new rule, a key every 90 ms. */
export async function typing(page: Page, text: string): Promise<Typed> {
  await page.getByRole('button', { name: 'New draft' }).click();
  await page.getByRole('menuitem', { name: /Sigma$/ }).click();
  await page.evaluate((given) => navigator.clipboard.writeText(given), text);
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+V');
  await page.getByRole('tab', { name: /^Indicators/ }).click();
  await page.getByRole('tabpanel').getByText('tool-number-0').first().waitFor();
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.waitForTimeout(4000);
  // As text: a compiled function would call what only this process has.
  const frame = (await page.evaluate(`new Promise((resolve) => {
    const start = performance.now();
    let left = 30;
    const next = () => (--left > 0 ? requestAnimationFrame(next) : resolve((performance.now() - start) / 30));
    next();
  })`)) as number;
  await page.evaluate((letters) => {
    const state = { keys: [] as number[], seen: [] as [at: number, letters: number][], thread: [] as number[], tasks: [] as number[] };
    (globalThis as unknown as { typing: typeof state }).typing = state;
    document.addEventListener('keydown', () => state.keys.push(performance.now()), { capture: true });
    const panel = document.querySelector('.lowerpanels')!;
    new MutationObserver(() => {
      // Other columns follow without a blank, and a selection is called so too.
      for (const [, shown] of (panel.textContent ?? '').matchAll(/typed([a-z]+)/g)) {
        let typed = 0;
        while (typed < letters.length && shown![typed] === letters[typed]) typed++;
        if (typed > 0) state.seen.push([performance.now(), typed]);
      }
      const told = /parsed in ([\d.]+) ms/.exec(document.querySelector('.status')?.textContent ?? '');
      if (told !== null) state.thread.push(Number(told[1]));
    }).observe(panel, { childList: true, subtree: true, characterData: true });
    new PerformanceObserver((list) => state.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] });
  }, LETTERS);
  for (const letter of LETTERS) await page.keyboard.type(letter, { delay: 90 });
  await page.waitForTimeout(2000);
  const { keys, seen, thread, tasks } = await page.evaluate(
    () => (globalThis as unknown as { typing: { keys: number[]; seen: [number, number][]; thread: number[]; tasks: number[] } }).typing,
  );
  const panels = keys.map((down, at) => (seen.find(([, letters]) => letters > at)?.[0] ?? Infinity) - down);
  return { panels: panels.filter(Number.isFinite), thread, tasks, frame };
}
