/** Runs what was chosen once its menu or palette is gone, so that it may take the focus; where it does not, the focus goes back. */
export function afterClosing(run: () => void, back: HTMLElement | null): void {
  setTimeout(() => {
    run();
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) back?.focus();
    });
  });
}
