// Bundles the browser's files: every src/*.ts is an entry point, styles.css brings style sheets and fonts.
//
//   node build.mjs OUTPUT_FOLDER FONTS_FOLDER
//
// A font that lies in FONTS_FOLDER takes the place of the package's. Names carry a hash of the content, so they may be
// cached for ever; manifest.json says which name an entry has today:
// {"editor.ts": {"file": "editor-X.js", "imports": ["chunk-Y.js"]}, …}. Texts lie there compressed as well: X.br, X.gz.
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const output = path.resolve(process.argv[2]);
const fonts = path.resolve(process.argv[3]);
const STYLE = "styles.css";
const PICTURES = ["icons.svg", "favicon.svg"];

const scripts = readdirSync(path.join(here, "src"))
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
  .map((name) => path.join("src", name));

const smallerFonts = {
  name: "smaller-fonts",
  setup(builder) {
    builder.onLoad({ filter: /\.woff2$/ }, async ({ path: file }) => {
      const smaller = path.join(fonts, path.basename(file));
      return existsSync(smaller) ? { contents: await readFile(smaller), loader: "file" } : null;
    });
  },
};

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
  entryPoints: [...scripts, STYLE],
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
  loader: { ".woff2": "file" },
  plugins: [smallerFonts, emacsKeys],
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
  return described;
}

const manifest = {};
for (const [file, facts] of Object.entries(metafile.outputs)) {
  if (file.endsWith(".woff2")) {
    const [font] = Object.keys(facts.inputs);
    manifest[`fonts/${path.basename(font)}`] = { file: nameOf(file) };
  } else if (facts.entryPoint && (scripts.includes(facts.entryPoint) || facts.entryPoint === STYLE)) {
    manifest[path.basename(facts.entryPoint)] = describe(file, facts);
  }
}
for (const name of PICTURES) {
  const picture = await readFile(path.join(here, "..", "static", name));
  const hash = createHash("sha256").update(picture).digest("hex").slice(0, 8).toUpperCase();
  const file = `${path.basename(name, ".svg")}-${hash}.svg`;
  await writeFile(path.join(output, file), picture);
  manifest[name] = { file };
}
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(path.join(output, "manifest.json"), JSON.stringify(sorted, null, 2) + "\n");

// The licences of all that is bundled travel with it.
const packages = new Set();
for (const { inputs } of Object.values(metafile.outputs)) {
  for (const input of Object.keys(inputs)) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) packages.add(found[1]);
  }
}
const notices = ["The files in this folder hold or are made of these packages."];
for (const name of [...packages].sort()) {
  const folder = path.join(here, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} has no file of its licence`);
  const text = (await readFile(path.join(folder, file), "utf8")).trim();
  notices.push(`${"=".repeat(80)}\n${name} ${version} (${license})\n\n${text}`);
}
await writeFile(path.join(output, "THIRD_PARTY.txt"), notices.join("\n\n") + "\n");

for (const name of await readdir(output)) {
  if (!/\.(js|css|svg|txt)$/.test(name)) continue;
  const file = path.join(output, name);
  const text = await readFile(file);
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length } };
  for (const [ending, smaller] of [["br", brotliCompressSync(text, brotli)], ["gz", gzipSync(text, { level: 9 })]]) {
    if (smaller.length < 0.95 * text.length) await writeFile(`${file}.${ending}`, smaller);
  }
}
