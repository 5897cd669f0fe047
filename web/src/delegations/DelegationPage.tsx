import {
  api,
  type Delegation,
  type DelegationMove,
  delicatePermissions,
  mayMoveDelegation,
  type Permission,
} from "@area/api";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { AuditSentence } from "../audit/AuditSentence.tsx";
import { queries, useCall, usePages, useSend } from "../kit/call.ts";
import { LockedButton, May, mayI } from "../kit/May.tsx";
import { Bones, Icon, Note, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { Shield } from "../kit/Shield.tsx";
import { useStepUp } from "../kit/step-up.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { dayOf, untilDay } from "../people/dates.ts";
import { useInstitutionId, useMine } from "../shell/institution.ts";
import { Assign, AssignmentList } from "./Assignments.tsx";
import { Confirm } from "./Confirm.tsx";
import { Moves } from "./Moves.tsx";
import { useDelegable } from "./Offer.tsx";
import { StateChip, useDates, useTask } from "./pieces.tsx";
import { onlyIn, ScopeFields, type TypedScope } from "./ScopeFields.tsx";
import { DelegationWordsProvider, useDelegationWords } from "./words.tsx";
import { workAt } from "./work-list.ts";

/** One delegation, from either side: what it includes, who must do what, and what this side may do. */
export const DelegationPage = () => (
  <DelegationWordsProvider>
    <Content />
  </DelegationWordsProvider>
);

const Content = () => {
  const { screens, day } = useWords();
  const words = useDelegationWords();
  const say = words.detail;
  const institutionId = useInstitutionId();
  const { delegationId } = useParams({ strict: false }) as { delegationId: string };
  const mine = useMine();
  const dates = useDates();
  const task = useTask();
  const one = useCall(api.delegations.read, { params: { institutionId, delegationId } });
  const d = one.data;
  const held = mine.data?.memberships ?? [];
  const mayWrite = mayI(held, WRITE);
  const delegator = d?.side === "delegator";
  const title = d ? (delegator ? d.partner.name : d.delegator.name) : "…";
  return (
    <>
      <WorkBar delegationId={delegationId} />
      <PageTitle
        title={title}
        {...(d && !delegator ? { before: <Shield taxCode={d.delegator.taxCode} size="big" /> } : {})}
        acts={d ? <Acts key={`${d.id} ${d.version}`} d={d} /> : null}
      >
        <p>
          {d ? (
            <>
              {say.ofPartner(d.productTitle)} ·{" "}
              <span className="code">{(delegator ? d.partner : d.delegator).taxCode}</span>
            </>
          ) : null}
        </p>
        <p>
          {delegator || !d ? (
            <Link to="/enti/$institutionId/deleghe" params={{ institutionId }}>
              {say.back}
            </Link>
          ) : (
            <Link to="/enti/$institutionId/enti-gestiti" params={{ institutionId }} search={{}}>
              {say.backManaged}
            </Link>
          )}
        </p>
      </PageTitle>
      {one.isPending ? (
        <Sheet title={say.scope}>
          <Bones what={say.scope} />
        </Sheet>
      ) : null}
      {one.isError ? (
        <Sheet title={say.scope}>
          <Refusal error={one.error} retry={() => void one.refetch()} />
        </Sheet>
      ) : null}
      {d ? (
        <>
          <Sheet title={say.open} count={d.tasks.length} hot={d.tasks.length > 0}>
            {d.tasks.length === 0 ? (
              <StateBox icon="check" tone="positive" title={words.nothingOpen}>
                <p>{say.fine}</p>
              </StateBox>
            ) : null}
            <ol className="findings">
              {d.tasks.map((t) => {
                const told = task(t, d.productTitle);
                return (
                  <li
                    className={t.side === d.side ? "attention" : "progress"}
                    key={`${t.task} ${t.finding ?? ""} ${t.dueAt ?? ""}`}
                  >
                    <div>
                      <h3>{told.text}</h3>
                    </div>
                    <div className="do">{told.due ? <p className="due">{told.due}</p> : null}</div>
                  </li>
                );
              })}
            </ol>
          </Sheet>
          <Sheet title={say.scope} beside={<StateChip state={d.state} />}>
            <div className="body">
              <dl className="facts">
                <div>
                  <dt>{say.where}</dt>
                  <dd>{words.environments[d.environment]}</dd>
                </div>
                <div>
                  <dt>{say.when}</dt>
                  <dd>{dates(d)}</dd>
                </div>
                <div>
                  <dt>{say.permissions}</dt>
                  <dd>
                    {d.permissions.length === 0 ? words.everything : null}
                    <ul>
                      {d.permissions.map((p) => (
                        <li key={p}>{screens.kit.permissionName[p] ?? p}</li>
                      ))}
                    </ul>
                  </dd>
                </div>
                {d.resources ? (
                  <div>
                    <dt>{words.only.title}</dt>
                    <dd className="code">{d.resources.join(", ")}</dd>
                  </div>
                ) : null}
                {d.aggregates ? (
                  <div>
                    <dt>{words.chain.label}</dt>
                    <dd>{words.chain.yes}</dd>
                  </div>
                ) : null}
                {d.reason ? (
                  <div>
                    <dt>{say.reason}</dt>
                    <dd>{d.reason}</dd>
                  </div>
                ) : null}
              </dl>
            </div>
            <footer>
              {say.proposed(d.proposedBy, day(d.proposedAt))}
              {d.state === "offered" || d.state === "asked" ? `, ${say.answerBy(day(d.answerBy))}` : ""}
              {d.state === "active" || d.state === "suspended" ? (
                <>
                  {" · "}
                  <a href={`/api/v1/institutions/${institutionId}/delegations/${d.id}/credential`} download>
                    {say.credential}
                  </a>
                  {" · "}
                  <a href="/verifica-delega">{say.credentialHow}</a>
                </>
              ) : null}
            </footer>
          </Sheet>
          <Moves d={d} />
          {delegator ? (
            <>
              {d.state === "active" ? <Entrust d={d} /> : null}
              <LatestActs d={d} />
            </>
          ) : d.state === "active" || d.state === "suspended" ? (
            <>
              {d.state === "active" && d.tasks.every((t) => t.task !== "assign") ? (
                <p className="row below-title">
                  <Link
                    className="btn plain"
                    to="/enti/$institutionId"
                    params={{ institutionId: d.delegator.id }}
                    search={{ mandato: d.id }}
                  >
                    <Icon name="swap" /> {say.actFor}
                  </Link>
                </p>
              ) : null}
              <AssignmentList delegationId={d.id} title={say.servedBy} mayWrite={mayWrite} />
              {mayWrite ? <Assign delegationId={d.id} /> : null}
              {mine.data && !mayWrite ? (
                <p className="row">
                  <LockedButton permission={WRITE} label={words.assignments.add} />
                </p>
              ) : null}
            </>
          ) : null}
        </>
      ) : null}
    </>
  );
};

/** Where one stands in the list that is worked through, and the next of it. */
const WorkBar = ({ delegationId }: { delegationId: string }) => {
  const say = useDelegationWords().portfolio;
  const institutionId = useInstitutionId();
  const { lista } = useSearch({ strict: false });
  const list = lista ? workAt(institutionId) : null;
  const at = list?.ids.indexOf(delegationId) ?? -1;
  if (!list || at < 0) return null;
  const [before, next] = [list.ids[at - 1], list.ids[at + 1]];
  const to = "/enti/$institutionId/enti-gestiti/$delegationId" as const;
  return (
    <nav className="work strip" aria-label={say.work}>
      <b>{say.workAt(at + 1, list.ids.length)}</b>
      <progress max={list.ids.length} value={at + 1} aria-label={say.work} />
      <Link className="s" to="/enti/$institutionId/enti-gestiti" params={{ institutionId }} search={list.back}>
        {say.workLeave}
      </Link>
      {before ? (
        <Link className="btn plain s" to={to} params={{ institutionId, delegationId: before }} search={{ lista: 1 }}>
          {say.workPrevious}
        </Link>
      ) : null}
      {next ? (
        <Link className="btn plain s" to={to} params={{ institutionId, delegationId: next }} search={{ lista: 1 }}>
          {say.workNext} <Icon name="arrow" small />
        </Link>
      ) : (
        <span className="muted">{say.workEnd}</span>
      )}
    </nav>
  );
};

const WRITE = "institution:delegations:write" as const;
type Doing = "change" | "suspend" | "revoke" | "refuse" | null;
const after = (text: string) => ({
  onSuccess: () => {
    toast(text);
    void queries.invalidateQueries();
  },
});

/** What this side may do now: the state machine says it, the same as on the server. */
const Acts = ({ d }: { d: Delegation }) => {
  const say = useDelegationWords().detail;
  const institutionId = useInstitutionId();
  const memberships = useMine().data?.memberships;
  const problem = useProblemText();
  const [doing, setDoing] = useState<Doing>(null);
  const at = { params: { institutionId, delegationId: d.id } };
  const accept = useSend(api.delegations.accept, after(say.accepted));
  const refuse = useSend(api.delegations.refuse, after(say.refused));
  const withdraw = useSend(api.delegations.withdraw, after(say.withdrawn));
  const suspend = useSend(api.delegations.suspend, after(say.suspended));
  const resume = useSend(api.delegations.resume, after(say.resumed));
  const revoke = useSend(api.delegations.revoke, after(d.side === "delegator" ? say.revoked : say.renounced));
  const may = (move: DelegationMove) => mayMoveDelegation(move, d.state, d.side);
  const direct = accept.error ?? withdraw.error ?? resume.error;
  const busy = accept.isPending || withdraw.isPending || resume.isPending;
  const delegator = d.side === "delegator";
  const open = ["offered", "asked", "active", "suspended"].includes(d.state);
  const act = (label: string, onClick: () => void, className = "btn plain", waits = false) => (
    <May memberships={memberships} permission={WRITE} label={label} className={className}>
      <button type="button" className={className} aria-disabled={waits} onClick={onClick}>
        {label}
      </button>
    </May>
  );
  return (
    <>
      {delegator && open ? act(say.change, () => setDoing("change")) : null}
      {may("suspend") ? act(say.suspend, () => setDoing("suspend")) : null}
      {may("resume") ? act(say.resume, () => busy || resume.mutate(at), "btn plain", busy) : null}
      {may("revoke") ? act(delegator ? say.revoke : say.renounce, () => setDoing("revoke"), "btn danger") : null}
      {may("withdraw") ? act(say.withdraw, () => busy || withdraw.mutate(at), "btn plain", busy) : null}
      {may("refuse") ? act(say.refuse, () => setDoing("refuse")) : null}
      {may("accept") ? act(say.accept, () => busy || accept.mutate(at), "btn main", busy) : null}
      {direct ? (
        <Note tone="critical" icon="wrong" role="alert" level={2} title={problem(direct).title}>
          <p>{problem(direct).detail}</p>
        </Note>
      ) : null}
      {doing === "change" ? <Change d={d} onClose={() => setDoing(null)} /> : null}
      {doing === "suspend" ? (
        <Confirm
          title={say.suspendTitle(d.partner.name)}
          detail={say.suspendDetail}
          act={say.suspend}
          keep={say.keep}
          reason
          error={suspend.error}
          busy={suspend.isPending}
          onClose={() => setDoing(null)}
          onAct={(reason) => suspend.mutate({ ...at, body: { reason } })}
        />
      ) : null}
      {doing === "revoke" ? (
        <Confirm
          title={delegator ? say.revokeTitle(d.partner.name) : say.renounceTitle(d.delegator.name)}
          detail={delegator ? say.revokeDetail : say.renounceDetail}
          act={delegator ? say.revokeDo : say.renounceDo}
          keep={say.revokeKeep}
          reason
          error={revoke.error}
          busy={revoke.isPending}
          onClose={() => setDoing(null)}
          onAct={(reason) => revoke.mutate({ ...at, body: { reason } })}
        />
      ) : null}
      {doing === "refuse" ? (
        <Confirm
          title={say.refuseTitle}
          detail={say.refuseDetail}
          act={say.refuse}
          keep={say.keep}
          reason
          error={refuse.error}
          busy={refuse.isPending}
          onClose={() => setDoing(null)}
          onAct={(reason) => refuse.mutate({ ...at, body: { reason } })}
        />
      ) : null}
    </>
  );
};

const Change = ({ d, onClose }: { d: Delegation; onClose: () => void }) => {
  const words = useDelegationWords();
  const say = words.detail;
  const institutionId = useInstitutionId();
  const [scope, setScope] = useState<TypedScope>({
    environment: d.environment,
    permissions: d.permissions,
    endsOn: d.endsAt ? dayOf(d.endsAt) : "",
    aggregates: d.aggregates,
    only: (d.resources ?? []).join(", "),
  });
  const { joinsForOthers } = useDelegable();
  const change = useSend(api.delegations.change, after(say.saved));
  return (
    <Confirm
      title={say.changeTitle}
      act={say.save}
      keep={say.keep}
      error={change.error}
      busy={change.isPending}
      onClose={onClose}
      onAct={() =>
        change.mutate({
          params: { institutionId, delegationId: d.id },
          body: {
            permissions: scope.permissions as [Permission],
            environment: scope.environment,
            resources: onlyIn(scope.only),
            aggregates: scope.aggregates,
            // An end that was not touched stays at its very moment.
            endsAt: d.endsAt && dayOf(d.endsAt) === scope.endsOn ? d.endsAt : untilDay(scope.endsOn),
          },
          version: d.version,
        })
      }
    >
      <ScopeFields
        productId={d.productId}
        scope={scope}
        held={d.permissions}
        joinsForOthers={joinsForOthers(d.productId)}
        onChange={setScope}
      />
    </Confirm>
  );
};

/** What moves money is given apart: a fresh confirmation, and a second person. */
const Entrust = ({ d }: { d: Delegation }) => {
  const { screens } = useWords();
  const say = useDelegationWords().detail;
  const institutionId = useInstitutionId();
  const problem = useProblemText();
  const memberships = useMine().data?.memberships;
  const stepUp = useStepUp(() => null);
  const propose = useSend(api.proposals.propose);
  const missing = delicatePermissions.filter((p) => p.startsWith(`${d.productId}:`) && !d.permissions.includes(p));
  if (missing.length === 0) return null;
  return (
    <Sheet title={say.entrust}>
      <div className="body stack">
        <p>{say.entrustWhy}</p>
        <ul>
          {missing.map((p) => (
            <li key={p}>{screens.kit.permissionName[p]}</li>
          ))}
        </ul>
        {propose.isSuccess ? (
          <Note
            tone="progress"
            icon="check"
            role="status"
            title={say.entrustSent}
            act={
              <Link className="btn plain s" to="/enti/$institutionId/approvazioni" params={{ institutionId }}>
                {say.seeProposals}
              </Link>
            }
          />
        ) : (
          <May memberships={memberships} permission={WRITE} label={say.entrust}>
            <button
              type="button"
              className="btn plain"
              aria-disabled={propose.isPending}
              onClick={() =>
                propose.mutate(
                  {
                    params: { institutionId },
                    body: {
                      endpoint: "delegations.entrust",
                      params: { delegationId: d.id },
                      body: { permissions: missing },
                    },
                  },
                  { onError: stepUp.asks },
                )
              }
            >
              {say.entrust}
            </button>
          </May>
        )}
        {propose.error ? (
          <Note tone="critical" icon="wrong" role="alert" title={problem(propose.error).title}>
            <p>{problem(propose.error).detail}</p>
          </Note>
        ) : null}
        {stepUp.dialog}
      </div>
    </Sheet>
  );
};

const LatestActs = ({ d }: { d: Delegation }) => {
  const { day, time } = useWords();
  const say = useDelegationWords().detail;
  const institutionId = useInstitutionId();
  const acts = usePages(api.audit.delegated, {
    params: { institutionId },
    query: { delegationId: d.id, limit: 5 },
  });
  return (
    <Sheet
      title={say.acts}
      beside={
        <Link
          className="push s"
          to="/enti/$institutionId/deleghe/atti"
          params={{ institutionId }}
          search={{ delega: d.id }}
        >
          {say.allActs}
        </Link>
      }
    >
      <div className="body">
        {acts.isError ? <Refusal error={acts.error} retry={() => void acts.refetch()} /> : null}
        {acts.isSuccess && acts.items.length === 0 ? <p className="quiet">{say.noActs}</p> : null}
        <ol className="history full">
          {acts.items.slice(0, 5).map((line) => (
            <li key={line.sequence}>
              <time dateTime={line.at}>
                {day(line.at)}
                <br />
                {time(line.at)}
              </time>
              <div>
                <AuditSentence line={line} />
              </div>
            </li>
          ))}
        </ol>
      </div>
    </Sheet>
  );
};
