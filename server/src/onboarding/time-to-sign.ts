import { api, type OnboardingState, RESEND_MINUTES } from "@area/api";
import type { Db, Scope } from "../platform/database/transaction.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { productVersion } from "../products/index.ts";
import { shown } from "./shown.ts";
import * as store from "./store.ts";

const DAY = 86_400_000;
type Refuse = (code: "onboarding-unknown" | "onboarding-not-to-sign", facts?: Record<string, string>) => never;

/** One's own request under its lock, while its agreement waits for the signature. */
const toSign = async (
  { db, enter }: { db: Db; enter(scope: Scope): void },
  personId: string,
  onboardingId: string,
  fail: Refuse,
) => {
  const mine = await store.oneRequestedBy(db, personId, onboardingId);
  if (!mine) return fail("onboarding-unknown");
  enter({ institution: mine.institution_id });
  const o = (await store.lockOnboarding(db, mine.id))!;
  if ((o.state as OnboardingState) !== "awaiting-signature") return fail("onboarding-not-to-sign", { state: o.state });
  return o;
};

/** While an agreement waits: its letter sent again, and more time, once. */
export const timeToSign = (_parts: Parts) => ({
  resend: handle(api.onboarding.resend, async ({ params }, context) => {
    const { db, actor, now, fail, emit } = context;
    const o = await toSign(context, actor.personId, params.onboardingId, fail);
    const again = o.resent_at ? o.resent_at.getTime() + RESEND_MINUTES * 60_000 : 0;
    if (again > now.getTime()) return fail("onboarding-resent-already", { at: new Date(again).toISOString() });
    await store.resent(db, o.id, now);
    emit("onboarding.resent", { onboardingId: o.id, productId: o.product_id }, { institutionId: o.institution_id });
    return (await shown(db, [(await store.oneRequestedBy(db, actor.personId, o.id))!]))[0]!;
  }),
  extend: handle(api.onboarding.extend, async ({ params }, context) => {
    const { db, actor, now, fail, emit } = context;
    const o = await toSign(context, actor.personId, params.onboardingId, fail);
    if (o.extended_at) return fail("onboarding-extended-already");
    const { signatureDays } = (await productVersion(db, o.product_id, o.product_version)).configuration;
    const expiresAt = new Date(now.getTime() + signatureDays * DAY);
    await store.extended(db, o.id, now, expiresAt);
    emit(
      "onboarding.extended",
      { onboardingId: o.id, productId: o.product_id, expiresAt: expiresAt.toISOString() },
      { institutionId: o.institution_id },
    );
    return (await shown(db, [(await store.oneRequestedBy(db, actor.personId, o.id))!]))[0]!;
  }),
});
