import { api, RULES_IN_FORCE, ruleBooks } from "@area/api";
import { rulesPage } from "../pages/index.ts";
import type { Db } from "../platform/database/transaction.ts";
import type { Page } from "../platform/page.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { openProducts } from "../products/index.ts";
import { decideReview } from "./decide-review.ts";
import { reactions } from "./reactions.ts";
import { readReviews } from "./read-reviews.ts";
import { takeReview } from "./take-review.ts";
import { talk } from "./talk.ts";

/** Somebody of the staff looks at a request before it goes on: the desk, and what the applicant sees of it. */
export const reviews = (parts: Parts) => ({
  handlers: { ...readReviews(parts), ...takeReview(parts), ...decideReview(parts), ...talk(parts) },
  rules: { list: handle(api.reviewRules.list, async (_input, { db }) => published(db)) },
  pages: (): Page[] => [
    {
      method: "GET",
      path: "/regole-adesione",
      answer: async ({ language, path }) => ({
        html: rulesPage({ language, path, ...(await parts.database.asSystem(({ db }) => published(db))) }),
        cache: "public, max-age=600",
      }),
    },
  ],
  reactions: reactions(parts),
});

/** The rules as everybody may read them: every version, and on which products each holds. */
const published = async (db: Db) => ({
  inForce: RULES_IN_FORCE,
  versions: Object.entries(ruleBooks).map(([version, { since, rules }]) => ({ version, since, rules: [...rules] })),
  products: (await openProducts(db))
    .filter((p) => p.configuration.admissions.some((a) => a.workflow === "review"))
    .map((p) => ({ productId: p.id, title: p.configuration.title, rules: p.configuration.review.rules })),
});
