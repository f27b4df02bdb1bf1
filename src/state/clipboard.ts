import { notify } from './notices';
import { getState } from './store';

/** Puts a text on the clipboard. False when the browser refuses both ways. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

/** Copies the open document's text and says so. */
export async function copyText(): Promise<void> {
  if (await copied(getState().doc.text)) notify('info', 'Text copied.');
  else notify('error', 'The browser did not let the text be copied. Select it in the editor and copy it there.');
}

/** The way that works where a page may not write to the clipboard by itself, such as plain http. */
function copiedBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.style.cssText = 'position:fixed;opacity:0';
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
