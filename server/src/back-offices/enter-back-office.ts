import { randomUUID } from "node:crypto";
import { api, type HeldProfile, type ProductConfiguration } from "@area/api";
import { SignJWT } from "jose";
import { productState } from "../institutions/index.ts";
import { handle } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { publishedProduct } from "../products/index.ts";
import type { tokenKeys } from "./keys.ts";
import * as store from "./store.ts";

/** How long a token may be used to enter; the session of the back office is its own affair, until `desired_exp` at most. */
export const TOKEN_SECONDS = 120;

/** The role that somebody has at the product: that of their profile there, or of an operator where the product knows no other. */
const rolesOf = (c: ProductConfiguration, kind: string | null, profiles: readonly HeldProfile[]) => {
  const offered = c.roles.filter((r) => !r.kinds || (kind !== null && (r.kinds as string[]).includes(kind)));
  const roles = profiles.flatMap((profile) => {
    const own = offered.find((r) => r.profile === profile) ?? offered.find((r) => r.profile === "operator");
    return own ? [{ partyRole: own.profile === "administrator" ? "DELEGATE" : "OPERATOR", role: own.code }] : [];
  });
  return roles.filter((r, n) => roles.findIndex((other) => other.role === r.role) === n);
};

export const enterBackOffice = (parts: Parts, keys: ReturnType<typeof tokenKeys>) =>
  handle(api.backOffices.enter, {
    prepare: async ({ params, body }, { actor, now, read, fail }) => {
      const signing = await keys.signing(now);
      const worksAt = actor!.mandate?.partnerId ?? params.institutionId;
      return read({ purpose: "system" }, async ({ db, connection }) => {
        const product = await publishedProduct(db, params.productId);
        const at = product?.configuration.backOffice?.environments[body.environment];
        if (!product || !at) return fail("product-without-back-office");
        const who = await store.visitor(connection, {
          personId: actor!.personId,
          institutionId: params.institutionId,
          worksAt,
          productId: params.productId,
          now,
        });
        return { signing, product, at, who };
      });
    },
    run: async ({ params, body }, { db, actor, now, fail, emit }, { signing, product, at, who }) => {
      const { institutionId, productId } = params;
      if ((await productState(db, institutionId, productId)) !== "active")
        return fail("product-not-active", { productId });
      const jti = randomUUID();
      const issued = Math.floor(now.getTime() / 1000);
      const { configuration: c } = product;
      const token = await new SignJWT({
        typ: "ID",
        name: actor.givenName,
        family_name: actor.familyName,
        ...(c.backOffice!.fiscalCode ? { fiscal_number: parts.cipher.open(who.fiscal_code) } : {}),
        ...(who.email ? { email: parts.cipher.open(who.email) } : {}),
        spid_level: `SpidL${actor.session.level}`,
        desired_exp: Math.floor(actor.session.expiresAt.getTime() / 1000),
        environment: body.environment,
        organization: {
          id: institutionId,
          name: who.name,
          fiscal_code: who.tax_code,
          ...(who.ipa_code ? { ipaCode: who.ipa_code } : {}),
          ...(who.subunit_kind ? { subUnitType: who.subunit_kind, subUnitCode: who.subunit_code } : {}),
          ...(who.parent_id ? { rootParent: { id: who.parent_id, description: who.parent_name } } : {}),
          roles: rolesOf(c, who.kind, who.profiles).map((role) => ({ ...role, productId: c.externalId })),
          groups: who.groups.map((g) => g.id),
          // A list that was cut says so: whoever decides by it must not believe that it is all.
          ...(who.groups_held > who.groups.length ? { groupsTruncated: true } : {}),
        },
        ...(actor.mandate
          ? {
              mandate: {
                delegation: actor.mandate.delegationId,
                partner: { id: actor.mandate.partnerId, name: who.partner_name, fiscal_code: who.partner_tax_code },
              },
            }
          : {}),
      })
        .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: signing.kid })
        .setIssuer(parts.config.publicUrl)
        .setSubject(actor.personId)
        .setAudience(at.audience)
        .setJti(jti)
        .setIssuedAt(issued)
        .setNotBefore(issued)
        .setExpirationTime(issued + TOKEN_SECONDS)
        .sign(signing.key);
      emit(
        "back-offices.entry.made",
        { productId, environment: body.environment, personId: actor.personId, tokenId: jti },
        { institutionId },
      );
      const { devBackOffice } = parts.config;
      const url = devBackOffice ? new URL(new URL(at.url).pathname, devBackOffice) : new URL(at.url);
      url.hash = `selfcareToken=${token}`;
      return { url: url.href, expiresAt: new Date((issued + TOKEN_SECONDS) * 1000).toISOString() };
    },
  });
