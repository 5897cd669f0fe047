import { randomUUID } from "node:crypto";
import { DRAFT_DAYS } from "@area/api";
import type { Db } from "../platform/database/transaction.ts";
import type { Parts } from "../ports/index.ts";
import { draftsShown, type Revision } from "./drafts.ts";
import { contentOf, draftContentOf } from "./fields.ts";
import * as store from "./store.ts";

type Row = NonNullable<Awaited<ReturnType<typeof store.lockOnboarding>>>;

/**
 * The draft in which a request that came back is corrected: one, with all that was sent. It is found again by whoever it belongs to,
 * and handed over to a colleague like every draft.
 */
export const revisionDraft = async (
  { cipher }: Pick<Parts, "cipher">,
  { db, now }: { db: Db; now: Date },
  o: Row,
  personId: string,
) => {
  const revision: Revision = {
    onboardingId: o.id,
    productVersion: o.product_version,
    note: o.review_note,
    fields: o.review_fields as Revision["fields"],
  };
  const content = draftContentOf(await contentOf(cipher, db, o), o.review_reasons as string[]);
  await store.insertDraft(db, {
    id: randomUUID(),
    productId: o.product_id,
    personId,
    content: cipher.seal(JSON.stringify(content)),
    at: now,
    keptUntil: new Date(now.getTime() + DRAFT_DAYS * 86_400_000),
    corrects: { onboardingId: o.id, revision: cipher.seal(JSON.stringify(revision)) },
  });
  const draft = await store.draftOfOnboarding(db, o.id);
  return draft ? draftsShown({ cipher }).one(db, draft, personId) : null;
};
