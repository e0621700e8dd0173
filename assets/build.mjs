// Compiles the stylesheet, copies the fonts and htmx, and writes down what was built from what (built.json).
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as sass from "sass";

const out = process.argv[2] ?? "../pathbook/web/static/pathbook";
mkdirSync(join(out, "fonts"), { recursive: true });
const { css } = sass.compile("scss/app.scss", { style: "compressed", loadPaths: ["scss", "node_modules"], quietDeps: true });
writeFileSync(join(out, "app.css"), css + "\n");
copyFileSync("node_modules/htmx.org/dist/htmx.min.js", join(out, "htmx.min.js"));
for (const script of ["latin", "latin-ext"])
  for (const weight of ["400", "700"]) {
    const name = `atkinson-hyperlegible-${script}-${weight}-normal.woff2`;
    copyFileSync(join("node_modules/@fontsource/atkinson-hyperlegible/files", name), join(out, "fonts", name));
  }

const sum = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");
const inputs = ["package.json", "package-lock.json", "build.mjs", ...readdirSync("scss").sort().map((name) => `scss/${name}`)];
const outputs = ["app.css", "htmx.min.js", ...readdirSync(join(out, "fonts")).sort().map((name) => `fonts/${name}`)];
if (!process.argv[2]) {
  const built = {
    inputs: Object.fromEntries(inputs.map((path) => [path, sum(path)])),
    outputs: Object.fromEntries(outputs.map((path) => [path, sum(join(out, path))])),
  };
  writeFileSync("built.json", JSON.stringify(built, null, 1) + "\n");
}
