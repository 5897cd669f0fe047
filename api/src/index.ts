import { aggregates } from "./aggregates.ts";
import { agreements } from "./agreements.ts";
import { assistance } from "./assistance.ts";
import { audit } from "./audit.ts";
import { catalogue } from "./catalogue.ts";
import { delegations } from "./delegations.ts";
import { findings } from "./findings.ts";
import { identity } from "./identity.ts";
import { inbox } from "./inbox.ts";
import { institutions } from "./institutions.ts";
import { nominations } from "./nominations.ts";
import { onboarding } from "./onboarding.ts";
import { pagopa } from "./pagopa/index.ts";
import { people } from "./people.ts";
import { products } from "./products.ts";
import { proposals } from "./proposals.ts";
import { registries } from "./registries.ts";
import { reviewRules } from "./review-rules.ts";
import { reviews } from "./reviews.ts";
import { staff } from "./staff.ts";
import { terms } from "./terms.ts";
import { trust } from "./trust.ts";

/** The whole promise as one value: server, client, CLI, documentation and tests read it. */
export const api = {
  identity,
  registries,
  institutions,
  products,
  catalogue,
  people,
  delegations,
  agreements,
  onboarding,
  nominations,
  aggregates,
  reviews,
  reviewRules,
  findings,
  audit,
  assistance,
  inbox,
  proposals,
  pagopa,
  staff,
  terms,
  trust,
};

export * from "./access.ts";
export * from "./aggregates.ts";
export * from "./agreements.ts";
export * from "./assistance.ts";
export * from "./audit.ts";
export * from "./catalogue.ts";
export * from "./delegations.ts";
export * from "./details.ts";
export * from "./events.ts";
export * from "./findings.ts";
export * from "./identity.ts";
export * from "./inbox.ts";
export * from "./institution-kinds.ts";
export * from "./institutions.ts";
export * from "./kit/client.ts";
export * from "./kit/endpoint.ts";
export * from "./kit/openapi.ts";
export * from "./kit/problem.ts";
export * from "./nominations.ts";
export * from "./onboarding.ts";
export * from "./pagopa/index.ts";
export * from "./people.ts";
export * from "./problems.ts";
export * from "./products.ts";
export * from "./proposals.ts";
export * from "./registries.ts";
export * from "./review-rules.ts";
export * from "./reviews.ts";
export * from "./staff.ts";
export * from "./terms.ts";
export * from "./trust.ts";
export * from "./values/index.ts";
