/**
 * Who may do what: one page a lawyer can read.
 *
 * A permission belongs to a product: its first word is the product's id, and `institution` is the pseudo-product
 * of what an institution does for itself (people, agreements, delegations). One that begins with `product` is held on each
 * product apart that has no permissions of its own: who asks it says on which. A profile is a set of permissions.
 * A person holds profiles at an institution, on a product, between two dates: a membership.
 */
export const permissions = {
  "institution:overview:read": "Vedere l’ente, i suoi prodotti e le cose da fare",
  "institution:agreements:read": "Leggere e scaricare gli accordi",
  "institution:agreements:write": "Accettare una nuova versione di un accordo, e portarla alla firma",
  "institution:onboardings:read": "Vedere le adesioni in corso",
  "institution:onboardings:write": "Aderire a un prodotto per l’ente e annullare un’adesione",
  "institution:people:read": "Vedere chi ha accesso e con quale profilo",
  "institution:people:write": "Invitare, sospendere e togliere persone, e rispondere a chi chiede un accesso",
  "institution:profiles:write": "Creare e cambiare profili e gruppi",
  "institution:data:write": "Cambiare contatti, logo e ambito territoriale dell’ente",
  "institution:audit-trail:read": "Vedere la storia di ciò che è successo",
  "institution:proposals:read": "Vedere le modifiche che chiedono una seconda persona",
  "institution:proposals:write": "Proporre una modifica a una seconda persona, e decidere su quelle degli altri",
  "institution:delegations:read": "Vedere le deleghe date e ricevute, e ciò che è stato fatto a nome dell’ente",
  "institution:delegations:write": "Dare, cambiare e revocare deleghe, accettarle e assegnarle alle persone",
  "pagopa:registration:read": "Vedere la registrazione sul nodo, e con quali stazioni l’ente riceve i pagamenti",
  "pagopa:registration:write": "Registrare l’ente sul nodo, e scegliere come si collega",
  "pagopa:stations:read": "Vedere le stazioni, e gli enti che vi sono associati",
  "pagopa:stations:write": "Creare, provare e cambiare le stazioni, e associarvi enti",
  "pagopa:ibans:read": "Vedere gli IBAN dell’ente",
  "pagopa:ibans:write": "Aggiungere, cambiare e ritirare gli IBAN dell’ente",
  "product:settings:read": "Vedere come è impostato il prodotto per l’ente",
  "product:settings:write": "Impostare il prodotto per l’ente",
  "product:back-office:read": "Entrare nel back office del prodotto, con il ruolo che si ha lì",
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
      "institution:delegations:read",
      "pagopa:registration:read",
      "pagopa:registration:write",
      "pagopa:stations:read",
      "pagopa:stations:write",
      "pagopa:ibans:read",
      "pagopa:ibans:write",
      "product:settings:read",
      "product:back-office:read",
    ],
  },
  "technical-referent": {
    grants: [
      "institution:overview:read",
      "institution:people:read",
      "institution:delegations:read",
      "pagopa:registration:read",
      "pagopa:stations:read",
      "pagopa:stations:write",
      "product:settings:read",
      "product:settings:write",
      "product:back-office:read",
    ],
  },
  operator: { grants: ["institution:overview:read", "product:back-office:read"] },
  "read-only": {
    grants: [
      "institution:overview:read",
      "institution:agreements:read",
      "institution:onboardings:read",
      "institution:people:read",
      "institution:proposals:read",
      "institution:delegations:read",
      "pagopa:registration:read",
      "pagopa:stations:read",
      "pagopa:ibans:read",
      "product:settings:read",
      "product:back-office:read",
    ],
  },
} as const satisfies Record<string, { grants: readonly Permission[] }>;

export type Profile = keyof typeof profiles;
export const profileNames = Object.keys(profiles) as Profile[];

/** Held on each product apart, the one that a request names. */
export const isOfEachProduct = (permission: Permission): boolean => permission.startsWith("product:");

/** The product on which a permission is asked: its own; for one of each product, the one named beside it. */
export const productOf = (permission: Permission, named?: string | null): string =>
  isOfEachProduct(permission) && named ? named : permission.slice(0, permission.indexOf(":"));

const withOwn = new Set(permissionCodes.filter((p) => !isOfEachProduct(p)).map((p) => productOf(p)));
/** Every permission that can be held on a product. */
export const permissionsOn = (productId: string): Permission[] => {
  const own = withOwn.has(productId);
  return permissionCodes.filter((p) => (own ? productOf(p) === productId : isOfEachProduct(p)));
};
/** Every permission with each product on which it can be held, at an institution that has these products. */
export const permissionsAt = (active: readonly string[]): { permission: Permission; productId: string }[] => [
  ...permissionCodes
    .filter((p) => !isOfEachProduct(p))
    .map((permission) => ({ permission, productId: productOf(permission) })),
  ...active.flatMap((productId) =>
    permissionsOn(productId)
      .filter(isOfEachProduct)
      .map((permission) => ({ permission, productId })),
  ),
];
const isOn = (permission: Permission, productId: string): boolean => permissionsOn(productId).includes(permission);

/** The profiles that contain a permission: the question the database answers is "does the caller hold one of these?". */
export const profilesWith = (permission: Permission): Profile[] =>
  profileNames.filter((name) => (profiles[name].grants as readonly Permission[]).includes(permission));

/**
 * What a membership can hold: a built-in profile, a profile that the institution made (`custom`), or single permissions
 * given in answer to a request (`granted`).
 */
export const heldProfiles = [...profileNames, "custom", "granted"] as const;
export type HeldProfile = (typeof heldProfiles)[number];

/** One membership as `may` sees it. */
export type Holding = {
  productId: string;
  profile: HeldProfile;
  /** What a custom profile or a granted membership gives; see `cutTo`. */
  permissions?: readonly string[] | null;
  state: "active" | "suspended";
  beginsAt: Date;
  endsAt: Date | null;
};

/** The permissions of a built-in profile on a product. */
export const grantsOn = (productId: string, profile: Profile): Permission[] =>
  (profiles[profile].grants as readonly Permission[]).filter((p) => isOn(p, productId));

const isBuiltIn = (profile: string): profile is Profile => profile in profiles;
const isPermission = (code: string): code is Permission => code in permissions;

/** What a membership gives while it holds. */
export const grantsOf = (held: Pick<Holding, "productId" | "profile" | "permissions">): Permission[] =>
  isBuiltIn(held.profile)
    ? grantsOn(held.productId, held.profile)
    : (held.permissions ?? []).filter(isPermission).filter((p) => isOn(p, held.productId));

/**
 * A custom profile never gives what its maker does not hold at that moment, through a built-in profile of their own on the
 * same product: so it cannot be made out of another custom profile, and a maker who loses a permission takes it away from it.
 */
export const cutTo = (
  makerProfiles: readonly string[],
  productId: string,
  permissionsOfProfile: readonly string[],
): Permission[] => {
  const held = new Set(makerProfiles.filter(isBuiltIn).flatMap((p) => grantsOn(productId, p)));
  return permissionsOfProfile.filter(isPermission).filter((p) => held.has(p));
};

/**
 * May somebody with these holdings at the institution do this, at this moment? The same rule the pipeline asks in SQL. For a
 * permission of each product `on` says which one; without it: on any.
 */
export const may = (holdings: readonly Holding[], permission: Permission, now: Date, on?: string): boolean =>
  holdings.some(
    (h) =>
      (on === undefined || !isOfEachProduct(permission) || h.productId === on) &&
      h.state === "active" &&
      h.beginsAt <= now &&
      (h.endsAt === null || h.endsAt > now) &&
      grantsOf(h).includes(permission),
  );

/**
 * What an institution can give to a partner on a product: its permissions there, never those of the institution itself. The
 * built-in profile of a partner leaves out what is delicate; that is given apart, by two people.
 */
export const delegable = (productId: string): Permission[] =>
  productId === "institution" ? [] : permissionsOn(productId);
export const delicatePermissions: readonly Permission[] = ["pagopa:ibans:write"];
export const partnerProfile = (productId: string): Permission[] =>
  delegable(productId).filter((p) => !delicatePermissions.includes(p));

/** Where a delegation holds. */
export const delegationEnvironments = ["test", "production", "both"] as const;

/**
 * The company's own people. They enter at their own door with their own identity provider, whose groups give the profiles;
 * nobody who enters with SPID or CIE is ever one of them, and they hold nothing at an institution.
 */
export const staffPermissions = {
  "staff:institutions:read": "Cercare gli enti e aprire la scheda di uno",
  "staff:onboardings:read": "Vedere le adesioni da controllare, con i loro dati",
  "staff:agreements:read": "Trovare gli accordi firmati, e scaricarli con la loro prova",
  "staff:onboardings:write": "Decidere sulle adesioni da controllare, e scrivere a chi le ha inviate",
  "staff:stations:read": "Vedere le stazioni da controllare, con ciò che cambia",
  "staff:stations:write": "Decidere sulle stazioni da controllare, e scrivere a chi le gestisce",
  "staff:products:read": "Vedere il catalogo con le sue versioni, e provare una modifica",
  "staff:products:write": "Proporre una nuova versione di un prodotto, e pubblicare quella di un collega",
  "staff:findings:read": "Vedere le segnalazioni rivolte al personale",
  "staff:audit-trail:read": "Leggere la storia del portale e di ogni ente",
  "staff:recoveries:read": "Vedere chi chiede di amministrare un ente rimasto senza amministratori",
  "staff:recoveries:write": "Confermare o fermare queste richieste",
  "staff:assistance:read": "Vedere chi chiede aiuto, e da quale pagina",
  "staff:assistance:write": "Rispondere a chi chiede aiuto",
} as const satisfies Record<`staff:${string}:${"read" | "write"}`, string>;

export type StaffPermission = keyof typeof staffPermissions;
export const staffPermissionCodes = Object.keys(staffPermissions) as StaffPermission[];

/** The staff profiles: what each is for, and what it may do. A profile `perProduct` is given for one product, or for all. */
export const staffProfiles = {
  reviewer: {
    purpose: "Controlla ciò che gli enti chiedono e configurano su un prodotto, e lo approva o lo rimanda",
    perProduct: true,
    grants: [
      "staff:institutions:read",
      "staff:agreements:read",
      "staff:onboardings:read",
      "staff:onboardings:write",
      "staff:stations:read",
      "staff:stations:write",
      "staff:findings:read",
    ],
  },
  "product-manager": {
    purpose: "Descrive i prodotti, i loro accordi e le loro versioni, e li pubblica",
    perProduct: false,
    grants: [
      "staff:institutions:read",
      "staff:agreements:read",
      "staff:findings:read",
      "staff:products:read",
      "staff:products:write",
    ],
  },
  support: {
    purpose:
      "Aiuta chi chiede assistenza: vede la scheda di un ente e non ne cambia i dati; conferma chi recupera un ente rimasto senza amministratori",
    perProduct: false,
    grants: [
      "staff:institutions:read",
      "staff:findings:read",
      "staff:recoveries:read",
      "staff:recoveries:write",
      "staff:assistance:read",
      "staff:assistance:write",
    ],
  },
  auditor: {
    purpose: "Verifica che cosa è successo, chi l’ha fatto e perché; non cambia niente",
    perProduct: false,
    grants: ["staff:institutions:read", "staff:agreements:read", "staff:audit-trail:read"],
  },
  security: {
    purpose: "Protegge accessi e dati: segue ciò che è sospetto e ferma chi non deve entrare",
    perProduct: false,
    grants: [
      "staff:institutions:read",
      "staff:findings:read",
      "staff:audit-trail:read",
      "staff:recoveries:read",
      "staff:recoveries:write",
      "staff:assistance:read",
    ],
  },
} as const satisfies Record<string, { purpose: string; perProduct: boolean; grants: readonly StaffPermission[] }>;

export type StaffProfile = keyof typeof staffProfiles;
export const staffProfileNames = Object.keys(staffProfiles) as StaffProfile[];
export const staffProfilesWith = (permission: StaffPermission): StaffProfile[] =>
  staffProfileNames.filter((name) => (staffProfiles[name].grants as readonly StaffPermission[]).includes(permission));

/** One profile of somebody of the staff; `productId` is null when it holds for every product. */
export type StaffHolding = { profile: StaffProfile; productId: string | null };

/** May somebody of the staff with these profiles do this, on this product if one is named? */
export const staffMay = (
  holdings: readonly StaffHolding[],
  permission: StaffPermission,
  productId: string | null = null,
): boolean =>
  holdings.some(
    (h) =>
      (staffProfiles[h.profile].grants as readonly StaffPermission[]).includes(permission) &&
      (productId === null || h.productId === null || h.productId === productId),
  );

/** The products on which somebody of the staff holds a permission: a list, or all of them. For verbs that filter rows. */
export const staffProducts = (holdings: readonly StaffHolding[], permission: StaffPermission): string[] | "all" => {
  const granting = holdings.filter((h) => staffMay([h], permission));
  return granting.some((h) => h.productId === null) ? "all" : [...new Set(granting.map((h) => h.productId!))];
};

/**
 * Why staff read rows of institutions. An endpoint declares one: across institutions row-level security opens by it, and
 * whoever reads one institution leaves it, with its purpose, in that institution's own trail.
 */
export const staffPurposes = ["support", "review", "catalogue", "monitoring", "audit", "security"] as const;
export type StaffPurpose = (typeof staffPurposes)[number];
