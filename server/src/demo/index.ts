import { existsSync, readFileSync } from "node:fs";
import { join as pathTo } from "node:path";
import type { Parts } from "../ports/index.ts";
import { findBody, importIpa } from "../registries/index.ts";
import { bodyData } from "./body-data.ts";
import { join, type Person } from "./join.ts";
import { seedPartners } from "./partners.ts";

/** Institutions that already joined, with who administers them. */
const JOINED: { ipaCode: string; administrators: string[]; operators?: string[]; gone?: boolean; also?: string[] }[] = [
  { ipaCode: "utc_00", administrators: ["giulia-ferri", "chiara-fontana"] },
  // On App IO too, where one may join for others and which has a back office; and on a product that is set up here.
  { ipaCode: "c_vca0", administrators: ["chiara-fontana", "marta-vitali"], also: ["io", "io-sign"] },
  // Its administrators have left: somebody who works there can recover it.
  { ipaCode: "c_lpr0", administrators: ["paolo-neri"], operators: ["niccolo-dangio"], gone: true },
];

/** Invented institutions and people, once: a second start finds them and changes nothing. */
export const seedDemo = async (parts: Parts, root: string): Promise<void> => {
  const already = await parts.database.asSystem(async ({ db }) => (await findBody(db, "c_bes0")) !== undefined);
  if (already || !existsSync(pathTo(root, "demo/enti.csv"))) return;
  await importIpa(parts, readFileSync(pathTo(root, "demo/enti.csv")));
  const people = new Map(
    (JSON.parse(readFileSync(pathTo(root, "demo/people.json"), "utf8")) as Person[]).map((p) => [p.key, p]),
  );
  for (const joined of JOINED)
    await parts.act({ kind: "system", name: "demo data" }, async (tx) => {
      const body = (await findBody(tx.db, joined.ipaCode))!;
      await join(parts, tx, people, bodyData(body), joined);
    });
  await seedPartners(parts, people);
};
