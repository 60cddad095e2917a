// Grammar of a language, fetched when it is chosen: nobody downloads what they do not write.

import type { Extension } from "@codemirror/state";

const grammars: Record<string, () => Promise<Extension>> = {
  python: async () => (await import("@codemirror/lang-python")).python(),
  javascript: async () => (await import("@codemirror/lang-javascript")).javascript(),
  typescript: async () => (await import("@codemirror/lang-javascript")).javascript({ typescript: true }),
  java: async () => (await import("@codemirror/lang-java")).java(),
  go: async () => (await import("@codemirror/lang-go")).go(),
  cpp: async () => (await import("@codemirror/lang-cpp")).cpp(),
  sql: async () => (await import("@codemirror/lang-sql")).sql(),
};

export async function grammar(language: string): Promise<Extension> {
  return (await grammars[language]?.()) ?? [];
}
