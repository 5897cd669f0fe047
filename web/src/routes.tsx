import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { Agreements } from "./agreements/Agreements.tsx";
import { AuditTrail } from "./audit/AuditTrail.tsx";
import { ChooseInstitution } from "./identity/ChooseInstitution.tsx";
import { Overview } from "./institutions/Overview.tsx";
import { People } from "./people/People.tsx";
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
const institution = createRoute({
  getParentRoute: () => root,
  path: "/enti/$institutionId",
  component: InstitutionShell,
});
const overview = createRoute({ getParentRoute: () => institution, path: "/", component: Overview });
const agreements = createRoute({ getParentRoute: () => institution, path: "/documenti", component: Agreements });
const people = createRoute({ getParentRoute: () => institution, path: "/utenti", component: People });
const audit = createRoute({ getParentRoute: () => institution, path: "/storia", component: AuditTrail });

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

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    choose,
    institution.addChildren([overview, agreements, people, audit]),
    onboard,
    resume,
    take,
    sent,
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
