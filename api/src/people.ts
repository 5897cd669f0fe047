import { contacts } from "./people/contacts.ts";
import { invitationsApi } from "./people/invitations.ts";
import { memberships } from "./people/memberships.ts";
import { groupsApi, profilesApi } from "./people/profiles.ts";
import { recoveriesApi } from "./people/recoveries.ts";
import { representativesApi } from "./people/representatives.ts";
import { permissionsApi, requestsApi } from "./people/requests.ts";
import { reviewsApi } from "./people/reviews.ts";

/** Who works for an institution, and what they may do: people, invitations, requests, profiles, groups, permissions. */
export const people = {
  ...memberships,
  invitations: invitationsApi,
  requests: requestsApi,
  profiles: profilesApi,
  groups: groupsApi,
  permissions: permissionsApi,
  recoveries: recoveriesApi,
  reviews: reviewsApi,
  representative: representativesApi,
  contacts,
};

export * from "./people/contacts.ts";
export * from "./people/invitations.ts";
export * from "./people/memberships.ts";
export * from "./people/profiles.ts";
export * from "./people/recoveries.ts";
export * from "./people/representatives.ts";
export * from "./people/requests.ts";
export * from "./people/reviews.ts";
