// The page of a quiz: questions in the place of the editor.

import { start } from "./work/page";
import { Sheet } from "./work/sheet";

start((work, actions) => new Sheet(work, actions));
