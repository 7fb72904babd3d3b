// How code looks. All colours are the page's own variables, so one theme serves light and dark.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { colours } from "./colours.ts";

const look = EditorView.theme({
  "&": { backgroundColor: "transparent", color: "var(--ink)", fontSize: "14px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontVariantLigatures: "none", lineHeight: "1.6", overflowX: "auto" },
  ".cm-content": { padding: "10px 0", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 14px 0 8px" },
  ".cm-cursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--raised)", borderRadius: "var(--radius) 0 0 var(--radius)", border: "none", color: "var(--ink-3)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.2em", padding: "0 6px 0 4px", fontSize: "12px", lineHeight: "22.4px" },
  ".cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--accent-wash)",
  },
  ".cm-matchingBracket": { backgroundColor: "var(--accent-wash)", outline: "none" },
  ".cm-lit": { backgroundColor: "var(--spot)", borderRadius: "3px", boxShadow: "0 0 0 2px var(--spot)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--error) 1.5px",
    textUnderlineOffset: "4px",
    textDecorationSkipInk: "none",
    paddingBottom: "0",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline dotted var(--warning) 2px",
    textUnderlineOffset: "4px",
    textDecorationSkipInk: "none",
    paddingBottom: "0",
  },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0", height: "22.4px", lineHeight: "22.4px" },
  ".cm-lint-marker": { width: "14px", height: "22.4px", content: "none" },
  ".cm-lint-marker-error": { color: "var(--error)" },
  ".cm-lint-marker-error::before": { content: "'✕'", font: "600 12px/22.4px var(--mono)" },
  ".cm-lint-marker-warning": { color: "var(--warning)" },
  ".cm-lint-marker-warning::before": { content: "'!'", font: "600 13px/22.4px var(--mono)" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    border: "1px solid var(--rule-strong)",
    borderRadius: "6px",
    boxShadow: "var(--lift)",
    maxWidth: "min(560px, 90vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "13px", maxHeight: "15.5em", padding: "4px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "2px 8px", borderRadius: "4px", lineHeight: "1.5" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent-wash)", color: "var(--ink)" },
  ".cm-completionMatchedText": { textDecoration: "none", color: "var(--accent)", fontWeight: "600" },
  ".cm-completionDetail": { color: "var(--ink-2)", fontStyle: "normal", marginLeft: "1em", fontSize: "12px" },
  ".cm-tooltip.cm-completionInfo": { padding: "0", maxWidth: "min(420px, 80vw)" },
  // Where there is no room beside the list, below it.
  ".cm-tooltip.cm-completionInfo-left-narrow, .cm-tooltip.cm-completionInfo-right-narrow": { top: "100% !important", left: "0", right: "auto" },
  ".meaning": { padding: "8px 12px", fontFamily: "var(--sans)", fontSize: "14px", lineHeight: "1.45" },
  ".meaning p": { margin: "0 0 4px" },
  ".meaning p:last-child": { margin: "0" },
  ".meaning code, .meaning pre": { fontFamily: "var(--mono)", fontSize: "12.5px" },
  ".meaning strong": { color: "var(--accent)", fontWeight: "600" },
  ".meaning small": { color: "var(--ink-2)" },
  ".meaning pre": { margin: "0", whiteSpace: "pre-wrap", maxHeight: "10em", overflow: "hidden" },
  ".cm-diagnostic": { border: "none", padding: "8px 12px", font: "400 13px/1.5 var(--mono)", whiteSpace: "pre-wrap" },
});

export const theme: Extension = [look, syntaxHighlighting(HighlightStyle.define(colours))];
