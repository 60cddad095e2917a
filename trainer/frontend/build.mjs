// Bundles the browser's files: every src/*.ts is an entry point, fonts.css brings the fonts along.
//
//   node build.mjs OUTPUT_FOLDER
//
// Names carry a hash of the content, so they may be cached for ever; manifest.json says which name an
// entry has today: {"editor.ts": {"file": "editor-X.js", "imports": ["chunk-Y.js"], "css": "editor-Z.css"}, …}.
import { readdirSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const output = path.resolve(process.argv[2] ?? path.join(here, "..", "static", "built"));

const scripts = readdirSync(path.join(here, "src"))
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
  .map((name) => path.join("src", name));

// This package marks the calls that fill its tables of keys as pure, so that a bundler leaves them out, and its keys do nothing.
const emacsKeys = {
  name: "emacs-keys",
  setup: ({ onLoad }) =>
    onLoad({ filter: /codemirror-emacs[/\\]dist[/\\]index\.js$/ }, async (file) => ({
      contents: (await readFile(file.path, "utf8")).replaceAll("/*@__PURE__*/", ""),
    })),
};

await rm(output, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: [...scripts, "fonts.css"],
  outdir: output,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "fonts/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  plugins: [emacsKeys],
  loader: { ".woff2": "file" },
  metafile: true,
  logLevel: "warning",
});

const nameOf = (file) => path.relative(output, path.resolve(here, file)).replaceAll(path.sep, "/");

// What an entry needs at once, chunks of chunks included, for <link rel="modulepreload">.
function importsOf(file, seen = new Set()) {
  for (const { path: next, kind } of metafile.outputs[file].imports) {
    if (kind !== "import-statement" || seen.has(next)) continue;
    seen.add(next);
    importsOf(next, seen);
  }
  return seen;
}

function describe(file, facts) {
  const described = { file: nameOf(file) };
  const imports = [...importsOf(file)].map(nameOf);
  if (imports.length > 0) described.imports = imports;
  if (facts.cssBundle) described.css = nameOf(facts.cssBundle);
  return described;
}

const manifest = {};
for (const [file, facts] of Object.entries(metafile.outputs)) {
  if (file.endsWith(".woff2")) {
    const [font] = Object.keys(facts.inputs);
    manifest[`fonts/${path.basename(font)}`] = { file: nameOf(file) };
  } else if (facts.entryPoint && (scripts.includes(facts.entryPoint) || facts.entryPoint === "fonts.css")) {
    manifest[path.basename(facts.entryPoint)] = describe(file, facts);
  }
}
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(path.join(output, "manifest.json"), JSON.stringify(sorted, null, 2) + "\n");
