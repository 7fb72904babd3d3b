// Which parts of Python are coloured, by the class that document.css colours. One list for the editor and for code that is drawn
// before the editor is loaded.
import { type Tag, tags } from "@lezer/highlight";

export const colours: { tag: readonly Tag[]; class: string }[] = [
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], class: "code-keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "code-string" },
  { tag: [tags.number, tags.bool, tags.null], class: "code-number" },
  { tag: [tags.comment], class: "code-comment" },
  { tag: [tags.definition(tags.function(tags.variableName)), tags.definition(tags.className)], class: "code-definition" },
];
