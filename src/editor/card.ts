import type { Diagnostic, Hover } from '../model';
import { askAnalysis } from '../state/threads/analysis';
import { shownOf } from '../state/analysis-state';
import { remarksOf } from '../state/select';
import { getState } from '../state/store';
import { editor, KeyCode } from './monaco';
import type { Box } from './place-beside';
import { type Pointed, pointedAt, remarksAt } from './pointed';

/** Milliseconds a pointer rests before the card comes, and is away before it goes. */
const OPENS = 300;
const CLOSES = 100;

/** What the card says about a place, and where in the window that place is. */
export interface CardContent {
  readonly offset: number;
  readonly anchor: Box;
  readonly pointed: Pointed | null;
  /** The text it is about, as written. */
  readonly written: string;
  readonly remarks: readonly Diagnostic[];
  readonly hover: Hover | null;
  /** It was asked for by key: it takes the focus and stays until it is left. */
  readonly isPinned: boolean;
}

/** The card beside a place in the text; one for each editor. */
export interface Card {
  /** Opens at once, where there is something to say. */
  openAt(offset: number, isPinned?: boolean): void;
  /** Goes unless it is pinned, after a moment, or the pointer comes back. */
  leave(): void;
  /** The pointer came into the card. */
  stay(): void;
  close(): void;
  /** The listener hears of every change; null: no card. Returns how to stop. */
  watch(listener: (content: CardContent | null) => void): () => void;
  dispose(): void;
}

export function cardOf(pane: editor.IStandaloneCodeEditor): Card {
  let content: CardContent | null = null;
  let listener: ((content: CardContent | null) => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // The offset the pointer rests at, so that moving inside one word does not start again.
  let restsAt = -1;
  let asked = 0;

  const set = (next: CardContent | null): void => {
    if (content === next) return;
    content = next;
    listener?.(next);
  };
  const close = (): void => {
    clearTimeout(timer);
    asked++;
    restsAt = -1;
    set(null);
  };
  const openAt = async (offset: number, isPinned = false): Promise<void> => {
    clearTimeout(timer);
    const question = ++asked;
    const found = await contentAt(pane, offset, isPinned);
    if (question === asked) set(found);
  };
  const leave = (): void => {
    if (content?.isPinned === true) return;
    clearTimeout(timer);
    restsAt = -1;
    timer = setTimeout(close, CLOSES);
  };

  const parts = [
    pane.onMouseMove(({ target, event }) => {
      const model = pane.getModel();
      if (content?.isPinned === true || event.browserEvent.buttons !== 0 || model === null) return;
      if (target.type !== editor.MouseTargetType.CONTENT_TEXT) return leave();
      const offset = model.getOffsetAt(target.position);
      if (offset === restsAt) return;
      restsAt = offset;
      clearTimeout(timer);
      if (content !== null && isWithin(content, offset)) return;
      timer = setTimeout(() => void openAt(offset), content === null ? OPENS : CLOSES);
    }),
    pane.onMouseLeave(leave),
    pane.onMouseDown(close),
    pane.onDidScrollChange(close),
    pane.onDidChangeModelContent(close),
    pane.onDidChangeModel(close),
    pane.onKeyDown((event) => {
      if (event.keyCode !== KeyCode.Escape || content === null) return;
      event.stopPropagation();
      event.preventDefault();
      close();
    }),
  ];

  return {
    openAt: (offset, isPinned) => void openAt(offset, isPinned),
    leave,
    stay: () => clearTimeout(timer),
    close,
    watch(next) {
      listener = next;
      return () => {
        listener = null;
      };
    },
    dispose() {
      close();
      for (const part of parts) part.dispose();
    },
  };
}

const isWithin = ({ pointed, remarks, hover }: CardContent, offset: number): boolean =>
  [pointed?.span, hover?.span, ...remarks.map(({ span }) => span)].some((span) => span !== undefined && span.start <= offset && offset <= span.end);

/** All there is to say about a place; null when there is nothing. */
async function contentAt(pane: editor.IStandaloneCodeEditor, offset: number, isPinned: boolean): Promise<CardContent | null> {
  const state = getState();
  const { analysis, doc } = state;
  const shown = shownOf(analysis);
  const pointed = shown?.text === doc.text ? pointedAt(shown.answer.reports, offset) : null;
  const remarks = analysis.newest?.text === doc.text ? remarksAt(remarksOf(state), offset) : [];
  const { format } = doc;
  const hover = format === null ? null : await askAnalysis((api) => api.hover({ text: doc.text, format, offset })).catch(() => null);
  const span = pointed?.span ?? hover?.span ?? remarks[0]?.span;
  if (span === undefined || getState().doc.text !== doc.text) return null;
  const anchor = anchorOf(pane, span.start, span.end, offset);
  return anchor === null ? null : { offset, anchor, pointed, written: doc.text.slice(span.start, span.end), remarks, hover, isPinned };
}

/** The place in the window: the whole stretch where it is on one line of the screen, else only the offset. */
function anchorOf(pane: editor.IStandaloneCodeEditor, start: number, end: number, offset: number): Box | null {
  const model = pane.getModel();
  const box = pane.getDomNode()?.getBoundingClientRect();
  if (model === null || box === undefined) return null;
  const placeOf = (at: number) => pane.getScrolledVisiblePosition(model.getPositionAt(at));
  const [from, to, here] = [placeOf(start), placeOf(end), placeOf(offset)];
  if (from === null || to === null || here === null) return null;
  const [left, right] = from.top === to.top ? [from.left, to.left] : [here.left, here.left];
  return { left: box.left + left, top: box.top + here.top, width: Math.max(right - left, 1), height: here.height };
}
