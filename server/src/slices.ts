import { type AnyEndpoint, api, isEndpoint } from "@area/api";
import { aggregates } from "./aggregates/index.ts";
import { agreements } from "./agreements/index.ts";
import { assistance } from "./assistance/index.ts";
import { audit } from "./audit/index.ts";
import { catalogue } from "./catalogue/index.ts";
import { delegations } from "./delegations/index.ts";
import { findings } from "./findings/index.ts";
import { identity } from "./identity/index.ts";
import { inbox } from "./inbox/index.ts";
import { institutions } from "./institutions/index.ts";
import { nominations } from "./nominations/index.ts";
import { onboarding } from "./onboarding/index.ts";
import { footerPages } from "./pages/serve.ts";
import { pagopa, unknownResources } from "./pagopa/index.ts";
import { people } from "./people/index.ts";
import type { Reaction, Schedule } from "./platform/act.ts";
import type { Page } from "./platform/page.ts";
import type { Handler, Invoke } from "./platform/pipeline.ts";
import type { Parts } from "./ports/index.ts";
import { products } from "./products/index.ts";
import { proposals } from "./proposals/index.ts";
import { registries } from "./registries/index.ts";
import { reviews } from "./reviews/index.ts";
import { staff } from "./staff/index.ts";
import { terms as termsRoom } from "./terms/index.ts";
import { trust } from "./trust/index.ts";

/** Every endpoint of the promise has its verb, under the same name: one that is missing or swapped does not compile. */
type Answers<T> = { [K in keyof T]: T[K] extends AnyEndpoint ? Handler<T[K]> : Answers<T[K]> };

/** The list of rooms. */
export const slices = (parts: Parts) => {
  const terms = termsRoom(parts);
  const nominated = nominations(parts);
  const rooms = {
    identity: identity(parts),
    registries: registries(parts),
    institutions: institutions(parts),
    products: products(parts),
    catalogue: catalogue(parts),
    people: people(parts, unknownResources),
    delegations: delegations(parts, unknownResources),
    agreements: agreements(parts),
    terms,
    onboarding: onboarding(parts, { ...terms.signables, ...nominated.signables }),
    nominations: nominated,
    aggregates: aggregates(parts),
    reviews: reviews(parts),
    findings: findings(parts),
    audit: audit(parts),
    assistance: assistance(parts),
    pagopa: pagopa(parts),
    proposals: proposals(parts, () => proposable),
    inbox: inbox(parts),
    staff: staff(parts),
    trust: trust(parts),
  };
  const answers: Answers<typeof api> = {
    identity: rooms.identity.handlers,
    registries: rooms.registries.handlers,
    institutions: rooms.institutions.handlers,
    products: rooms.products.handlers,
    catalogue: rooms.catalogue.handlers,
    people: rooms.people.handlers,
    delegations: rooms.delegations.handlers,
    agreements: rooms.agreements.handlers,
    onboarding: rooms.onboarding.handlers,
    nominations: rooms.nominations.handlers,
    aggregates: rooms.aggregates.handlers,
    reviews: rooms.reviews.handlers,
    reviewRules: rooms.reviews.rules,
    findings: rooms.findings.handlers,
    audit: rooms.audit.handlers,
    assistance: rooms.assistance.handlers,
    pagopa: rooms.pagopa.handlers,
    proposals: rooms.proposals.handlers,
    inbox: rooms.inbox.handlers,
    staff: rooms.staff.handlers,
    terms: rooms.terms.handlers,
    trust: rooms.trust.handlers,
  };
  const proposable = new Map(named(api, answers).filter(([, handler]) => handler.endpoint.secondPerson));
  const reactions: Record<string, Reaction> = {
    ...rooms.identity.reactions,
    ...rooms.people.reactions,
    ...rooms.delegations.reactions,
    ...rooms.onboarding.reactions,
    ...rooms.nominations.reactions,
    ...rooms.terms.reactions,
    ...rooms.reviews.reactions,
    ...rooms.aggregates.reactions,
    ...rooms.findings.reactions,
    ...rooms.assistance.reactions,
    ...rooms.pagopa.reactions,
    ...rooms.inbox.reactions,
  };
  const schedules: Record<string, Schedule> = {
    ...rooms.identity.schedules,
    ...rooms.people.schedules,
    ...rooms.delegations.schedules,
    ...rooms.onboarding.schedules,
    ...rooms.terms.schedules,
    ...rooms.aggregates.schedules,
    ...rooms.findings.schedules,
    ...rooms.pagopa.schedules,
    ...rooms.audit.schedules,
    ...rooms.proposals.schedules,
    ...rooms.inbox.schedules,
    ...rooms.staff.schedules,
    ...rooms.trust.schedules,
  };
  return {
    handlers: handlersIn(answers),
    reactions,
    schedules,
    pages: (invoke: Invoke): Page[] => [
      ...rooms.identity.pages(),
      ...rooms.staff.pages(),
      ...rooms.institutions.pages(),
      ...rooms.delegations.pages(invoke),
      ...rooms.people.pages(invoke),
      ...rooms.onboarding.pages(invoke),
      ...rooms.reviews.pages(),
      ...footerPages(parts),
    ],
  };
};

const handlersIn = (tree: object): Handler[] =>
  Object.values(tree).flatMap((value: object) =>
    "endpoint" in value && "run" in value ? [value as Handler] : handlersIn(value),
  );

/** Every verb under the dotted name of its endpoint. */
const named = (promise: object, answers: object, prefix = ""): [string, Handler][] =>
  Object.entries(promise).flatMap(([key, value]: [string, object]) => {
    const answer = (answers as Record<string, object>)[key]!;
    return isEndpoint(value) ? [[prefix + key, answer as Handler]] : named(value, answer, `${prefix}${key}.`);
  });
