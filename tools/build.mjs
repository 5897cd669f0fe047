// Builds what runs: the server and the development helpers as bundles, the web application with Vite. Skips what is fresh.
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stampFile = join(root, "node_modules/.area-build.json");

const filesIn = (directory) =>
  readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
    entry.name === "node_modules" || entry.name === "dist"
      ? []
      : entry.isDirectory()
        ? filesIn(join(directory, entry.name))
        : [join(directory, entry.name)],
  );
/** What a part is made of: names, sizes and times are enough to know whether to build again. */
const digestOf = (folders) => {
  const hash = createHash("sha256");
  for (const folder of folders)
    for (const file of filesIn(join(root, folder)).sort())
      hash.update(`${relative(root, file)} ${statSync(file).size} ${statSync(file).mtimeMs}\n`);
  return hash.update(readFileSync(join(root, "package-lock.json"))).digest("hex");
};

const parts = {
  server: {
    from: ["api", "words", "server", "dev"],
    out: [
      "server/dist/area-server.js",
      "server/dist/signature-worker.js",
      "dev/idp/dist/main.js",
      "dev/mailbox/dist/main.js",
      "dev/signing-desk/dist/main.js",
      "dev/back-office/dist/main.js",
    ],
    build: async () => {
      const { build } = await import("esbuild");
      const common = {
        bundle: true,
        platform: "node",
        format: "esm",
        target: "node20",
        packages: "external",
        sourcemap: "linked",
        logLevel: "warning",
        plugins: [ownPackages],
      };
      await build({
        ...common,
        entryPoints: [join(root, "server/src/main.ts")],
        outfile: join(root, "server/dist/area-server.js"),
        banner: { js: "#!/usr/bin/env node" },
      });
      chmodSync(join(root, "server/dist/area-server.js"), 0o755);
      await build({
        ...common,
        entryPoints: [join(root, "server/src/ports/signature/worker.ts")],
        outfile: join(root, "server/dist/signature-worker.js"),
      });
      // Beside their packages, so that each finds its own libraries.
      for (const name of ["idp", "mailbox", "signing-desk", "back-office"])
        await build({
          ...common,
          entryPoints: [join(root, "dev", name, "src/main.ts")],
          outfile: join(root, "dev", name, "dist/main.js"),
        });
    },
  },
  web: {
    from: ["api", "words", "web"],
    out: ["web/dist/index.html"],
    build: async () => {
      const { build } = await import("vite");
      const before = process.env.NODE_ENV;
      // The pages are the same whatever mode the server then runs in: Vite would take a development React from the environment.
      process.env.NODE_ENV = "production";
      await build({ root: join(root, "web"), configFile: join(root, "web/vite.config.ts"), logLevel: "warn" });
      // Vite leaves "production" behind, which the development helpers refuse.
      if (before === undefined) delete process.env.NODE_ENV;
      else process.env.NODE_ENV = before;
      // Compressed once, here, and not at each request.
      const assets = join(root, "web/dist/assets");
      for (const file of filesIn(assets).filter((f) => /\.(js|css|svg)$/.test(f))) {
        const bytes = readFileSync(file);
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  },
};

/** Our own packages are bundled in; everything else stays in node_modules. */
const ownPackages = {
  name: "own-packages",
  setup: (build) => {
    build.onResolve({ filter: /^@area\// }, ({ path }) => {
      const [, name, ...rest] = path.split("/");
      const file = join(root, name, "src", rest.length ? rest.join("/") : "index");
      return { path: file.endsWith(".ts") ? file : `${file}.ts` };
    });
  },
};

export const buildWhatChanged = async ({ only, say = () => {} } = {}) => {
  const stamps = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, "utf8")) : {};
  for (const [name, part] of Object.entries(parts)) {
    if (only && !only.includes(name)) continue;
    const digest = digestOf(part.from);
    if (stamps[name] === digest && part.out.every((o) => existsSync(join(root, o)))) continue;
    say(name);
    await part.build();
    stamps[name] = digest;
    mkdirSync(dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, JSON.stringify(stamps));
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url))
  await buildWhatChanged({ say: (part) => console.log(`building ${part}`) });
