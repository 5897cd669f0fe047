import { api } from "@area/api";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { usePages } from "../kit/call.ts";
import { Bones, Icon, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { Shield } from "../kit/Shield.tsx";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";
import { environmentWord } from "../shell/environment.ts";
import { useInstitutionId } from "../shell/institution.ts";
import { useMandate } from "../shell/mandate.ts";
import { useFindingTitle } from "./FindingTitle.tsx";

/** Where a delegate arrives: what they may do for this institution, where, and until when. */
export const MandateHome = () => {
  const { screens, day } = useWords();
  const say = screens.mandates;
  const institutionId = useInstitutionId();
  const mandate = useMandate();
  const m = mandate.data;
  const finding = useFindingTitle();
  const held = m?.held ?? [];
  const notHeld = (m?.permissions ?? []).filter((p) => !held.includes(p));
  const ambiente = environmentWord[m?.environment === "test" ? "test" : "production"];
  return (
    <>
      <PageTitle
        title={m?.institution.name ?? "…"}
        documentTitle={`${say.home}, ${m?.institution.name ?? "…"}`}
        before={<Shield taxCode={m?.institution.taxCode ?? ""} size="big" />}
      >
        <p>{say.homeIntro}</p>
      </PageTitle>
      {mandate.isPending ? (
        <Sheet title={say.may}>
          <Bones what={say.may} />
        </Sheet>
      ) : null}
      {mandate.isError ? (
        <Sheet title={say.may}>
          <Refusal error={mandate.error} retry={() => void mandate.refetch()} />
        </Sheet>
      ) : null}
      {m && m.findings.length > 0 ? (
        <Sheet title={say.todo} count={m.findings.length} hot>
          <ol className="findings">
            {m.findings.map((f) => (
              <li className={f.severity} key={`${f.kind} ${f.dueAt ?? ""}`}>
                <div>
                  <h3>{finding(f.kind, { productTitle: m.productTitle, environment: f.environment })}</h3>
                </div>
                {f.dueAt ? (
                  <div className="do">
                    <p className="due">{day(f.dueAt)}</p>
                  </div>
                ) : null}
              </li>
            ))}
          </ol>
        </Sheet>
      ) : null}
      {m ? (
        <Sheet title={say.may} count={held.length}>
          {held.length === 0 ? (
            <StateBox icon="lock" title={say.refusedTitle}>
              <p>{say.none}</p>
            </StateBox>
          ) : null}
          <ul className="rows">
            {held.map((p) => (
              <li key={p} className="may">
                <span>
                  <Icon name="check" small /> {screens.kit.permissionName[p] ?? p}
                </span>
                {p === "pagopa:ibans:read" ? (
                  <Link
                    className="btn plain s"
                    to="/enti/$institutionId/pagopa/$ambiente/iban"
                    params={{ institutionId, ambiente }}
                  >
                    {say.open}
                    <span className="hidden"> {screens.shell.nav.ibans}</span>
                  </Link>
                ) : null}
              </li>
            ))}
            {notHeld.map((p) => (
              <li key={p} className="may quiet">
                <span>
                  <Icon name="lock" small /> {screens.kit.permissionName[p] ?? p}
                  <small className="quiet"> {say.mayNot}</small>
                </span>
              </li>
            ))}
          </ul>
          <footer>
            {m.productTitle} {say.env[m.environment]}
            {m.resources ? `: ${m.resources.join(", ")}` : ""} ·{" "}
            {m.endsAt ? `${say.until} ${day(m.endsAt)}` : say.noEnd}
          </footer>
        </Sheet>
      ) : null}
      {m?.aggregates && !m.through ? <AggregatesServed delegationId={m.delegationId} /> : null}
    </>
  );
};

/** The aggregates that this mandate serves: found while typing, each opened under the same mandate. */
const AggregatesServed = ({ delegationId }: { delegationId: string }) => {
  const { screens } = useWords();
  const say = screens.mandates;
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const pages = usePages(api.delegations.mandates.aggregates, {
    params: { delegationId },
    query: { limit: 20, ...(search ? { search } : {}) },
  });
  return (
    <Sheet title={say.aggregates} className="below">
      <div className="body stack">
        <p className="s muted">{say.aggregatesIntro}</p>
        <div className="search">
          <Icon name="search" />
          <input
            className="input"
            type="search"
            autoComplete="off"
            maxLength={100}
            aria-label={say.aggregatesSearch}
            placeholder={say.aggregatesSearch}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? <p role="status">{say.aggregatesNone}</p> : null}
      </div>
      {pages.isPending ? <Bones what={say.aggregates} /> : null}
      <ul className="rows">
        {pages.items.map((one) => (
          <li key={one.id}>
            <div>
              <h3>{one.name}</h3>
              <p className="s muted">
                <span className="code">{one.taxCode}</span>
                {one.city ? ` · ${one.city}` : ""}
              </p>
            </div>
            <Link
              className="btn plain s"
              to="/enti/$institutionId"
              params={{ institutionId: one.id }}
              search={{ mandato: delegationId }}
            >
              {say.open}
              <span className="hidden">: {one.name}</span>
            </Link>
          </li>
        ))}
      </ul>
      {pages.hasNextPage ? (
        <div className="pager">
          <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
            {screens.kit.more}
          </button>
        </div>
      ) : null}
    </Sheet>
  );
};
