import type { ReactNode } from 'react';

export interface Pane {
  readonly id: string;
  readonly children: ReactNode;
  /** In pixels; absent: the pane takes the rest. */
  readonly size?: number;
  readonly least: number;
  readonly most?: number;
  /** Names the splitter between it and the pane that takes the rest. */
  readonly grip?: string;
}

/** Pixels of the sized panes by their ids. */
type Sizes = Readonly<Record<string, number>>;

export interface SplitProps {
  readonly direction: 'horizontal' | 'vertical';
  readonly panes: readonly Pane[];
  /** Sizes as they were left. */
  readonly sizes: Sizes | undefined;
  /** Called when the reader has changed a size, not while it changes. */
  readonly onSizes: (sizes: Sizes) => void;
}

/** What the splitter before a pane is called. */
export function gripOf(panes: readonly Pane[], index: number): string {
  const rest = panes.findIndex(({ size }) => size === undefined);
  return panes[index <= rest ? index - 1 : index]?.grip ?? '';
}
