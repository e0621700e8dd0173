// Compiles the stylesheet, copies the fonts and htmx, and writes down what was built from what (built.json).
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
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


// The same fonts for printed sheets, whose typesetter reads no WOFF: each table unpacked, the order kept. It knows a font
// by its family and takes only one of a name, so the second file is called something else, of the same length.
const FAMILY = { latin: "Atkinson Hyperlegible", "latin-ext": "Pathbook Latin Extend" };
const renamed = (data, to) => ["latin1", "utf16le"].reduce((bytes, code) => {
  const [from, into] = [FAMILY.latin, to].map((name) => (code === "latin1" ? Buffer.from(name, code) : Buffer.from(name, code).swap16()));
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) into.copy(bytes, at);
  return bytes;
}, Buffer.from(data));
function unpacked(woff, family) {
  const tables = [];
  for (let n = 0, at = 44; n < woff.readUInt16BE(12); n++, at += 20) {
    const [from, packed, size] = [4, 8, 12].map((skip) => woff.readUInt32BE(at + skip));
    const stored = woff.subarray(from, from + packed);
    const data = packed < size ? inflateSync(stored) : stored;
    const head = woff.subarray(at, at + 4);
    tables.push({ head, sum: woff.subarray(at + 16, at + 20), data: head.toString() === "name" ? renamed(data, family) : data });
  }
  const log = Math.floor(Math.log2(tables.length));
  const start = Buffer.alloc(12 + 16 * tables.length);
  woff.copy(start, 0, 4, 8);
  [tables.length, 16 * 2 ** log, log, 16 * (tables.length - 2 ** log)].forEach((value, n) => start.writeUInt16BE(value, 4 + 2 * n));
  let end = start.length;
  const bodies = tables.map(({ head, sum, data }, n) => {
    head.copy(start, 12 + 16 * n);
    sum.copy(start, 16 + 16 * n);
    start.writeUInt32BE(end, 20 + 16 * n);
    start.writeUInt32BE(data.length, 24 + 16 * n);
    const body = Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
    end += body.length;
    return body;
  });
  return Buffer.concat([start, ...bodies]);
}
const printed = process.argv[3] ?? "../pathbook/sheets/fonts";
mkdirSync(printed, { recursive: true });
for (const script of ["latin", "latin-ext"])
  for (const weight of ["400", "700"]) {
    const name = `atkinson-hyperlegible-${script}-${weight}-normal`;
    const woff = readFileSync(join("node_modules/@fontsource/atkinson-hyperlegible/files", `${name}.woff`));
    writeFileSync(join(printed, `${name}.ttf`), unpacked(woff, FAMILY[script]));
  }

const sum = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");
const inputs = ["package.json", "package-lock.json", "build.mjs", ...readdirSync("scss").sort().map((name) => `scss/${name}`)];
const outputs = ["app.css", "htmx.min.js", ...readdirSync(join(out, "fonts")).sort().map((name) => `fonts/${name}`)];
if (!process.argv[2]) {
  const faces = readdirSync(printed).sort();
  const built = {
    inputs: Object.fromEntries(inputs.map((path) => [path, sum(path)])),
    outputs: Object.fromEntries(outputs.map((path) => [path, sum(join(out, path))])),
    printed: Object.fromEntries(faces.map((name) => [name, sum(join(printed, name))])),
  };
  writeFileSync("built.json", JSON.stringify(built, null, 1) + "\n");
}
