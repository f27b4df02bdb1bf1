import type { TokenType } from '../model';
import { isDark, isForced, onThemeChange, tokenColour } from '../ui/css-token';
import { editor } from './monaco';

export const THEME = 'rulewright';

/** The design token that colours each kind of token. */
const SYNTAX: Readonly<Record<TokenType, `--${string}`>> = {
  key: '--syn-key',
  field: '--syn-key',
  keyword: '--syn-keyword',
  function: '--syn-modifier',
  modifier: '--syn-modifier',
  operator: '--syn-keyword',
  string: '--syn-string',
  number: '--syn-number',
  regex: '--syn-regex',
  constant: '--syn-number',
  macro: '--syn-modifier',
  comment: '--syn-comment',
  punctuation: '--syn-punct',
  invalid: '--error',
};

/** Monaco's colours by design token. */
const COLOURS: Readonly<Record<string, `--${string}`>> = {
  foreground: '--text',
  focusBorder: '--accent',
  'icon.foreground': '--text-2',
  'widget.border': '--border-strong',
  'editor.background': '--surface-page',
  'editor.foreground': '--text',
  'editorLineNumber.foreground': '--text-3',
  'editorLineNumber.activeForeground': '--text',
  'editor.lineHighlightBackground': '--line-current',
  'editor.lineHighlightBorder': '--line-current',
  'editorCursor.foreground': '--accent',
  'editor.selectionBackground': '--selected',
  'editor.inactiveSelectionBackground': '--pressed',
  'editor.selectionHighlightBackground': '--hover',
  'editor.findMatchBackground': '--lit',
  'editor.findMatchBorder': '--lit-edge',
  'editor.findMatchHighlightBackground': '--lit',
  'editorBracketMatch.background': '--hover',
  'editorBracketMatch.border': '--border-control',
  'editorIndentGuide.background1': '--border',
  'editorIndentGuide.activeBackground1': '--border-strong',
  'editorWhitespace.foreground': '--border-strong',
  'editorGutter.foldingControlForeground': '--text-3',
  'editorError.foreground': '--error',
  'editorWarning.foreground': '--squiggle',
  'editorInfo.foreground': '--info',
  'editorOverviewRuler.errorForeground': '--error',
  'editorOverviewRuler.warningForeground': '--squiggle',
  'editorOverviewRuler.infoForeground': '--info',
  'editorLightBulb.foreground': '--warn',
  'editorWidget.background': '--surface-raised',
  'editorWidget.foreground': '--text',
  'editorWidget.border': '--border-strong',
  'editorSuggestWidget.background': '--surface-raised',
  'editorSuggestWidget.border': '--border-strong',
  'editorSuggestWidget.foreground': '--text',
  'editorSuggestWidget.highlightForeground': '--accent',
  'editorSuggestWidget.focusHighlightForeground': '--accent',
  'editorSuggestWidget.selectedBackground': '--selected',
  'editorSuggestWidget.selectedForeground': '--text',
  'list.hoverBackground': '--hover',
  'list.hoverForeground': '--text',
  'list.focusBackground': '--selected',
  'list.focusForeground': '--text',
  'list.activeSelectionBackground': '--selected',
  'list.activeSelectionForeground': '--text',
  'input.background': '--surface-page',
  'input.foreground': '--text',
  'input.border': '--border-control',
  'inputOption.activeBorder': '--accent',
  'inputOption.activeBackground': '--accent-soft',
  'inputOption.activeForeground': '--text',
  'input.placeholderForeground': '--text-3',
  'menu.background': '--surface-raised',
  'menu.foreground': '--text',
  'menu.selectionBackground': '--selected',
  'menu.selectionForeground': '--text',
  'menu.border': '--border-strong',
  'quickInput.background': '--surface-raised',
  'quickInput.foreground': '--text',
  'scrollbarSlider.background': '--border-strong',
  'scrollbarSlider.hoverBackground': '--border-control',
  'scrollbarSlider.activeBackground': '--border-control',
};

/** Monaco's theme in the app's own colours. */
function ownTheme(): editor.IStandaloneThemeData {
  const known = new Map<string, string>();
  const colourOf = (name: `--${string}`): string => {
    const colour = known.get(name) ?? tokenColour(name);
    known.set(name, colour);
    return colour;
  };
  return {
    base: isDark() ? 'vs-dark' : 'vs',
    inherit: true,
    rules: Object.entries(SYNTAX).map(([token, name]) => ({ token, foreground: colourOf(name).slice(1) })),
    colors: Object.fromEntries(Object.entries(COLOURS).map(([key, name]) => [key, colourOf(name)])),
  };
}

/** Monaco's own theme of high contrast: it keeps the system from colouring its editors, and a token has one of two colours there. */
const forcedTheme = (): editor.IStandaloneThemeData => ({ base: isDark() ? 'hc-black' : 'hc-light', inherit: true, rules: [], colors: {} });

/** Paints every editor with the app's own colours, or those of high contrast where the system asks for it, now and whenever the theme changes. Returns how to stop. */
export function followTheme(): () => void {
  const paint = (): void => {
    editor.defineTheme(THEME, isForced() ? forcedTheme() : ownTheme());
    editor.setTheme(THEME);
  };
  paint();
  return onThemeChange(paint);
}
