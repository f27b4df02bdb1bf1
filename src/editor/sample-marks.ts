import type { FailingPart, SampleOpened, SampleTest } from '../model';
import { type State, useStore } from '../state/store';
import type { editor } from './monaco';
import { regionOf } from './positions';

/** Characters of a value that are shown behind its comparison; all of it stands on hover. */
const LONGEST_SEEN = 48;
/** Where a value does not fit, what stands before the part that was found. */
const BEFORE = 16;

/** Marks each comparison with what the chosen sample says of it, and what it saw there; none while the text is not the one that was judged. */
export function startSampleMarks(pane: editor.IStandaloneCodeEditor): () => void {
  const marks = pane.createDecorationsCollection();
  const mark = ({ samples, doc }: State): void => {
    const model = pane.getModel();
    const { opened } = samples;
    if (model === null || opened === null || opened.about !== doc.text) return marks.clear();
    marks.set(decorations(model, opened));
  };
  mark(useStore.getState());
  const unsubscribe = useStore.subscribe((state, before) => {
    if (state.samples.opened !== before.samples.opened || state.doc !== before.doc) mark(state);
  });
  const onModel = pane.onDidChangeModel(() => mark(useStore.getState()));
  return () => {
    unsubscribe();
    onModel.dispose();
    marks.clear();
  };
}

function decorations(model: editor.ITextModel, { tests, failing, verdict }: SampleOpened): editor.IModelDeltaDecoration[] {
  const shown = new Set<string>();
  return tests.flatMap((test): editor.IModelDeltaDecoration[] => {
    const { seen, why } = test;
    const decides = verdict !== 'matches' && failing.some((part) => isWithin(test, part));
    const end = model.getPositionAt(test.span.end);
    const told = why ?? seen;
    // The same value is shown at the first comparison that saw it, and at what decides.
    const isNew = told !== null && (decides || test.verdict === 'matches' || !shown.has(told));
    if (told !== null) shown.add(told);
    return [
      {
        range: { startLineNumber: end.lineNumber, startColumn: 1, endLineNumber: end.lineNumber, endColumn: 1 },
        options: { linesDecorationsClassName: `sample-mark sample-${test.verdict}${decides ? ' sample-decides' : ''}` },
      },
      {
        range: regionOf(model, { start: test.span.end, end: test.span.end }),
        options: {
          stickiness: 1,
          showIfCollapsed: true,
          hoverMessage: { value: why ?? (seen === null ? 'The sample has no such value.' : `The sample has \`${seen.replaceAll('`', '´')}\`.`) },
          ...(isNew || decides
            ? {
                after: {
                  content: `   ${why !== null ? 'cannot tell: ' : decides ? 'decides: ' : ''}${told === null ? 'no such value' : cutAround(told, model.getValueInRange(regionOf(model, test.span)))}`,
                  inlineClassName: decides ? 'sample-seen sample-decides' : 'sample-seen',
                },
              }
            : null),
        },
      },
    ];
  });
}

const isWithin = ({ span }: SampleTest, part: FailingPart): boolean => span.start >= part.span.start && span.end <= part.span.end;

/** As much of a value as there is room for, from a little before what the comparison found in it. */
function cutAround(seen: string, written: string): string {
  if (seen.length <= LONGEST_SEEN) return seen;
  const [, quoted = ''] = /['"]([^'"]+)['"]\s*$/.exec(written) ?? [];
  const found = quoted === '' ? -1 : seen.toLowerCase().indexOf(quoted.toLowerCase());
  const from = Math.max(0, found - BEFORE);
  return `${from > 0 ? '…' : ''}${seen.slice(from, from + LONGEST_SEEN)}${from + LONGEST_SEEN < seen.length ? '…' : ''}`;
}
