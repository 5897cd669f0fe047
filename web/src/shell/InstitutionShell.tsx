import { api, environments } from "@area/api";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { MandateOver, MandateStrip } from "../delegations/MandateStrip.tsx";
import { useCall } from "../kit/call.ts";
import { mayI } from "../kit/May.tsx";
import { Icon } from "../kit/pieces.tsx";
import { profileName } from "../kit/profiles.ts";
import { Shield } from "../kit/Shield.tsx";
import { useWords } from "../kit/words.tsx";
import { Brand } from "./Brand.tsx";
import { doors, pagopaDoors, productsOf } from "./doors.ts";
import { environmentWord, useEnvironmentHere } from "./environment.ts";
import { Footer } from "./Footer.tsx";
import { useInstitution, useInstitutionId, useMine } from "./institution.ts";
import { useMandate, useMandateId } from "./mandate.ts";
import { PersonBar } from "./PersonBar.tsx";
import { Switcher } from "./Switcher.tsx";

const closeMenu = () => {
  const menu = document.getElementById("nav");
  if (menu?.matches(":popover-open")) menu.hidePopover();
};

/** Where I am and for whom I act, always in sight and in the same order; and only the doors that open. */
export const InstitutionShell = () => {
  const { screens } = useWords();
  const { shell } = screens;
  const institutionId = useInstitutionId();
  const institution = useInstitution();
  const mine = useMine();
  const mandateId = useMandateId();
  const mandate = useMandate();
  const [switching, setSwitching] = useState(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setSwitching(true);
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  const here = useEnvironmentHere();
  // Changing environment stays in the section: its list, since a thing of one environment is not in the other.
  const { pathname } = useLocation();
  const section = (
    pagopaDoors.find((door) => pathname.includes(door.to.slice(door.to.lastIndexOf("/")))) ?? pagopaDoors[0]
  ).to;
  const acting = mandate.data?.institution.id === institutionId ? mandate.data : undefined;
  const name = institution.data?.name ?? mine.data?.name ?? "…";
  const taxCode = institution.data?.taxCode ?? mine.data?.taxCode ?? "";
  const memberships = mine.data?.memberships ?? [];
  const held = memberships.filter((m) => m.state === "active");
  const mineHere = held.find((m) => m.productId === "institution") ?? held[0];
  const isPartner = (institution.data?.products ?? []).some((p) => p.state === "active" && p.kind === "PT");
  // Who may not read the institution still sees on which product they work.
  const catalogue = useCall(api.products.list, {}, { enabled: !institution.data });
  const products = institution.data
    ? institution.data.products.filter((p) => p.state === "active").map((p) => p.title)
    : productsOf(memberships).map((id) => catalogue.data?.items.find((p) => p.id === id)?.title ?? id);
  return (
    <>
      <header>
        <PersonBar />
        <div className="context" data-env={here === "test" ? "test" : undefined}>
          <div className="in">
            <button type="button" className="menu-button" popoverTarget="nav">
              <Icon name="menu" />
              <span className="hidden">{shell.menu}</span>
            </button>
            <Brand />
            {/* biome-ignore lint/a11y/useSemanticElements: three cells of a heading, not fields of a form */}
            <div className="cells" role="group" aria-label={shell.whereYouAre}>
              <button type="button" className="cell ente" aria-haspopup="dialog" onClick={() => setSwitching(true)}>
                <Shield taxCode={taxCode} size="small" />
                <span>
                  <small>{shell.institution}</small>
                  <b>{name}</b>
                </span>
                <Icon name="down" />
              </button>
              <div className="cell product">
                <span>
                  <small>{shell.products}</small>
                  <b>{institution.data || products.length > 0 ? products.join(", ") || shell.noProduct : "…"}</b>
                </span>
              </div>
              {here ? (
                <button type="button" className="cell env" popoverTarget="menu-ambiente">
                  <span>
                    <small>{shell.environment}</small>
                    <b>{screens.ibans.environments[here]}</b>
                  </span>
                  <Icon name="down" />
                </button>
              ) : (
                <div className="cell env">
                  <span>
                    <small>{shell.environment}</small>
                    <b>{shell.production}</b>
                  </span>
                </div>
              )}
            </div>
            {here ? (
              <div className="menu switch" id="menu-ambiente" popover="auto">
                {environments.map((one) => (
                  <Link
                    key={one}
                    to={section}
                    params={{ institutionId, ambiente: environmentWord[one] }}
                    aria-current={one === here ? "true" : undefined}
                    onClick={() => document.getElementById("menu-ambiente")?.hidePopover()}
                  >
                    {screens.ibans.environments[one]}
                  </Link>
                ))}
              </div>
            ) : null}
            {mineHere && !mandateId ? (
              <p className="who">
                <span>
                  {shell.onBehalf} <b>{name}</b>
                  <br />
                  {shell.as(profileName(screens, mineHere))}
                </span>
              </p>
            ) : null}
          </div>
        </div>
        {acting ? <MandateStrip mandate={acting} onChange={() => setSwitching(true)} /> : null}
      </header>
      <div className="frame">
        <nav className="side" id="nav" popover="auto" aria-label={shell.sections}>
          <button type="button" className="btn text close" popoverTarget="nav" popoverTargetAction="hide">
            <Icon name="x" /> {shell.closeMenu}
          </button>
          <h2>{shell.institution}</h2>
          <ul>
            {mandateId ? (
              <li>
                <Link
                  to="/enti/$institutionId"
                  params={{ institutionId }}
                  activeOptions={{ exact: true, includeSearch: false }}
                  onClick={closeMenu}
                >
                  <Icon name="swap" /> {screens.mandates.home}
                </Link>
              </li>
            ) : null}
            {doors
              .filter((door) => door.name !== "managed" || isPartner)
              .filter((door) => mayI(memberships, door.permission))
              .map((door) => (
                <li key={door.name}>
                  <Link to={door.to} params={{ institutionId }} activeOptions={{ exact: true }} onClick={closeMenu}>
                    <Icon name={door.icon} /> {shell.nav[door.name]}
                    {door.name === "overview" && mine.data && mine.data.findings > 0 ? (
                      <span className="count hot">
                        {mine.data.findings}
                        <span className="hidden"> {shell.toDo(mine.data.findings)}</span>
                      </span>
                    ) : null}
                  </Link>
                </li>
              ))}
          </ul>
          {pagopaDoors.some((door) => mayI(memberships, door.permission)) ? (
            <>
              <h2>pagoPA</h2>
              <ul>
                {pagopaDoors
                  .filter((door) => mayI(memberships, door.permission))
                  .map((door) => (
                    <li key={door.name}>
                      <Link
                        to={door.to}
                        params={{ institutionId, ambiente: environmentWord[here ?? "production"] }}
                        onClick={closeMenu}
                      >
                        <Icon name={door.icon} /> {shell.nav[door.name]}
                      </Link>
                    </li>
                  ))}
              </ul>
            </>
          ) : null}
        </nav>
        <main id="contenuto" tabIndex={-1}>
          <RecoveryHere />
          {mandateId && mandate.isError ? <MandateOver error={mandate.error} /> : <Outlet />}
        </main>
      </div>
      <Footer />
      <Switcher open={switching} onClose={() => setSwitching(false)} />
    </>
  );
};

/** Loaded where somebody asks to administer the institution, and nowhere else. */
const RecoveryNote = lazy(async () => ({ default: (await import("../people/RecoveryNote.tsx")).RecoveryNote }));
const RecoveryHere = () => {
  const institutionId = useInstitutionId();
  const { data } = useCall(api.people.recoveries.here, { params: { institutionId } });
  return data?.recovery ? (
    <Suspense fallback={null}>
      <RecoveryNote one={data.recovery} />
    </Suspense>
  ) : null;
};
