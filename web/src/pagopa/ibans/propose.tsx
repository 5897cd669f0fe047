import { api, isProblem } from "@area/api";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useSend } from "../../kit/call.ts";
import { Note } from "../../kit/pieces.tsx";
import { RefusalNote } from "../../kit/Refusal.tsx";
import { useStepUp } from "../../kit/step-up.tsx";
import { useWords } from "../../kit/words.tsx";
import { useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId } from "../../shell/institution.ts";

const asksWho = (error: unknown) => isProblem(error) && error.code === "step-up-needed";
export type Asked = { endpoint: string; params?: Record<string, string>; body?: unknown; version?: number };

/**
 * A write that may need a confirmation of who one is, or a second person: then the same input is offered to a colleague. What
 * `kept` answers waits in the tab meanwhile: nothing typed is lost.
 */
export const useProposing = (kept: () => unknown = () => null) => {
  const stepUp = useStepUp(kept);
  const { screens } = useWords();
  const say = screens.ibans;
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const [needed, setNeeded] = useState<Asked | null>(null);
  const [refused, setRefused] = useState<unknown>(null);
  const [reason, setReason] = useState("");
  const propose = useSend(api.proposals.propose);
  const problem = propose.error && !asksWho(propose.error) ? propose.error : refused;
  const send = () => {
    if (!needed) return;
    propose.mutate(
      {
        params: { institutionId },
        body: { ...needed, query: { environment }, ...(reason.trim() ? { reason: reason.trim() } : {}) },
      },
      { onError: stepUp.asks },
    );
  };
  return {
    /** Call with the error of the write and with what was asked. */
    refuse: (error: unknown, asked: Asked) => {
      if (stepUp.asks(error)) return;
      const second = isProblem(error) && error.code === "second-person-needed";
      propose.reset();
      setNeeded(second ? asked : null);
      setRefused(second ? null : error);
    },
    clear: () => {
      setNeeded(null);
      setRefused(null);
      propose.reset();
    },
    dialog: stepUp.dialog,
    notes: propose.isSuccess ? (
      <Note
        tone="progress"
        icon="check"
        role="status"
        title={say.proposed}
        act={
          <Link className="btn plain s" to="/enti/$institutionId/approvazioni" params={{ institutionId }}>
            {say.seeProposals}
          </Link>
        }
      />
    ) : (
      <>
        {needed ? (
          <Note tone="attention" icon="people" role="alert" title={say.proposeTitle}>
            <p>{say.proposeWhy}</p>
            <div className="field">
              <label htmlFor="reason">
                {say.form.reason} <span className="opt">{screens.kit.optional}</span>
              </label>
              <input
                id="reason"
                className="input"
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </div>
            <div className="row">
              <button type="button" className="btn" onClick={send} aria-disabled={propose.isPending}>
                {say.propose}
              </button>
            </div>
          </Note>
        ) : null}
        {problem ? <RefusalNote error={problem} /> : null}
      </>
    ),
  };
};
