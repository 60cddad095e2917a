// Only what is named here is bundled: the package has completions, too, which bring as much again.
export { pythonLanguage } from "@codemirror/lang-python";
