import { z } from "zod";

/**
 * Every fact announced: type → shape. One page. A fact stands in the outbox and in the audit trail of its institution,
 * written in the transaction that made it true. No personal data: people travel as their UUID.
 */
const Id = z.uuid();
const product = { productId: z.string() };
const proposal = { proposalId: Id, endpoint: z.string() };
const iban = { ibanId: Id, environment: z.enum(["test", "production"]), iban: z.string() };
const membership = { membershipId: Id, personId: Id, ...product, profile: z.string() };
const request = {
  requestId: Id,
  personId: Id,
  ...product,
  kind: z.enum(["membership", "permission"]),
  permission: z.string().nullable(),
};
const delegation = {
  delegationId: Id,
  ...product,
  delegatorId: Id,
  delegator: z.string(),
  partnerId: Id,
  partner: z.string(),
};
const scope = {
  permissions: z.array(z.string()),
  environment: z.enum(["test", "production", "both"]),
  resources: z.array(z.string()).nullable(),
  beginsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
};
const why = { reason: z.string() };
const assignment = {
  assignmentId: Id,
  ...product,
  personId: Id.optional(),
  groupId: Id.optional(),
  delegationId: Id.optional(),
  delegator: z.string().optional(),
};
const onboarding = { onboardingId: Id, ...product };

export const events = {
  "identity.person.entered": z.object({
    personId: Id,
    scheme: z.string(),
    identityProvider: z.string(),
    level: z.number().int(),
    pairDigest: z.string().describe("SHA-256 della coppia cifrata nel registro degli accessi"),
  }),
  "identity.person.changed": z.object({ personId: Id, changed: z.array(z.string()) }),
  "identity.person.left": z.object({
    personId: Id,
    sessions: z.number().int().optional().describe("Quante, quando sono state chiuse tutte"),
  }),
  "identity.login.refused": z.object({
    problem: z.string(),
    identityProvider: z.string(),
    statusCode: z.number().int().optional(),
    pairDigest: z.string().describe("SHA-256 della coppia cifrata nel registro degli accessi"),
  }),
  "identity.federation.changed": z.object({
    identityProvider: z.string(),
    anchor: z.string(),
    keys: z.array(z.string()),
    endpoints: z.array(z.string()),
    trustMarks: z.array(z.string()),
  }),
  "identity.person.confirmed": z.object({
    personId: Id,
    sessionId: Id,
    scheme: z.string(),
    identityProvider: z.string(),
    level: z.number().int(),
  }),
  "identity.session.closed": z.object({
    personId: Id,
    sessionIds: z.array(Id),
    why: z.enum(["owner", "too-many", "last-membership", "blocked"]),
  }),
  "identity.person.blocked": z.object({ personId: Id }),
  "identity.person.unblocked": z.object({ personId: Id }),
  "staff.member.entered": z.object({ staffId: Id, profiles: z.array(z.string()) }),
  "staff.member.left": z.object({ staffId: Id }),
  "staff.login.refused": z.object({ problem: z.string() }),
  "staff.first.named": z.object({ named: z.boolean() }),
  "registries.import.completed": z.object({
    registry: z.string(),
    rows: z.number().int(),
    added: z.number().int(),
    changed: z.number().int(),
    ended: z.number().int(),
  }),
  "registries.body.changed": z.object({
    ipaCode: z.string(),
    field: z.enum(["pec", "name"]),
    before: z.string().nullable(),
    after: z.string().nullable(),
  }),
  "registries.body.ended": z.object({ ipaCode: z.string() }),
  "registries.body.returned": z.object({ ipaCode: z.string() }),
  "findings.finding.raised": z.object({ findingId: Id, kind: z.string(), severity: z.string() }),
  "findings.finding.resolved": z.object({ findingId: Id, kind: z.string() }),
  "onboarding.draft.opened": z.object({ draftId: Id, ...product }),
  "onboarding.draft.handed-over": z.object({ draftId: Id, handOverId: Id }),
  "onboarding.draft.taken": z.object({ draftId: Id }),
  "onboarding.submitted": z.object({ ...onboarding, productVersion: z.number().int(), ipaCode: z.string().nullable() }),
  "onboarding.approved": z.object(onboarding),
  "onboarding.rejected": z.object(onboarding),
  "onboarding.changes-requested": z.object(onboarding),
  "onboarding.cancelled": z.object({ ...onboarding, by: z.enum(["requester", "link"]) }),
  "onboarding.expired": z.object(onboarding),
  "onboarding.superseded": z.object({ ...onboarding, byOnboardingId: Id }),
  "onboarding.completed": z.object(onboarding),
  "agreements.agreement.written": z.object({
    agreementId: Id,
    ...onboarding,
    template: z.string(),
    sha256: z.string(),
  }),
  "agreements.agreement.sent": z.object({ agreementId: Id, ...onboarding }),
  "agreements.agreement.signed": z.object({ agreementId: Id, ...onboarding, form: z.string(), sha256: z.string() }),
  "institutions.product.activated": z.object({ ...product, externalId: z.string(), onboardingId: Id }),
  "delegations.delegation.offered": z.object({ ...delegation, ...scope }),
  "delegations.delegation.asked": z.object({ ...delegation, ...scope }),
  "delegations.delegation.accepted": z.object({ ...delegation, ...scope }),
  "delegations.delegation.refused": z.object({ ...delegation, ...why }),
  "delegations.delegation.withdrawn": z.object(delegation),
  "delegations.delegation.changed": z.object({
    ...delegation,
    ...scope,
    ...why,
    added: z.array(z.string()),
    removed: z.array(z.string()),
  }),
  "delegations.delegation.entrusted": z.object({ ...delegation, ...why, added: z.array(z.string()) }),
  "delegations.delegation.suspended": z.object({ ...delegation, ...why }),
  "delegations.delegation.resumed": z.object(delegation),
  "delegations.delegation.revoked": z.object({ ...delegation, ...why, by: z.enum(["delegator", "partner"]) }),
  "delegations.delegation.expired": z.object({ ...delegation, unanswered: z.boolean() }),
  "delegations.assignment.made": z.object(assignment),
  "delegations.assignment.ended": z.object(assignment),
  "proposals.proposal.opened": z.object(proposal),
  "proposals.proposal.approved": z.object({ ...proposal, proposedBy: Id }),
  "proposals.proposal.rejected": z.object({ ...proposal, proposedBy: Id }),
  "proposals.proposal.withdrawn": z.object(proposal),
  "proposals.proposal.expired": z.object(proposal),
  "pagopa.iban.registered": z.object({ ...iban, validFrom: z.string(), holder: z.enum(["own", "other"]) }),
  "pagopa.iban.changed": z.object({ ...iban, validFrom: z.string(), validUntil: z.string().nullable() }),
  "pagopa.iban.labelled": z.object({ ...iban, labels: z.array(z.string()), takenFrom: z.array(Id) }),
  "pagopa.iban.retirement-planned": z.object({ ...iban, on: z.string() }),
  "pagopa.iban.retirement-cancelled": z.object(iban),
  "pagopa.iban.retired": z.object(iban),
  "pagopa.iban.rules-changed": z.object({ environment: z.string(), secondPerson: z.boolean() }),
  "people.contact.asked": z.object({ changeId: Id, personId: Id }),
  "people.contact.verified": z.object({ personId: Id }),
  "people.membership.activated": z.object({
    ...membership,
    profileId: Id.optional(),
    groupId: Id.optional(),
    onboardingId: Id.optional().describe("Given by an onboarding, whose letters tell it"),
  }),
  "people.membership.changed": z.object({ ...membership, beginsAt: z.string(), endsAt: z.string().nullable() }),
  "people.membership.suspended": z.object(membership),
  "people.membership.restored": z.object(membership),
  "people.membership.ended": z.object({
    ...membership,
    reason: z.enum(["removed", "expired", "group", "profile"]),
  }),
  "people.invitation.sent": z.object({ invitationId: Id, expiresAt: z.string() }),
  "people.invitation.accepted": z.object({ invitationId: Id, personId: Id }),
  "people.invitation.revoked": z.object({ invitationId: Id }),
  "people.access.requested": z.object(request),
  "people.access.granted": z.object({ ...request, membershipId: Id }),
  "people.access.refused": z.object(request),
  "people.access.withdrawn": z.object(request),
  "people.profile.made": z.object({ profileId: Id, ...product, name: z.string(), permissions: z.array(z.string()) }),
  "people.profile.changed": z.object({ profileId: Id, ...product, name: z.string(), permissions: z.array(z.string()) }),
  "people.profile.taken-over": z.object({ profileId: Id, ...product, name: z.string() }),
  "people.profile.ended": z.object({ profileId: Id, ...product, name: z.string() }),
  "people.group.made": z.object({ groupId: Id, ...product, name: z.string(), profile: z.string() }),
  "people.group.changed": z.object({ groupId: Id, ...product, name: z.string(), profile: z.string() }),
  "people.group.suspended": z.object({ groupId: Id, ...product, name: z.string() }),
  "people.group.restored": z.object({ groupId: Id, ...product, name: z.string() }),
  "people.group.ended": z.object({ groupId: Id, ...product, name: z.string() }),
} as const;

export type EventType = keyof typeof events;
export type EventPayload<T extends EventType> = z.input<(typeof events)[T]>;
export const eventTypes = Object.keys(events) as EventType[];
