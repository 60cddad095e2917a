// The page of a problem that is answered by code.

import { Editor } from "./editor/editor";
import { must } from "./lib/dom";
import { start } from "./work/page";

start((work, actions) => new Editor(must<HTMLTextAreaElement>("textarea[name=source]", work), actions, () => [{ text: work.dataset["starter"] ?? "", where: "starter" }]));
