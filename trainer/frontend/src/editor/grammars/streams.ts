// Grammars that read a program token by token: there is no parser of these languages for the editor.

import { StreamLanguage } from "@codemirror/language";
import { csharp as csharpMode } from "@codemirror/legacy-modes/mode/clike";
import { ruby as rubyMode } from "@codemirror/legacy-modes/mode/ruby";

export const csharp = StreamLanguage.define(csharpMode);
export const ruby = StreamLanguage.define(rubyMode);
