import { contacts } from "./people/contacts.ts";
import { memberships } from "./people/memberships.ts";
import { groupsApi, profilesApi } from "./people/profiles.ts";

/** Who works for an institution, and what they may do: people, profiles, groups. */
export const people = { ...memberships, profiles: profilesApi, groups: groupsApi, contacts };

export * from "./people/contacts.ts";
export * from "./people/memberships.ts";
export * from "./people/profiles.ts";
