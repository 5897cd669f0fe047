import { type AnswerOf, api, inboxAddress } from "@area/api";
import { Link, Navigate } from "@tanstack/react-router";
import { useState } from "react";
import { AuditSentence } from "../audit/AuditSentence.tsx";
import { MandateHome } from "../delegations/MandateHome.tsx";
import { useCall } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { LockedButton, May, mayI } from "../kit/May.tsx";
import { Bones, Chip, Hidden, Icon, Note, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Locked, Refusal } from "../kit/Refusal.tsx";
import { registryName } from "../kit/registry-name.ts";
import { Shield } from "../kit/Shield.tsx";
import { productTone } from "../kit/states.ts";
import { useWords } from "../kit/words.tsx";
import { firstDoor } from "../shell/doors.ts";
import { environmentWord } from "../shell/environment.ts";
import { useInstitution, useInstitutionId, useMine } from "../shell/institution.ts";
import { useMandateId } from "../shell/mandate.ts";
import { areaText } from "./area-text.ts";

type Institution = AnswerOf<typeof api.institutions.read>;
type Finding = AnswerOf<typeof api.findings.list>["items"][number];
const REGISTRY = "https://indicepa.gov.it/ipa-portale/";

/** Home of an institution: for its own people, or for who acts by a mandate. */
export const Overview = () => (useMandateId() === undefined ? <OwnOverview /> : <MandateHome />);

/** What to do comes before what there is. */
const OwnOverview = () => {
  const { screens } = useWords();
  const say = screens.overview;
  const mine = useMine();
  const institution = useInstitution();
  const memberships = mine.data?.memberships ?? [];
  const seesOnboardings = mayI(memberships, "institution:onboardings:read");
  const institutionId = useInstitutionId();
  const known = institution.data ?? mine.data;
  if (mine.data && !mayI(memberships, "institution:overview:read")) {
    const door = firstDoor(memberships);
    return door ? (
      <Navigate to={door.to} params={{ institutionId, ambiente: environmentWord.production }} replace />
    ) : (
      <>
        <PageTitle title={mine.data.name} documentTitle={`${screens.shell.nav.overview}, ${mine.data.name}`} />
        <Sheet title={say.data}>
          <Locked permission="institution:overview:read" />
        </Sheet>
      </>
    );
  }
  const title = known?.name ?? "…";
  const category = institution.data?.category ? screens.categories[institution.data.category] : undefined;
  return (
    <>
      <PageTitle
        title={title}
        documentTitle={`${screens.shell.nav.overview}, ${title}`}
        before={<Shield taxCode={known?.taxCode ?? ""} size="big" />}
      >
        {known ? (
          <p>
            {category ? `${category} · ` : ""}
            {known.ipaCode ? (
              <>
                {say.ipaCode} <span className="code">{known.ipaCode}</span> ·{" "}
              </>
            ) : null}
            {say.taxCode} <span className="code">{known.taxCode}</span>
          </p>
        ) : null}
      </PageTitle>
      {institution.isError ? (
        <Sheet title={say.data}>
          <Refusal error={institution.error} retry={() => void institution.refetch()} />
        </Sheet>
      ) : (
        <div className="cols">
          <div>
            <ContactNote />
            <Findings />
            {institution.data && institution.data.awaiting.length > 0 && seesOnboardings ? (
              <Awaiting institution={institution.data} />
            ) : null}
            <Products institution={institution.data} mayLeave={mayI(memberships, "institution:onboardings:write")} />
            {institution.data ? <Available institution={institution.data} /> : null}
          </div>
          <aside>
            <Facts institution={institution.data} />
            {mine.data ? (
              mayI(memberships, "institution:audit-trail:read") ? (
                <LatestEvents />
              ) : (
                <Sheet title={say.events}>
                  <div className="body">
                    <LockedButton
                      permission="institution:audit-trail:read"
                      label={screens.shell.nav.audit}
                      className="btn plain s"
                    />
                  </div>
                </Sheet>
              )
            ) : null}
          </aside>
        </div>
      )}
    </>
  );
};

/** Nobody can be told anything at an address that was never verified; who enters with CIE brings none at all. */
const ContactNote = () => {
  const { kit } = useWords().screens;
  const institutionId = useInstitutionId();
  const contact = useCall(api.people.contacts.here, { params: { institutionId } });
  return contact.data && !contact.data.verified ? (
    <Note
      level={2}
      tone="attention"
      icon="mail"
      title={kit.noContactTitle}
      act={
        <Link className="btn plain s" to="/profilo/indirizzi">
          {kit.addContact}
        </Link>
      }
    >
      <p>{kit.noContact}</p>
    </Note>
  ) : null;
};

const Findings = () => {
  const { screens, day, time, isToday } = useWords();
  const say = screens.overview;
  const institutionId = useInstitutionId();
  const findings = useCall(api.findings.list, { params: { institutionId } });
  const count = findings.data?.items.length;
  return (
    <Sheet title={say.todo} count={count} hot={count !== undefined && count > 0}>
      {findings.isPending ? <Bones what={say.todo} rows={2} /> : null}
      {findings.isError ? <Refusal error={findings.error} retry={() => void findings.refetch()} /> : null}
      {count === 0 ? (
        <StateBox icon="check" tone="positive" title={say.nothingTitle}>
          <p>{say.nothing}</p>
        </StateBox>
      ) : null}
      <ol className="findings">
        {findings.data?.items.map((one, n) => (
          <FindingRow key={one.id} one={one} main={n === 0 && one.severity === "critical"} />
        ))}
      </ol>
      {findings.data ? (
        <footer>
          {say.checkedAt(
            isToday(findings.data.checkedAt)
              ? say.todayAt(time(findings.data.checkedAt))
              : say.dayAt(day(findings.data.checkedAt), time(findings.data.checkedAt)),
          )}
        </footer>
      ) : null}
    </Sheet>
  );
};

const FindingRow = ({ one, main }: { one: Finding; main: boolean }) => {
  const { screens, day, distance } = useWords();
  const words = screens.findings[one.kind];
  const products = useCall(api.products.list, {});
  const productTitle = products.data?.items.find((p) => p.id === one.productId)?.title ?? one.productId ?? "";
  const facts = { ...one.facts, productTitle };
  return (
    <li className={one.severity}>
      <div>
        <h3>{words.title(facts)}</h3>
        <p>{words.why(facts)}</p>
      </div>
      <div className="do">
        <FindingAct one={one} className={`btn s ${main ? "main" : "plain"}`} label={words.act} />
        <p className="due">
          {one.dueAt ? (
            <>
              <b>{distance(one.dueAt)}</b> · {day(one.dueAt)}
            </>
          ) : (
            <b>{screens.overview.whenever}</b>
          )}
        </p>
      </div>
    </li>
  );
};

const addressOf = (one: Finding, institutionId: string): string | null =>
  /^(delegations?|iban)-/.test(one.kind)
    ? inboxAddress({ kind: "finding", institutionId, facts: { ...one.facts, finding: one.kind } })
    : null;

/** What is about people is mended on their pages. */
const peoplePage = {
  "single-administrator": "/enti/$institutionId/utenti/invita",
  "access-review-open": "/enti/$institutionId/utenti/riesame",
  "access-request-waiting": "/enti/$institutionId/utenti/richieste",
  "profile-without-answer": "/enti/$institutionId/profili",
} as const satisfies Partial<Record<Finding["kind"], string>>;

const FindingAct = ({ one, className, label }: { one: Finding; className: string; label: string }) => {
  const institutionId = useInstitutionId();
  const to = peoplePage[one.kind as keyof typeof peoplePage];
  if (one.kind === "profile-without-answer" && typeof one.facts.profileId === "string")
    return (
      <Link
        className={className}
        to="/enti/$institutionId/profili/$profileId"
        params={{ institutionId, profileId: one.facts.profileId }}
      >
        {label}
      </Link>
    );
  if (to)
    return (
      <Link className={className} to={to} params={{ institutionId }}>
        {label}
      </Link>
    );
  // Same place as from the mail.
  const elsewhere = addressOf(one, institutionId);
  if (elsewhere)
    return (
      <a className={className} href={elsewhere}>
        {label}
      </a>
    );
  if (one.kind === "agreement-awaiting-signature" || one.kind === "agreement-of-former-representative")
    return (
      <a className={className} href="#in-corso">
        {label}
      </a>
    );
  return (
    <a className={className} href={REGISTRY} target="_blank" rel="noreferrer">
      {label} <Icon name="external" small />
    </a>
  );
};

const Awaiting = ({ institution }: { institution: Institution }) => {
  const { screens, day } = useWords();
  const say = screens.overview;
  return (
    <div id="in-corso" className="below">
      <Sheet title={say.awaiting} count={institution.awaiting.length}>
        <ul className="rows products">
          {institution.awaiting.map((one) => (
            <li key={one.onboardingId}>
              <span className="glyph off">
                <Icon name="mail" />
              </span>
              <div>
                <h3>{one.title}</h3>
                <p className="s muted">
                  {
                    {
                      submitted: say.preparing,
                      "to-be-reviewed": say.toBeReviewed,
                      "changes-requested": say.changesRequested,
                      "awaiting-signature": say.awaitingSignature,
                      "awaiting-countersignature": say.awaitingCountersignature,
                    }[one.state]
                  }
                </p>
              </div>
              <Chip tone="progress">{screens.onboardingStates[one.state]}</Chip>
              <span className="xs quiet">{one.expiresAt ? say.signBy(day(one.expiresAt)) : ""}</span>
            </li>
          ))}
        </ul>
      </Sheet>
    </div>
  );
};

const Products = ({ institution, mayLeave }: { institution: Institution | undefined; mayLeave: boolean }) => {
  const catalogue = useCall(api.products.list, {});
  const joinsForOthers = (id: string) => catalogue.data?.items.find((p) => p.id === id)?.aggregators ?? false;
  // A twin for trying leaves with its product, never alone.
  const isTwin = (id: string) => catalogue.data?.items.some((p) => p.testTwins.includes(id)) ?? true;
  const { screens, day } = useWords();
  const mine = useMine();
  const memberships = mine.data?.memberships;
  const say = screens.overview;
  const products = institution?.products.filter((p) => p.state !== "ended");
  return (
    <Sheet title={say.activeProducts} count={products?.length} className="below">
      {products ? null : <Bones what={say.activeProducts} rows={1} />}
      {products?.length === 0 ? (
        <StateBox icon="package" title={say.noActiveTitle}>
          <p>{say.noActive}</p>
        </StateBox>
      ) : null}
      <ul className="rows products">
        {products?.map((one) => (
          <li key={one.productId}>
            <span className="glyph">
              <Icon name={one.productId === "pagopa" ? "bank" : "package"} />
            </span>
            <div>
              <h3>{one.title}</h3>
              <p className="s muted">
                {[
                  say.activeSince(day(one.activeSince)),
                  one.recipientCode ? `${say.recipientCode} ${one.recipientCode}` : null,
                  one.geographicAreas.map((area) => areaText(screens, area)).join(", "),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
            <Chip tone={productTone[one.state]}>{say.productStates[one.state]}</Chip>
            <div className="row acts-of">
              {one.agreementId && institution ? (
                <May
                  memberships={memberships}
                  permission="institution:agreements:read"
                  label={say.seeAgreement}
                  about={one.title}
                  className="btn plain s"
                >
                  <Link
                    className="btn plain s"
                    to="/enti/$institutionId/documenti"
                    params={{ institutionId: institution.id }}
                  >
                    {say.seeAgreement}
                    <Hidden> {one.title}</Hidden>
                  </Link>
                </May>
              ) : null}
              {mayLeave && institution && joinsForOthers(one.productId) ? (
                <Link
                  className="btn text s"
                  to="/enti/$institutionId/prodotti/$productId/aggregati"
                  params={{ institutionId: institution.id, productId: one.productId }}
                >
                  {screens.adhesion.aggregates.link}
                  <Hidden> {one.title}</Hidden>
                </Link>
              ) : null}
              {institution && mine.data && !mayLeave && joinsForOthers(one.productId) ? (
                <LockedButton
                  permission="institution:onboardings:write"
                  label={screens.adhesion.aggregates.link}
                  about={one.title}
                  className="btn text s"
                />
              ) : null}
              {institution && mine.data && !mayLeave && !isTwin(one.productId) ? (
                <LockedButton
                  permission="institution:onboardings:write"
                  label={screens.adhesion.leaving.link}
                  about={one.title}
                  className="btn text s"
                />
              ) : null}
              {mayLeave && institution && !isTwin(one.productId) ? (
                <Link
                  className="btn text s"
                  to="/enti/$institutionId/prodotti/$productId/lascia"
                  params={{ institutionId: institution.id, productId: one.productId }}
                >
                  {screens.adhesion.leaving.link}
                  <Hidden> {one.title}</Hidden>
                </Link>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </Sheet>
  );
};

const Available = ({ institution }: { institution: Institution }) => {
  const { screens } = useWords();
  const memberships = useMine().data?.memberships;
  const say = screens.overview;
  return (
    <Sheet title={say.availableProducts}>
      {institution.available.length === 0 ? (
        <div className="body">
          <p className="s muted">{say.noAvailable}</p>
        </div>
      ) : null}
      <ul className="rows products">
        {institution.available.map((one) => (
          <li key={one.productId}>
            <span className="glyph off">
              <Icon name="package" />
            </span>
            <div>
              <h3>{one.title}</h3>
              <p className="s muted">{say.available}</p>
            </div>
            <span />
            <May
              memberships={memberships}
              permission="institution:onboardings:write"
              label={say.join}
              about={one.title}
              className="btn plain s"
            >
              <Link
                className="btn plain s"
                to="/adesione"
                search={{ prodotto: one.productId, ente: institution.ipaCode ?? undefined }}
              >
                {say.join}
                <Hidden> {one.title}</Hidden>
              </Link>
            </May>
          </li>
        ))}
      </ul>
    </Sheet>
  );
};

const Facts = ({ institution }: { institution: Institution | undefined }) => {
  const { screens, day } = useWords();
  const say = screens.overview;
  const [wrong, setWrong] = useState(false);
  return (
    <Sheet
      title={say.data}
      beside={
        institution?.registry ? (
          <button type="button" className="push s as-link" onClick={() => setWrong(true)}>
            {say.wrong}
          </button>
        ) : null
      }
    >
      <div className="body">
        {institution ? (
          <>
            <dl className="facts">
              <div>
                <dt>{say.pec}</dt>
                <dd>{institution.pec}</dd>
              </div>
              <div>
                <dt>{say.address}</dt>
                <dd>
                  {institution.address}, {institution.zipCode} {institution.city}
                </dd>
              </div>
            </dl>
            {institution.registry ? (
              <p className="source">
                <Icon name="lock" />{" "}
                {say.source(registryName(screens, institution.registry.name), day(institution.registry.readAt))}
              </p>
            ) : null}
          </>
        ) : (
          <Bones what={say.data} rows={2} />
        )}
      </div>
      <Dialog
        open={wrong}
        onClose={() => setWrong(false)}
        title={say.wrong}
        answers={
          <a className="btn plain" href={REGISTRY} target="_blank" rel="noreferrer">
            {say.openRegistry} <Icon name="external" small />
          </a>
        }
      >
        <p>{say.wrongHow}</p>
      </Dialog>
    </Sheet>
  );
};

const LatestEvents = () => {
  const { screens, time, shortDay, isToday } = useWords();
  const say = screens.overview;
  const institutionId = useInstitutionId();
  const trail = useCall(api.audit.trail, { params: { institutionId }, query: { limit: 5 } });
  return (
    <Sheet
      title={say.events}
      beside={
        <Link className="push s" to="/enti/$institutionId/storia" params={{ institutionId }}>
          {say.allEvents}
          <Hidden> · {say.events}</Hidden>
        </Link>
      }
    >
      <div className="body">
        {trail.isPending ? <Bones what={say.events} rows={2} /> : null}
        {trail.isError ? <Refusal error={trail.error} retry={() => void trail.refetch()} /> : null}
        {trail.data?.items.length === 0 ? <p className="s muted">{say.noEvents}</p> : null}
        <ol className="history">
          {trail.data?.items.map((line) => (
            <li key={line.sequence}>
              <time dateTime={line.at}>
                {isToday(line.at) ? (
                  <>
                    {say.today}
                    <br />
                    {time(line.at)}
                  </>
                ) : (
                  shortDay(line.at)
                )}
              </time>
              <AuditSentence line={line} />
            </li>
          ))}
        </ol>
      </div>
    </Sheet>
  );
};
