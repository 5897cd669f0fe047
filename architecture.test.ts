import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

/* The only arrows. npm links every workspace at the root, so goodwill does not hold them: this does. */
const root = import.meta.dirname;
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((e) =>
    ["node_modules", "dist"].includes(e.name)
      ? []
      : e.isDirectory()
        ? filesIn(join(folder, e.name))
        : /\.tsx?$/.test(e.name)
          ? [join(folder, e.name)]
          : [],
  );
const importsOf = (file: string): string[] =>
  [
    ...readFileSync(join(root, file), "utf8").matchAll(
      /(?:^|\n)\s*(?:import|export)[^;]*?from\s+"([^"]+)"|import\("([^"]+)"\)/g,
    ),
  ].map((m) => m[1] ?? m[2]!);
const isTest = (file: string) => /\.test\.tsx?$|\/testing\//.test(file);
const target = (file: string, specifier: string) =>
  specifier.startsWith(".") ? relative(root, join(root, dirname(file), specifier)) : specifier;

/** What each workspace may import of ours. */
const workspaces: Record<string, RegExp> = {
  api: /^(zod$|api\/)/,
  words: /^(@area\/api|words\/)/,
  web: /^(?!(server|dev|journeys|bench)\/)(?!@area\/(server|dev|journeys|bench))/,
  server: /^(?!(web|journeys|bench|dev|tools)\/)(?!@area\/(web|journeys|bench|dev))/,
  dev: /^(?!(api|words|web|server|journeys|bench)\/)(?!@area\/(api|words|web|server|journeys|bench))/,
  journeys: /^(?!(web|server|dev)\/)(?!@area\/(web|server))/,
};

/** The rooms of the server, from the top floor down: an arrow may skip floors, never climb. */
const floors = [
  ["main.ts", "control.ts"],
  ["assemble.ts", "demo"],
  ["slices.ts"],
  ["inbox"],
  ["assistance", "findings", "audit", "pagopa", "proposals", "reviews", "aggregates", "catalogue"],
  ["terms"],
  ["onboarding", "nominations"],
  ["agreements"],
  ["delegations"],
  ["people"],
  ["institutions"],
  ["products"],
  ["registries", "trust"],
  ["staff"],
  ["identity"],
  ["notifications"],
  ["pages"],
  ["ports"],
  ["platform"],
];
const floorOf = (path: string) => floors.findIndex((floor) => floor.includes(path.split("/")[0]!));

describe("the arrows", () => {
  for (const [workspace, allowed] of Object.entries(workspaces))
    it(`${workspace} imports only what it may`, () => {
      const wrong = filesIn(workspace)
        .filter((f) => !isTest(f))
        .flatMap((f) =>
          importsOf(f)
            .map((s) => target(f, s))
            .filter((t) => !allowed.test(t))
            .map((t) => `${f} → ${t}`),
        );
      expect(wrong).toEqual([]);
    });

  const server = filesIn("server/src")
    .filter((f) => !isTest(f))
    .map((f) => ({ file: f.slice("server/src/".length), imports: importsOf(f).map((s) => target(f, s)) }));
  it("inside the server an arrow never climbs", () => {
    const wrong = server.flatMap(({ file, imports }) =>
      imports
        .filter((t) => t.startsWith("server/src/"))
        .map((t) => t.slice("server/src/".length))
        .filter((t) => floorOf(file) < 0 || floorOf(t) < 0 || floorOf(t) < floorOf(file))
        .map((t) => `${file} → ${t}`),
    );
    expect(wrong).toEqual([]);
  });

  it("rooms meet only through their door", () => {
    const wrong = server.flatMap(({ file, imports }) => {
      const room = file.split("/")[0]!;
      return imports
        .filter((t) => t.startsWith("server/src/"))
        .map((t) => t.slice("server/src/".length))
        .filter((t) => {
          const [other, ...rest] = t.split("/");
          return (
            rest.length > 0 &&
            other !== room &&
            !["platform", "ports"].includes(other!) &&
            !/^index(\.ts)?$/.test(rest.join("/"))
          );
        })
        .filter((t) => !(file === "slices.ts" && t === "pages/serve.ts"))
        .map((t) => `${file} → ${t}`);
    });
    expect(wrong).toEqual([]);
  });

  it("only stores build queries, and only platform and ports see the framework or a vendor", () => {
    const vendors =
      /^(fastify|@fastify|pg$|@electric-sql|@aws-sdk|nodemailer|pkijs|asn1js|pdfkit|@cantoo|xml-crypto|@xmldom|openid-client)/;
    const wrong = server.flatMap(({ file, imports }) => [
      ...imports
        .filter(
          (t) => vendors.test(t) && !/^(platform|ports)\//.test(file) && !(file === "assemble.ts" && t === "fastify"),
        )
        .map((t) => `${file} → ${t}`),
      ...(/\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(
        readFileSync(join(root, "server/src", file), "utf8"),
      ) && !file.endsWith("store.ts")
        ? [`${file} builds a query`]
        : []),
    ]);
    expect(wrong).toEqual([]);
  });
});
