// Grammar of a language, fetched when it is chosen: nobody downloads what they do not write.
// Most come without their own words to complete: those hold templates, which would take Tab. SQL's know the tables.

import type { Extension } from "@codemirror/state";

/** Columns by table. */
export type Tables = Record<string, string[]>;

const grammars: Record<string, (tables: Tables) => Promise<Extension>> = {
  python: async () => (await import("./grammars/python")).pythonLanguage,
  javascript: async () => (await import("@codemirror/lang-javascript")).javascriptLanguage,
  typescript: async () => (await import("@codemirror/lang-javascript")).typescriptLanguage,
  java: async () => (await import("@codemirror/lang-java")).javaLanguage,
  go: async () => (await import("@codemirror/lang-go")).goLanguage,
  cpp: async () => (await import("@codemirror/lang-cpp")).cppLanguage,
  csharp: async () => (await import("./grammars/streams")).csharp,
  ruby: async () => (await import("./grammars/streams")).ruby,
  php: async () => (await import("./grammars/php")).phpLanguage,
  sql: async (tables) => {
    const { PostgreSQL, sql } = await import("@codemirror/lang-sql");
    return sql({ dialect: PostgreSQL, schema: tables, upperCaseKeywords: true });
  },
};

export async function grammar(language: string, tables: Tables): Promise<Extension> {
  return (await grammars[language]?.(tables)) ?? [];
}
