import { api, endpointsOf, isProblem, type Permission, type Proposal, permissionCodes } from "@area/api";
import { useState } from "react";
import { queries, usePages, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { May, mayI } from "../kit/May.tsx";
import { Bones, Chip, PageTitle, Sheet, StateBox, type Tone } from "../kit/pieces.tsx";
import { Refusal, RefusalNote } from "../kit/Refusal.tsx";
import { useStepUp } from "../kit/step-up.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { environmentWord } from "../shell/environment.ts";
import { useInstitutionId, useMine } from "../shell/institution.ts";

const tone: Record<Proposal["state"], Tone> = {
  open: "progress",
  approved: "positive",
  rejected: "critical",
  withdrawn: "neutral",
  expired: "neutral",
};

/** What waits for a second person, with what it would change; and how the others ended. */
export const Proposals = () => {
  const { screens } = useWords();
  const say = screens.proposals;
  const institutionId = useInstitutionId();
  const [past, setPast] = useState(false);
  const pages = usePages(api.proposals.list, {
    params: { institutionId },
    query: { limit: 20, ...(past ? {} : { state: "open" as const }) },
  });
  const items = past ? pages.items.filter((one) => one.state !== "open") : pages.items;
  const title = past ? say.past : say.list;
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet
        title={title}
        beside={
          <button type="button" className="push s as-link" onClick={() => setPast(!past)}>
            {past ? say.showOpen : say.showPast}
          </button>
        }
      >
        {pages.isPending ? <Bones what={title} /> : null}
        {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && items.length === 0 ? (
          <StateBox icon="check" title={say.emptyTitle}>
            <p>{say.empty}</p>
          </StateBox>
        ) : null}
        <ul className="rows">
          {items.map((one) => (
            <One key={one.id} one={one} />
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
    </>
  );
};

/** Who decides holds two permissions: to decide at all, and to do what is proposed. The one to say when one is missing. */
const deciding = (one: Proposal): readonly [Permission, Permission] => {
  const needs = endpointsOf(api).find(({ name }) => name === one.endpoint)?.endpoint.needs;
  const own = "institution:proposals:write" as const;
  return [own, permissionCodes.find((p) => p === needs) ?? own];
};

/** What it would write, field by field: values as they were proposed. */
const Change = ({ one }: { one: Proposal }) => {
  const body = one.input.body;
  const rows: [string, unknown][] = body && typeof body === "object" ? Object.entries(body) : [];
  return rows.length === 0 ? null : (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="code">{typeof value === "object" ? JSON.stringify(value) : String(value)}</dd>
        </div>
      ))}
    </dl>
  );
};

const One = ({ one }: { one: Proposal }) => {
  const { screens, day } = useWords();
  const say = screens.proposals;
  const institutionId = useInstitutionId();
  const [asking, setAsking] = useState<"approve" | "reject" | null>(null);
  const [note, setNote] = useState("");
  const at = { params: { institutionId, proposalId: one.id } };
  const after = { onSuccess: () => void queries.invalidateQueries() };
  const stepUp = useStepUp(() => null);
  const approve = useSend(api.proposals.approve, { ...after, onError: (error) => void stepUp.asks(error) });
  const reject = useSend(api.proposals.reject, after);
  const withdraw = useSend(api.proposals.withdraw, after);
  const memberships = useMine().data?.memberships;
  const [decide, perform] = deciding(one);
  const act = { memberships, permission: memberships && mayI(memberships, decide) ? perform : decide };
  const what = say.acts[one.endpoint] ?? one.endpoint;
  const refused = approve.error ?? reject.error ?? withdraw.error;
  const problem = isProblem(refused) && refused.code === "step-up-needed" ? null : refused;
  return (
    <li>
      <div className="row between">
        <h3>
          {what}{" "}
          {one.environment ? (
            <span className={`tag${one.environment === "test" ? " test" : ""}`}>
              {screens.ibans.environments[one.environment]}
            </span>
          ) : null}
        </h3>
        <Chip tone={tone[one.state]}>{say.states[one.state]}</Chip>
      </div>
      <p className="s quiet">
        {one.proposedBy.me ? say.mine(day(one.proposedAt)) : say.by(one.proposedBy.name, day(one.proposedAt))}
        {one.state === "open" ? ` · ${say.until(day(one.expiresAt))}` : ""}
        {one.decided?.by ? ` · ${say.decidedBy(one.decided.by, day(one.decided.at))}` : ""}
      </p>
      {one.reason ? (
        <p>
          {say.reason}: {one.reason}
        </p>
      ) : null}
      {one.decided?.note ? (
        <p>
          {say.reason}: {one.decided.note}
        </p>
      ) : null}
      <div>
        <p className="s quiet">{say.what}</p>
        <Change one={one} />
        {one.endpoint === "pagopa.ibanImports.apply" ? (
          <p>
            <a
              href={`/enti/${institutionId}/pagopa/${environmentWord[one.environment ?? "production"]}/iban/carica/${String(one.input.params["importId"])}`}
            >
              {say.seeFile}
            </a>
          </p>
        ) : null}
      </div>
      {problem ? <RefusalNote error={problem} /> : null}
      {stepUp.dialog}
      {one.state === "open" ? (
        <div className="row">
          {one.proposedBy.me ? (
            <>
              <button
                type="button"
                className="btn plain s"
                onClick={() => withdraw.mutate(at, { onSuccess: () => toast(say.withdrawn) })}
              >
                {say.withdraw}
              </button>
              <span className="s quiet">{say.ownHint}</span>
            </>
          ) : (
            <>
              <May {...act} label={say.approve} about={what} className="btn s">
                <button type="button" className="btn s" onClick={() => setAsking("approve")}>
                  {say.approve}
                </button>
              </May>
              <May {...act} label={say.reject} about={what} className="btn plain s">
                <button type="button" className="btn plain s" onClick={() => setAsking("reject")}>
                  {say.reject}
                </button>
              </May>
            </>
          )}
        </div>
      ) : null}
      <Dialog
        title={asking === "reject" ? say.rejectTitle(what) : say.approveTitle(what)}
        open={asking !== null}
        onClose={() => setAsking(null)}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setAsking(null)}>
              {say.back}
            </button>
            <button
              type="button"
              className="btn main"
              aria-disabled={asking === "reject" && !note.trim()}
              onClick={() => {
                if (asking === "reject" && !note.trim()) return;
                if (asking === "reject")
                  reject.mutate({ ...at, body: { note: note.trim() } }, { onSuccess: () => toast(say.rejected) });
                else approve.mutate({ ...at, body: {} }, { onSuccess: () => toast(say.approved) });
                setAsking(null);
              }}
            >
              {asking === "reject" ? say.reject : say.approve}
            </button>
          </>
        }
      >
        {asking === "reject" ? (
          <div className="field w12">
            <label htmlFor={`note-${one.id}`}>{say.why}</label>
            <input
              id={`note-${one.id}`}
              className="input"
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </div>
        ) : (
          <>
            <p>{say.approveDetail}</p>
            <Change one={one} />
          </>
        )}
      </Dialog>
    </li>
  );
};
