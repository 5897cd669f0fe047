import { institutionKinds, type PortfolioBlock, portfolioBlocks } from "@area/api";
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { Agreements } from "./agreements/Agreements.tsx";
import { AuditTrail } from "./audit/AuditTrail.tsx";
import { ChooseInstitution } from "./identity/ChooseInstitution.tsx";
import { Overview } from "./institutions/Overview.tsx";
import { InstitutionShell } from "./shell/InstitutionShell.tsx";
import { Broken, NotFound } from "./shell/Lost.tsx";
import { Root } from "./shell/Root.tsx";

/** Words of the address, as they come: anything but text is left out. */
const word = (value: unknown): string | undefined =>
  typeof value === "string" && value ? value : typeof value === "number" ? String(value) : undefined;
const stepOf = (value: unknown): number | undefined => {
  const step = Number(value);
  return Number.isInteger(step) && step >= 1 && step <= 6 ? step : undefined;
};

const root = createRootRoute({ component: Root, notFoundComponent: NotFound, errorComponent: Broken });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/enti" });
  },
});
const choose = createRoute({
  getParentRoute: () => root,
  path: "/enti",
  validateSearch: (search): { cerca?: string | undefined } => ({ cerca: word(search.cerca) }),
  component: ChooseInstitution,
});
/** The mandate stays in the address as long as one stays in the institution; "none" goes back to one's own membership. */
const NONE = "none";
const institution = createRoute({
  getParentRoute: () => root,
  path: "/enti/$institutionId",
  validateSearch: (search): { mandato?: string } => {
    const mandate = word(search.mandato);
    return mandate ? { mandato: mandate } : {};
  },
  search: {
    middlewares: [
      ({ search, next }) => {
        const { mandato, ...rest } = next(search);
        const kept = mandato ?? search.mandato;
        return kept && kept !== NONE ? { ...rest, mandato: kept } : rest;
      },
    ],
  },
  component: InstitutionShell,
});
const overview = createRoute({ getParentRoute: () => institution, path: "/", component: Overview });
const agreements = createRoute({ getParentRoute: () => institution, path: "/documenti", component: Agreements });
const acceptance = createRoute({
  getParentRoute: () => institution,
  path: "/documenti/versioni/$acceptanceId",
  component: lazyRouteComponent(() => import("./terms/pages.ts"), "AcceptancePage"),
});
const ownPage = createRoute({
  getParentRoute: () => institution,
  path: "/ente",
  component: lazyRouteComponent(() => import("./institutions/OwnPage.tsx"), "OwnPage"),
});
const people = createRoute({
  getParentRoute: () => institution,
  path: "/utenti",
  component: lazyRouteComponent(() => import("./people/pages.ts"), "People"),
});
const invite = createRoute({
  getParentRoute: () => institution,
  path: "/utenti/invita",
  component: lazyRouteComponent(() => import("./people/pages.ts"), "Invite"),
});
const accessRequests = createRoute({
  getParentRoute: () => institution,
  path: "/utenti/richieste",
  component: lazyRouteComponent(() => import("./people/pages.ts"), "Requests"),
});
const accessReviews = createRoute({
  getParentRoute: () => institution,
  path: "/utenti/riesame",
  component: lazyRouteComponent(() => import("./people/pages.ts"), "AccessReviews"),
});
const nominations = createRoute({
  getParentRoute: () => institution,
  path: "/utenti/nomine",
  component: lazyRouteComponent(() => import("./people/pages.ts"), "Nominations"),
});
const permissions = createRoute({
  getParentRoute: () => institution,
  path: "/permessi",
  validateSearch: (
    search,
  ): {
    cerca?: string | undefined;
    prodotto?: string | undefined;
    permesso?: string | undefined;
    profilo?: string | undefined;
  } => ({
    cerca: word(search.cerca),
    prodotto: word(search.prodotto),
    permesso: word(search.permesso),
    profilo: word(search.profilo),
  }),
  component: lazyRouteComponent(() => import("./people/pages.ts"), "Permissions"),
});
const profiles = createRoute({
  getParentRoute: () => institution,
  path: "/profili",
  component: lazyRouteComponent(() => import("./people/pages.ts"), "Profiles"),
});
const newProfile = createRoute({
  getParentRoute: () => institution,
  path: "/profili/nuovo",
  component: lazyRouteComponent(() => import("./people/pages.ts"), "NewProfile"),
});
const profile = createRoute({
  getParentRoute: () => institution,
  path: "/profili/$profileId",
  component: lazyRouteComponent(() => import("./people/pages.ts"), "ProfilePage"),
});
const newGroup = createRoute({
  getParentRoute: () => institution,
  path: "/gruppi/nuovo",
  component: lazyRouteComponent(() => import("./people/pages.ts"), "NewGroup"),
});
const group = createRoute({
  getParentRoute: () => institution,
  path: "/gruppi/$groupId",
  component: lazyRouteComponent(() => import("./people/pages.ts"), "GroupPage"),
});
const askToJoin = createRoute({
  getParentRoute: () => root,
  path: "/enti/richiesta",
  component: lazyRouteComponent(() => import("./people/pages.ts"), "AskToJoin"),
});
const person = createRoute({
  getParentRoute: () => institution,
  path: "/utenti/$personId",
  component: lazyRouteComponent(() => import("./people/pages.ts"), "Person"),
});
const invited = createRoute({
  getParentRoute: () => root,
  path: "/enti/invito",
  validateSearch: (search): { token?: string | undefined } => ({ token: word(search.token) }),
  component: lazyRouteComponent(() => import("./people/pages.ts"), "Invited"),
});
const recover = createRoute({
  getParentRoute: () => root,
  path: "/recupero",
  validateSearch: (search): { ente?: string | undefined } => ({ ente: word(search.ente) }),
  component: lazyRouteComponent(() => import("./people/pages.ts"), "Recover"),
});
const recovery = createRoute({
  getParentRoute: () => root,
  path: "/recupero/$recoveryId",
  component: lazyRouteComponent(() => import("./people/pages.ts"), "RecoveryPage"),
});
const leaveProduct = createRoute({
  getParentRoute: () => institution,
  path: "/prodotti/$productId/lascia",
  component: lazyRouteComponent(() => import("./onboarding/wizard.ts"), "LeaveProduct"),
});
const aggregates = createRoute({
  getParentRoute: () => institution,
  path: "/prodotti/$productId/aggregati",
  component: lazyRouteComponent(() => import("./aggregates/Aggregates.tsx"), "Aggregates"),
});
const audit = createRoute({ getParentRoute: () => institution, path: "/storia", component: AuditTrail });
const proposals = createRoute({
  getParentRoute: () => institution,
  path: "/approvazioni",
  component: lazyRouteComponent(() => import("./proposals/Proposals.tsx"), "Proposals"),
});
const ibans = createRoute({
  getParentRoute: () => institution,
  path: "/pagopa/$ambiente/iban",
  component: lazyRouteComponent(() => import("./pagopa/pages.ts"), "Ibans"),
});
const registerIban = createRoute({
  getParentRoute: () => institution,
  path: "/pagopa/$ambiente/iban/nuovo",
  component: lazyRouteComponent(() => import("./pagopa/pages.ts"), "RegisterIban"),
});
const ibanImports = createRoute({
  getParentRoute: () => institution,
  path: "/pagopa/$ambiente/iban/carica",
  component: lazyRouteComponent(() => import("./pagopa/pages.ts"), "IbanImports"),
});
const ibanImport = createRoute({
  getParentRoute: () => institution,
  path: "/pagopa/$ambiente/iban/carica/$importId",
  component: lazyRouteComponent(() => import("./pagopa/pages.ts"), "IbanImportPage"),
});
const partnerIbans = createRoute({
  getParentRoute: () => institution,
  path: "/pagopa/$ambiente/iban/enti-serviti",
  component: lazyRouteComponent(() => import("./pagopa/pages.ts"), "PartnerIbans"),
});
const iban = createRoute({
  getParentRoute: () => institution,
  path: "/pagopa/$ambiente/iban/$ibanId",
  component: lazyRouteComponent(() => import("./pagopa/pages.ts"), "IbanPage"),
});
const nodeRegistration = createRoute({
  getParentRoute: () => institution,
  path: "/pagopa/$ambiente/registrazione",
  component: lazyRouteComponent(() => import("./pagopa/pages.ts"), "Registration"),
});
const stations = createRoute({
  getParentRoute: () => institution,
  path: "/pagopa/$ambiente/stazioni",
  validateSearch: (search): { cerca?: string | undefined; vista?: "waiting" | "retired" | undefined } => ({
    cerca: word(search.cerca),
    vista: search.vista === "waiting" || search.vista === "retired" ? search.vista : undefined,
  }),
  component: lazyRouteComponent(() => import("./pagopa/pages.ts"), "Stations"),
});
const newStation = createRoute({
  getParentRoute: () => institution,
  path: "/pagopa/$ambiente/stazioni/nuova",
  validateSearch: (search): { da?: string } => {
    const like = word(search.da);
    return like && /^[A-Za-z0-9_]{1,35}$/.test(like) ? { da: like } : {};
  },
  component: lazyRouteComponent(() => import("./pagopa/pages.ts"), "StationForm"),
});
const station = createRoute({
  getParentRoute: () => institution,
  path: "/pagopa/$ambiente/stazioni/$stationCode",
  component: lazyRouteComponent(() => import("./pagopa/pages.ts"), "StationPage"),
});
const changeStation = createRoute({
  getParentRoute: () => institution,
  path: "/pagopa/$ambiente/stazioni/$stationCode/modifica",
  component: lazyRouteComponent(() => import("./pagopa/pages.ts"), "StationForm"),
});
const associateInstitution = createRoute({
  getParentRoute: () => institution,
  path: "/pagopa/$ambiente/stazioni/$stationCode/associa",
  component: lazyRouteComponent(() => import("./pagopa/pages.ts"), "Associate"),
});

const day = (value: unknown): string | undefined =>
  typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
/** One of the words that a parameter of the address may be. */
const oneOf = <T extends string>(words: readonly T[], value: unknown): T | undefined =>
  words.find((one) => one === value);
const delegations = createRoute({
  getParentRoute: () => institution,
  path: "/deleghe",
  component: lazyRouteComponent(() => import("./delegations/pages.ts"), "Delegations"),
});
const offerDelegation = createRoute({
  getParentRoute: () => institution,
  path: "/deleghe/nuova",
  component: lazyRouteComponent(() => import("./delegations/pages.ts"), "Offer"),
});
const delegatedActs = createRoute({
  getParentRoute: () => institution,
  path: "/deleghe/atti",
  validateSearch: (
    search,
  ): {
    delega?: string | undefined;
    dal?: string | undefined;
    al?: string | undefined;
    esito?: "done" | "refused" | undefined;
  } => ({
    delega: word(search.delega),
    dal: day(search.dal),
    al: day(search.al),
    esito: oneOf(["done", "refused"], search.esito),
  }),
  component: lazyRouteComponent(() => import("./delegations/pages.ts"), "DelegatedActs"),
});
const delegation = createRoute({
  getParentRoute: () => institution,
  path: "/deleghe/$delegationId",
  component: lazyRouteComponent(() => import("./delegations/pages.ts"), "DelegationPage"),
});
const managed = createRoute({
  getParentRoute: () => institution,
  path: "/enti-gestiti",
  validateSearch: (
    search,
  ): {
    cerca?: string | undefined;
    blocco?: PortfolioBlock | "none" | undefined;
    segnalazione?: string | undefined;
    ambiente?: "test" | "production" | undefined;
    ordine?: "due" | undefined;
  } => ({
    cerca: word(search.cerca),
    blocco: oneOf([...portfolioBlocks, "none"], search.blocco),
    segnalazione: word(search.segnalazione),
    ambiente: oneOf(["test", "production"], search.ambiente),
    ordine: oneOf(["due"], search.ordine),
  }),
  component: lazyRouteComponent(() => import("./delegations/pages.ts"), "Portfolio"),
});
const askDelegation = createRoute({
  getParentRoute: () => institution,
  path: "/enti-gestiti/chiedi",
  component: lazyRouteComponent(() => import("./delegations/pages.ts"), "Ask"),
});
const partnerActs = createRoute({
  getParentRoute: () => institution,
  path: "/enti-gestiti/atti",
  validateSearch: (
    search,
  ): { dal?: string | undefined; al?: string | undefined; esito?: "done" | "refused" | undefined } => ({
    dal: day(search.dal),
    al: day(search.al),
    esito: oneOf(["done", "refused"], search.esito),
  }),
  component: lazyRouteComponent(() => import("./delegations/pages.ts"), "PartnerActs"),
});
const managedOne = createRoute({
  getParentRoute: () => institution,
  path: "/enti-gestiti/$delegationId",
  validateSearch: (search): { lista?: 1 | undefined } => ({ lista: Number(search.lista) === 1 ? 1 : undefined }),
  component: lazyRouteComponent(() => import("./delegations/pages.ts"), "DelegationPage"),
});
const assignments = createRoute({
  getParentRoute: () => institution,
  path: "/incarichi",
  validateSearch: (search): { delega?: string | undefined } => ({ delega: word(search.delega) }),
  component: lazyRouteComponent(() => import("./delegations/pages.ts"), "Assignments"),
});

const onboard = createRoute({
  getParentRoute: () => root,
  path: "/adesione",
  validateSearch: (
    search,
  ): {
    prodotto?: string | undefined;
    ente?: string | undefined;
    passo?: number | undefined;
    tipo?: string | undefined;
    origine?: string | undefined;
  } => ({
    prodotto: word(search.prodotto),
    ente: word(search.ente),
    passo: stepOf(search.passo),
    tipo: word(search.tipo),
    origine: word(search.origine),
  }),
  component: lazyRouteComponent(() => import("./onboarding/wizard.ts"), "NewOnboarding"),
});
const resume = createRoute({
  getParentRoute: () => root,
  path: "/adesione/$draftId",
  validateSearch: (search): { passo?: number | undefined } => ({ passo: stepOf(search.passo) }),
  component: lazyRouteComponent(() => import("./onboarding/wizard.ts"), "ResumeOnboarding"),
});
const take = createRoute({
  getParentRoute: () => root,
  path: "/adesione/passata",
  validateSearch: (search): { token?: string | undefined } => ({ token: word(search.token) }),
  component: lazyRouteComponent(() => import("./onboarding/wizard.ts"), "TakeDraft"),
});
const sent = createRoute({
  getParentRoute: () => root,
  path: "/adesione/inviata/$onboardingId",
  component: lazyRouteComponent(() => import("./onboarding/wizard.ts"), "Sent"),
});

const help = createRoute({
  getParentRoute: () => root,
  path: "/aiuto",
  validateSearch: (search): { pagina?: string | undefined; codice?: string | undefined } => ({
    pagina: word(search.pagina),
    codice: word(search.codice),
  }),
  component: lazyRouteComponent(() => import("./assistance/Help.tsx"), "Help"),
});
const inbox = createRoute({
  getParentRoute: () => root,
  path: "/da-fare",
  validateSearch: (search): { vista?: "news" | "archive" | undefined } => ({
    vista: search.vista === "news" || search.vista === "archive" ? search.vista : undefined,
  }),
  component: lazyRouteComponent(() => import("./inbox/screens.ts"), "Inbox"),
});
const preferences = createRoute({
  getParentRoute: () => root,
  path: "/da-fare/preferenze",
  component: lazyRouteComponent(() => import("./inbox/screens.ts"), "Preferences"),
});
const mySessions = createRoute({
  getParentRoute: () => root,
  path: "/profilo/sessioni",
  component: lazyRouteComponent(() => import("./profile/pages.ts"), "Sessions"),
});
const myContacts = createRoute({
  getParentRoute: () => root,
  path: "/profilo/indirizzi",
  component: lazyRouteComponent(() => import("./profile/pages.ts"), "Contacts"),
});

const productSettings = createRoute({
  getParentRoute: () => institution,
  path: "/prodotti/$productId/$ambiente/impostazioni",
  component: lazyRouteComponent(() => import("./settings/pages.ts"), "ProductSettingsPage"),
});
const staffSide = createRoute({
  getParentRoute: () => root,
  path: "/staff",
  component: lazyRouteComponent(() => import("./staff/desk.ts"), "StaffShell"),
});
const staffOverview = createRoute({
  getParentRoute: () => staffSide,
  path: "/panoramica",
  component: lazyRouteComponent(() => import("./staff/desk.ts"), "Overview"),
});

const staffReviews = createRoute({
  getParentRoute: () => staffSide,
  path: "/adesioni",
  validateSearch: (
    search,
  ): {
    vista?: "with-applicant" | "decided" | undefined;
    prodotto?: string | undefined;
    tipo?: string | undefined;
    scadenza?: "late" | "soon" | undefined;
    attesa?: number | undefined;
    mie?: boolean | undefined;
    cerca?: string | undefined;
  } => ({
    vista: search.vista === "with-applicant" || search.vista === "decided" ? search.vista : undefined,
    prodotto: word(search.prodotto),
    tipo: institutionKinds.find((kind) => kind === search.tipo),
    scadenza: search.scadenza === "late" || search.scadenza === "soon" ? search.scadenza : undefined,
    attesa: Number.isInteger(Number(search.attesa)) && Number(search.attesa) > 0 ? Number(search.attesa) : undefined,
    mie: search.mie ? true : undefined,
    cerca: word(search.cerca),
  }),
  component: lazyRouteComponent(() => import("./reviews/pages.ts"), "Queue"),
});
const staffReview = createRoute({
  getParentRoute: () => staffSide,
  path: "/adesioni/$onboardingId",
  component: lazyRouteComponent(() => import("./reviews/pages.ts"), "ReviewPage"),
});

const staffTexts = createRoute({
  getParentRoute: () => staffSide,
  path: "/testi",
  component: lazyRouteComponent(() => import("./terms/pages.ts"), "Texts"),
});
const staffText = createRoute({
  getParentRoute: () => staffSide,
  path: "/testi/$templateId",
  component: lazyRouteComponent(() => import("./terms/pages.ts"), "TextPage"),
});
const staffCatalogue = createRoute({
  getParentRoute: () => staffSide,
  path: "/catalogo",
  component: lazyRouteComponent(() => import("./catalogue/pages.ts"), "Catalogue"),
});
const staffProduct = createRoute({
  getParentRoute: () => staffSide,
  path: "/catalogo/$productId",
  component: lazyRouteComponent(() => import("./catalogue/pages.ts"), "ProductEditor"),
});
const staffNodeFiles = createRoute({
  getParentRoute: () => staffSide,
  path: "/file-del-nodo",
  component: lazyRouteComponent(() => import("./staff/desk.ts"), "NodeFiles"),
});
const staffFindings = createRoute({
  getParentRoute: () => staffSide,
  path: "/segnalazioni",
  component: lazyRouteComponent(() => import("./staff/desk.ts"), "Findings"),
});
const staffInstitutions = createRoute({
  getParentRoute: () => staffSide,
  path: "/enti",
  validateSearch: (search): { cerca?: string | undefined } => ({ cerca: word(search.cerca) }),
  component: lazyRouteComponent(() => import("./staff/desk.ts"), "Institutions"),
});
const staffInstitution = createRoute({
  getParentRoute: () => staffSide,
  path: "/enti/$institutionId",
  component: lazyRouteComponent(() => import("./staff/desk.ts"), "Institution"),
});
const staffInstitutionTrail = createRoute({
  getParentRoute: () => staffSide,
  path: "/enti/$institutionId/storia",
  component: lazyRouteComponent(() => import("./staff/desk.ts"), "InstitutionTrail"),
});
const staffAgreements = createRoute({
  getParentRoute: () => staffSide,
  path: "/accordi",
  validateSearch: (search): { cerca?: string | undefined } => ({ cerca: word(search.cerca) }),
  component: lazyRouteComponent(() => import("./staff/desk.ts"), "SignedAgreements"),
});
const staffTrust = createRoute({
  getParentRoute: () => staffSide,
  path: "/fiducia",
  component: lazyRouteComponent(() => import("./staff/desk.ts"), "TrustedLists"),
});
const staffAssistance = createRoute({
  getParentRoute: () => staffSide,
  path: "/assistenza",
  component: lazyRouteComponent(() => import("./staff/desk.ts"), "Assistance"),
});
const staffRecoveries = createRoute({
  getParentRoute: () => staffSide,
  path: "/recuperi",
  component: lazyRouteComponent(() => import("./staff/desk.ts"), "Recoveries"),
});
const staffSettings = createRoute({
  getParentRoute: () => staffSide,
  path: "/impostazioni",
  component: lazyRouteComponent(() => import("./settings/staff-pages.ts"), "SettingsChanges"),
});
const staffSettingsChange = createRoute({
  getParentRoute: () => staffSide,
  path: "/impostazioni/$productId/$changeId",
  component: lazyRouteComponent(() => import("./settings/staff-pages.ts"), "SettingsChangePage"),
});
const staffStations = createRoute({
  getParentRoute: () => staffSide,
  path: "/stazioni",
  validateSearch: (search): { vista?: "with-broker" | "decided" } =>
    search.vista === "with-broker" || search.vista === "decided" ? { vista: search.vista } : {},
  component: lazyRouteComponent(() => import("./pagopa/desk/pages.ts"), "StationQueue"),
});
const staffStation = createRoute({
  getParentRoute: () => staffSide,
  path: "/stazioni/$stationChangeId",
  component: lazyRouteComponent(() => import("./pagopa/desk/pages.ts"), "StationReviewPage"),
});
const staffTrail = createRoute({
  getParentRoute: () => staffSide,
  path: "/storia",
  component: lazyRouteComponent(() => import("./staff/desk.ts"), "PortalTrail"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    choose,
    invited,
    help,
    askToJoin,
    recover,
    recovery,
    institution.addChildren([
      overview,
      ownPage,
      leaveProduct,
      productSettings,
      aggregates,
      agreements,
      acceptance,
      people,
      invite,
      accessRequests,
      accessReviews,
      nominations,
      person,
      permissions,
      profiles,
      newProfile,
      profile,
      newGroup,
      group,
      audit,
      proposals,
      delegations,
      offerDelegation,
      delegatedActs,
      delegation,
      managed,
      askDelegation,
      partnerActs,
      managedOne,
      assignments,
      nodeRegistration,
      stations,
      newStation,
      station,
      changeStation,
      associateInstitution,
      ibans,
      registerIban,
      ibanImports,
      ibanImport,
      partnerIbans,
      iban,
    ]),
    onboard,
    resume,
    take,
    sent,
    inbox,
    preferences,
    mySessions,
    myContacts,
    staffSide.addChildren([
      staffOverview,
      staffReviews,
      staffReview,
      staffSettings,
      staffSettingsChange,
      staffTexts,
      staffText,
      staffCatalogue,
      staffProduct,
      staffNodeFiles,
      staffFindings,
      staffInstitutions,
      staffInstitution,
      staffInstitutionTrail,
      staffAgreements,
      staffTrust,
      staffAssistance,
      staffRecoveries,
      staffStations,
      staffStation,
      staffTrail,
    ]),
  ]),
  defaultPreload: "intent",
  scrollRestoration: false,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: NotFound,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
