/**
 * Who may do what: one page a lawyer can read.
 *
 * A permission belongs to a product: its first word is the product's id, and `institution` is the pseudo-product
 * of what an institution does for itself (people, agreements, delegations). A profile is a set of permissions.
 * A person holds profiles at an institution, on a product, between two dates: a membership.
 */
export const permissions = {
  "institution:overview:read": "Vedere l’ente, i suoi prodotti e le cose da fare",
  "institution:agreements:read": "Leggere e scaricare gli accordi",
  "institution:onboardings:read": "Vedere le adesioni in corso",
  "institution:onboardings:write": "Aderire a un prodotto per l’ente e annullare un’adesione",
  "institution:people:read": "Vedere chi ha accesso e con quale profilo",
  "institution:audit-trail:read": "Vedere la storia di ciò che è successo",
  "institution:proposals:read": "Vedere le modifiche che chiedono una seconda persona",
  "institution:proposals:write": "Proporre una modifica a una seconda persona, e decidere su quelle degli altri",
  "pagopa:ibans:read": "Vedere gli IBAN dell’ente",
  "pagopa:ibans:write": "Aggiungere, cambiare e ritirare gli IBAN dell’ente",
} as const satisfies Record<`${string}:${string}:${"read" | "write"}`, string>;

export type Permission = keyof typeof permissions;
export const permissionCodes = Object.keys(permissions) as Permission[];

/**
 * The built-in profiles, with what each is for. Starting grants follow the matrix of the portal in service:
 * administrators own registration and money, technical people own the technical parts.
 */
export const profiles = {
  administrator: { grants: permissionCodes },
  "payments-referent": {
    grants: [
      "institution:overview:read",
      "institution:agreements:read",
      "institution:onboardings:read",
      "institution:people:read",
      "institution:audit-trail:read",
      "institution:proposals:read",
      "institution:proposals:write",
      "pagopa:ibans:read",
      "pagopa:ibans:write",
    ],
  },
  "technical-referent": {
    grants: ["institution:overview:read", "institution:people:read"],
  },
  operator: { grants: ["institution:overview:read"] },
  "read-only": {
    grants: [
      "institution:overview:read",
      "institution:agreements:read",
      "institution:onboardings:read",
      "institution:people:read",
      "institution:proposals:read",
      "pagopa:ibans:read",
    ],
  },
} as const satisfies Record<string, { grants: readonly Permission[] }>;

export type Profile = keyof typeof profiles;
export const profileNames = Object.keys(profiles) as Profile[];

/** The product a permission belongs to. */
export const productOf = (permission: Permission): string => permission.slice(0, permission.indexOf(":"));

/** The profiles that contain a permission: the question the database answers is "does the caller hold one of these?". */
export const profilesWith = (permission: Permission): Profile[] =>
  profileNames.filter((name) => (profiles[name].grants as readonly Permission[]).includes(permission));

/** One membership as `may` sees it. */
export type Holding = {
  productId: string;
  profile: Profile;
  state: "active" | "suspended";
  beginsAt: Date;
  endsAt: Date | null;
};

/** May somebody with these holdings at the institution do this, at this moment? The same rule the pipeline asks in SQL. */
export const may = (holdings: readonly Holding[], permission: Permission, now: Date): boolean =>
  holdings.some(
    (h) =>
      h.productId === productOf(permission) &&
      h.state === "active" &&
      h.beginsAt <= now &&
      (h.endsAt === null || h.endsAt > now) &&
      (profiles[h.profile].grants as readonly Permission[]).includes(permission),
  );
