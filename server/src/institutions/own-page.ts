import { createHash } from "node:crypto";
import { api, type GeographicArea, type InstitutionPage, LOGO } from "@area/api";
import type { Db } from "../platform/database/transaction.ts";
import type { Page } from "../platform/page.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { productVersion } from "../products/index.ts";
import * as store from "./page-store.ts";
import { cleanPng } from "./png.ts";

const fields = {
  assistanceEmail: "assistance_email",
  assistancePhone: "assistance_phone",
  operationsName: "operations_name",
  operationsEmail: "operations_email",
  operationsPhone: "operations_phone",
  website: "website",
} as const;
const names = Object.keys(fields) as (keyof typeof fields)[];
type Row = NonNullable<Awaited<ReturnType<typeof store.pageOf>>>;

/** A logo's address holds its digest: another logo has another address, so browsers may keep it for ever. */
const addressOf = (institutionId: string, sha256: Uint8Array): string =>
  `/loghi/${institutionId}-${Buffer.from(sha256).toString("hex").slice(0, 16)}.png`;

const read = async (db: Db, institutionId: string, row: Row | undefined): Promise<InstitutionPage> => ({
  ...(Object.fromEntries(names.map((name) => [name, row?.[fields[name]] ?? null])) as Pick<
    InstitutionPage,
    keyof typeof fields
  >),
  version: row?.version ?? 0,
  logo:
    row?.logo_sha256 && row.logo_at
      ? { address: addressOf(institutionId, row.logo_sha256), size: row.logo_size ?? 0, at: row.logo_at.toISOString() }
      : null,
  areas: await Promise.all(
    (await store.areasOf(db, institutionId)).map(async (p) => ({
      productId: p.product_id,
      title: (await productVersion(db, p.product_id, p.product_version)).configuration.title,
      version: p.version,
      geographicAreas: p.geographic_areas as GeographicArea[],
    })),
  ),
});
const inWords = (area: GeographicArea): string =>
  area.level === "national" ? area.level : `${area.level} ${area.level === "region" ? area.code : area.name}`;

/** What an institution says of itself. What a registry says is not written here: it is read where institutions are. */
export const ownPage = ({ ports }: Pick<Parts, "ports">) => ({
  read: handle(api.institutions.page.read, async ({ params }, { db }) =>
    read(db, params.institutionId, await store.pageOf(db, params.institutionId)),
  ),

  change: handle(api.institutions.page.change, async ({ params, body }, { db, version, fail, emit }) => {
    const { institutionId } = params;
    const before = await store.pageOf(db, institutionId);
    const reach = Object.fromEntries(names.map((name) => [fields[name], body[name]])) as store.Reach;
    if (!(await store.writeReach(db, institutionId, version, reach)))
      return fail("version-stale", { version: before?.version ?? 0 });
    emit(
      "institutions.page.changed",
      { fields: names.filter((name) => (before?.[fields[name]] ?? null) !== body[name]) },
      { institutionId },
    );
    return read(db, institutionId, await store.pageOf(db, institutionId));
  }),

  changeAreas: handle(api.institutions.page.changeAreas, async ({ params, body }, { db, version, fail, emit }) => {
    const { institutionId, productId } = params;
    const product = (await store.areasOf(db, institutionId)).find((p) => p.product_id === productId);
    if (!product) return fail("product-not-active");
    if (!(await store.writeAreas(db, { institutionId, productId, version }, body.geographicAreas)))
      return fail("version-stale", { version: product.version });
    emit("institutions.areas.changed", { productId, areas: body.geographicAreas.map(inWords) }, { institutionId });
    return read(db, institutionId, await store.pageOf(db, institutionId));
  }),

  setLogo: handle(api.institutions.page.setLogo, {
    // Taking the picture apart is work: it is done before the transaction, for who was found to may.
    prepare: async ({ params, file }, { fail, dryRun }) => {
      const picture = cleanPng(file!.bytes, LOGO);
      if (typeof picture === "string") return fail(picture);
      if (!("bytes" in picture)) return fail("image-wrong-size", picture);
      const sha256 = createHash("sha256").update(picture.bytes).digest();
      const storageKey = `logos/${params.institutionId}-${sha256.toString("hex").slice(0, 16)}.png`;
      if (!dryRun) await ports.storage.put(storageKey, picture.bytes, "image/png");
      return { sha256, storageKey, size: picture.width };
    },
    run: async ({ params }, { db, now, emit }, logo) => {
      const { institutionId } = params;
      await store.writeLogo(db, institutionId, { ...logo, at: now });
      emit("institutions.logo.changed", { sha256: logo.sha256.toString("hex") }, { institutionId });
      return read(db, institutionId, await store.pageOf(db, institutionId));
    },
  }),

  removeLogo: handle(api.institutions.page.removeLogo, async ({ params }, { db, fail, emit }) => {
    const { institutionId } = params;
    if (!(await store.pageOf(db, institutionId))?.logo_sha256) return fail("logo-missing");
    await store.writeLogo(db, institutionId, null);
    emit("institutions.logo.removed", {}, { institutionId });
  }),
});

/** Logos are public, as those of public bodies are: platforms that write to citizens show them. */
export const logoPages = ({ database, ports }: Pick<Parts, "database" | "ports">): Page[] => [
  {
    method: "GET",
    path: "/loghi/:name",
    answer: async ({ params }) => {
      const [, institutionId, digest] = /^([0-9a-f-]{36})-([0-9a-f]{16})\.png$/.exec(params["name"] ?? "") ?? [];
      const row = institutionId
        ? await database.asSystem(({ db }) => store.pageOf(db, institutionId)).catch(() => undefined)
        : undefined;
      const current =
        row?.logo_sha256 &&
        Buffer.from(row.logo_sha256)
          .toString("hex")
          .startsWith(digest ?? "-");
      const stored = current && row.logo_storage_key ? await ports.storage.get(row.logo_storage_key) : null;
      if (!stored) return { status: 404, text: { body: "", mediaType: "text/plain; charset=utf-8" } };
      return {
        file: { name: "logo.png", mediaType: "image/png", bytes: stored.bytes, length: stored.length },
        cache: "public, max-age=86400, immutable",
      };
    },
  },
];
