// Only what is named here is bundled: the package puts HTML around its programs, which brings as much again.
export { phpLanguage } from "@codemirror/lang-php";
