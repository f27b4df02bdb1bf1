import { getState } from '../state/store';
import { editor } from './monaco';

/** Characters of one line that are drawn; Monaco's own limit cuts long searches. */
const LONGEST_LINE = 50_000;

/** How the editor looks and behaves; sizes are those of the design tokens, which Monaco cannot read. */
export function optionsFor(label: string): editor.IStandaloneEditorConstructionOptions {
  return {
    ariaLabel: label,
    automaticLayout: true,
    fixedOverflowWidgets: true,
    'semanticHighlighting.enabled': true,

    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono'),
    fontSize: 13,
    lineHeight: 19,
    fontLigatures: false,
    padding: { top: 6, bottom: 6 },
    lineNumbersMinChars: 4,
    // Room for the number of a loss.
    lineDecorationsWidth: 16,
    glyphMargin: false,
    minimap: { enabled: false },
    stickyScroll: { enabled: false },
    overviewRulerBorder: false,
    hideCursorInOverviewRuler: true,
    scrollBeyondLastLine: false,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
    renderFinalNewline: 'on',
    renderLineHighlight: 'all',
    renderWhitespace: 'selection',
    stopRenderingLineAfter: LONGEST_LINE,
    unusualLineTerminators: 'off',
    // Letters of other alphabets are what some rules look for; what cannot be seen is never meant.
    unicodeHighlight: { invisibleCharacters: true, ambiguousCharacters: false, nonBasicASCII: false, includeComments: true, includeStrings: true },
    occurrencesHighlight: 'singleFile',
    wordWrap: 'on',
    wrappingIndent: 'indent',

    tabSize: 4,
    tabFocusMode: getState().tabFree,
    autoIndent: 'advanced',
    lightbulb: { enabled: editor.ShowLightbulbIconMode.OnCode },
    wordBasedSuggestions: 'off',
    quickSuggestions: { other: true, comments: false, strings: true },
    // Enter ends a line unless a suggestion was looked for: a free value must not turn into a longer one from the corpus.
    acceptSuggestionOnEnter: 'smart',
    suggest: { showStatusBar: false, preview: false, selectionMode: 'whenQuickSuggestion' },
  };
}
