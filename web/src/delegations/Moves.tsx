import { api, type Delegation } from "@area/api";
import { useId, useState } from "react";
import { queries, usePages, useSend } from "../kit/call.ts";
import { May } from "../kit/May.tsx";
import { Note, Sheet } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { fromDay } from "../people/dates.ts";
import { useInstitutionId, useMine } from "../shell/institution.ts";
import { Confirm } from "./Confirm.tsx";
import { Partners } from "./Offer.tsx";
import { useDelegationWords } from "./words.tsx";

/** From this partner to another: the plan that all three see, the way to begin one, the way back. */
export const Moves = ({ d }: { d: Delegation }) => {
  const { day } = useWords();
  const words = useDelegationWords();
  const say = words.moves;
  const institutionId = useInstitutionId();
  const problem = useProblemText();
  const act = { memberships: useMine().data?.memberships, permission: "institution:delegations:write" as const };
  const [doing, setDoing] = useState<"plan" | "back" | null>(null);
  const moves = usePages(api.delegations.moves.list, { params: { institutionId }, query: { limit: 50 } });
  const after = (text: string) => ({
    onSuccess: () => {
      toast(text);
      setDoing(null);
      void queries.invalidateQueries();
    },
  });
  const back = useSend(api.delegations.moves.back, after(say.backDone));
  const complete = useSend(api.delegations.moves.complete, after(say.closed));
  const delegator = d.side === "delegator";
  const one = moves.items.find((m) => m.from.delegationId === d.id || m.to.delegationId === d.id);
  const open = one && (one.state === "planned" || one.state === "cut-over");
  if (!open && !(delegator && d.state === "active")) return null;
  return (
    <Sheet title={say.sheet}>
      <div className="body stack">
        {open ? (
          <>
            <p>
              {one.state === "planned"
                ? say.planned(one.from.partner, one.to.partner, day(one.cutOverAt))
                : say.cutOver(one.from.partner, one.to.partner)}
            </p>
            <p className="s muted">
              {one.to.partner}: {words.states[one.to.state]}
              {one.wayBackUntil ? ` · ${say.wayBack(day(one.wayBackUntil))}` : ""}
            </p>
            {delegator ? (
              <div className="row">
                <May {...act} label={say.back} className="btn plain s">
                  <button type="button" className="btn plain s" onClick={() => setDoing("back")}>
                    {say.back}
                  </button>
                </May>
                {one.state === "cut-over" ? (
                  <May {...act} label={say.close} className="btn plain s">
                    <button
                      type="button"
                      className="btn plain s"
                      aria-disabled={complete.isPending}
                      onClick={() => complete.mutate({ params: { institutionId, moveId: one.id } })}
                    >
                      {say.close}
                    </button>
                  </May>
                ) : null}
              </div>
            ) : null}
            {complete.error ? (
              <Note tone="critical" icon="wrong" role="alert" title={problem(complete.error).title}>
                <p>{problem(complete.error).detail}</p>
              </Note>
            ) : null}
          </>
        ) : (
          <>
            <p>{say.detail}</p>
            <div className="row">
              <May {...act} label={say.start} className="btn plain s">
                <button type="button" className="btn plain s" onClick={() => setDoing("plan")}>
                  {say.start}
                </button>
              </May>
            </div>
          </>
        )}
      </div>
      {doing === "plan" ? <Plan d={d} onClose={() => setDoing(null)} /> : null}
      {doing === "back" && one ? (
        <Confirm
          title={say.backTitle(one.from.partner)}
          detail={say.backDetail}
          act={say.back}
          keep={words.detail.keep}
          reason
          error={back.error}
          busy={back.isPending}
          onClose={() => setDoing(null)}
          onAct={(reason) => back.mutate({ params: { institutionId, moveId: one.id }, body: { reason } })}
        />
      ) : null}
    </Sheet>
  );
};

const Plan = ({ d, onClose }: { d: Delegation; onClose: () => void }) => {
  const words = useDelegationWords();
  const say = words.moves;
  const institutionId = useInstitutionId();
  const id = useId();
  const [partner, setPartner] = useState<{ id: string; name: string } | null>(null);
  const [on, setOn] = useState("");
  const [missing, setMissing] = useState("");
  const plan = useSend(api.delegations.moves.plan, {
    onSuccess: (made) => {
      toast(say.sent(made.to.partner));
      onClose();
      void queries.invalidateQueries();
    },
  });
  return (
    <Confirm
      title={say.title(d.partner.name)}
      detail={say.detail}
      act={say.do}
      keep={words.detail.keep}
      error={plan.error}
      busy={plan.isPending}
      onClose={onClose}
      onAct={() => {
        const cutOverAt = fromDay(on);
        const lacks = !partner ? words.offer.choosePartner : !cutOverAt ? say.stays : "";
        setMissing(lacks);
        if (lacks || !partner || !cutOverAt) return;
        plan.mutate({
          params: { institutionId },
          body: { delegationId: d.id, partnerId: partner.id, cutOverAt },
        });
      }}
    >
      <Partners productId={d.productId} chosen={partner?.id ?? null} onChoose={setPartner} />
      <div className="field">
        <label htmlFor={`${id}-on`}>{say.date}</label>
        <input
          id={`${id}-on`}
          className="input"
          type="date"
          value={on}
          onChange={(event) => setOn(event.target.value)}
        />
      </div>
      {missing ? <Note tone="critical" icon="alert" role="alert" title={missing} /> : null}
    </Confirm>
  );
};
