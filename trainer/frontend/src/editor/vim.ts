// The keys of Vim. Esc is Vim's own; in normal mode, where Tab types nothing, it is the browser's and leaves the editor.

import { getCM, Vim, vim } from "@replit/codemirror-vim";
import { closeCompletion } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { ViewPlugin, type EditorView } from "@codemirror/view";
import type { Actions } from "../work/answer";

const leaving = ViewPlugin.define((view: EditorView) => {
  view.setTabFocusMode(true);
  const editor = getCM(view);
  editor?.on("dialog", () => view.dom.querySelector(".cm-vim-panel input")?.setAttribute("aria-label", "Vim’s command or search"));
  editor?.on("vim-mode-change", ({ mode }: { mode: string }) => {
    view.setTabFocusMode(mode !== "insert" && mode !== "replace");
    closeCompletion(view);
  });
  return { destroy: () => view.setTabFocusMode(false) };
});

export function vimKeys(actions: Actions): Extension {
  Vim.defineEx("write", "w", () => actions.save());
  return [vim({ status: true }), leaving];
}
