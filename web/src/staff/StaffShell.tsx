import { api, type StaffPermission, staffMay } from "@area/api";
import { Link, Outlet } from "@tanstack/react-router";
import { useCall, useSend } from "../kit/call.ts";
import { Icon } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { AccountBar } from "../shell/AccountBar.tsx";
import { Brand } from "../shell/Brand.tsx";
import { Footer } from "../shell/Footer.tsx";
import { useProfileNames } from "./profiles.ts";
import { StaffWordsProvider, useStaffWords } from "./words.tsx";

const doors = [
  { to: "/staff/panoramica", name: "overview", icon: "home", permission: null },
  { to: "/staff/adesioni", name: "reviews", icon: "list", permission: "staff:onboardings:read" },
  { to: "/staff/impostazioni", name: "settings", icon: "check", permission: "staff:settings:read" },
  { to: "/staff/stazioni", name: "stations", icon: "server", permission: "staff:stations:read" },
  { to: "/staff/catalogo", name: "catalogue", icon: "grid", permission: "staff:products:read" },
  { to: "/staff/testi", name: "texts", icon: "doc", permission: "staff:products:read" },
  { to: "/staff/file-del-nodo", name: "nodeFiles", icon: "upload", permission: "staff:stations:read" },
  { to: "/staff/segnalazioni", name: "findings", icon: "bell", permission: "staff:findings:read" },
  { to: "/staff/enti", name: "institutions", icon: "search", permission: "staff:institutions:read" },
  { to: "/staff/accordi", name: "agreements", icon: "doc", permission: "staff:agreements:read" },
  { to: "/staff/fiducia", name: "trust", icon: "shield", permission: "staff:findings:read" },
  { to: "/staff/assistenza", name: "assistance", icon: "help", permission: "staff:assistance:read" },
  { to: "/staff/recuperi", name: "recoveries", icon: "people", permission: "staff:recoveries:read" },
  { to: "/staff/storia", name: "audit", icon: "clock", permission: "staff:audit-trail:read" },
] as const satisfies readonly {
  to: string;
  name: string;
  icon: string;
  permission: StaffPermission | null;
}[];

/** The company's own side of the portal: who I am and with which profiles, always in sight; and only the doors that open. */
export const StaffShell = () => (
  <StaffWordsProvider>
    <Shell />
  </StaffWordsProvider>
);

const Shell = () => {
  const { screens } = useWords();
  const say = useStaffWords();
  const me = useCall(api.staff.me, {});
  const profileNames = useProfileNames();
  const leave = useSend(api.staff.leave, { onSuccess: () => location.assign("/staff") });
  const holdings = me.data?.profiles ?? [];
  return (
    <>
      <header>
        <AccountBar name={me.data?.name ?? "…"} leave={() => leave.mutate({})} />
        <div className="context">
          <div className="in">
            <button type="button" className="menu-button" popoverTarget="nav">
              <Icon name="menu" />
              <span className="hidden">{screens.shell.menu}</span>
            </button>
            <Brand to="/staff/panoramica" />
            {/* biome-ignore lint/a11y/useSemanticElements: a cell of a heading, not a field of a form */}
            <div className="cells" role="group" aria-label={screens.shell.whereYouAre}>
              <div className="cell ente">
                <span>
                  <small>{say.shell.side}</small>
                  <b>{say.shell.company}</b>
                </span>
              </div>
            </div>
            {me.data ? (
              <p className="who">
                <span>
                  <b>{me.data.name}</b>
                  <br />
                  {profileNames(holdings).join(", ")}
                </span>
              </p>
            ) : null}
          </div>
        </div>
      </header>
      <div className="frame">
        <nav className="side" id="nav" popover="auto" aria-label={say.shell.sections}>
          <button type="button" className="btn text close" popoverTarget="nav" popoverTargetAction="hide">
            <Icon name="x" /> {screens.shell.closeMenu}
          </button>
          <h2>{say.shell.side}</h2>
          <ul>
            {doors
              .filter((door) => door.permission === null || staffMay(holdings, door.permission))
              .map((door) => (
                <li key={door.name}>
                  <Link
                    to={door.to}
                    activeOptions={{ exact: true }}
                    onClick={() => {
                      const menu = document.getElementById("nav");
                      if (menu?.matches(":popover-open")) menu.hidePopover();
                    }}
                  >
                    <Icon name={door.icon} /> {say.shell.nav[door.name]}
                  </Link>
                </li>
              ))}
          </ul>
        </nav>
        <main id="contenuto" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Footer />
    </>
  );
};
