import { type AdhesionNumbers, admissionOf, institutionKinds, requirementsOf } from "@area/api";
import { type EligibleProduct, eligibilityPage, errorPage, numbersPage, subjectsPage } from "../pages/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { Page } from "../platform/page.ts";
import type { Parts } from "../ports/index.ts";
import { openProducts } from "../products/index.ts";

export const slugOf = (kind: string): string => kind.toLowerCase().replaceAll("_", "-");
const CACHE = "public, max-age=600";

/** What everybody may read before entering: who may join what and how, and the numbers. Pages of the server, without script. */
export const publicPages = ({ database }: Parts, numbers: (db: Db) => Promise<AdhesionNumbers>): Page[] => [
  {
    method: "GET",
    path: "/chi-puo-aderire",
    answer: async ({ language, path }) => ({
      html: subjectsPage({ language, path, kinds: institutionKinds.map((kind) => ({ kind, slug: slugOf(kind) })) }),
      cache: CACHE,
    }),
  },
  {
    method: "GET",
    path: "/chi-puo-aderire/:kind",
    answer: async ({ language, path, params, traceId }) => {
      const kind = institutionKinds.find((one) => slugOf(one) === params["kind"]);
      if (!kind) return { status: 404, html: errorPage({ language, path, code: "not-found", facts: {}, traceId }) };
      const { products, told } = await database.asSystem(async ({ db }) => ({
        products: await openProducts(db),
        told: await numbers(db),
      }));
      const shown = products.map((p): EligibleProduct => {
        const c = p.configuration;
        const ways = c.admissions
          .filter((a) => a.kind === kind)
          .map((a) => requirementsOf(c, admissionOf(c, a.kind, a.origin)!));
        return {
          id: p.id,
          title: c.title,
          description: c.description,
          ways,
          parentTitle: products.find((one) => one.id === c.parent)?.configuration.title ?? c.parent,
          invitedOnly: c.privateBeta !== null,
          signatureDays: c.signatureDays,
          reviewDays: c.review.days,
          administrators: c.administrators,
          wholeSeconds: told.products.find((n) => n.productId === p.id)?.whole ?? null,
        };
      });
      return {
        html: eligibilityPage({
          language,
          path,
          kind,
          open: shown.filter((p) => p.ways.length > 0),
          closed: shown.filter((p) => p.ways.length === 0),
        }),
        cache: CACHE,
      };
    },
  },
  {
    method: "GET",
    path: "/numeri",
    answer: async ({ language, path }) => ({
      html: numbersPage({ language, path, numbers: await database.asSystem(({ db }) => numbers(db)) }),
      cache: CACHE,
    }),
  },
];
