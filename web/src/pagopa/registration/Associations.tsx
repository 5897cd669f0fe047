import { type Association, api } from "@area/api";
import { useState } from "react";
import { queries, usePages, useSend } from "../../kit/call.ts";
import { Dialog } from "../../kit/Dialog.tsx";
import { May } from "../../kit/May.tsx";
import { Bones, Chip, Sheet, StateBox } from "../../kit/pieces.tsx";
import { Refusal, RefusalNote } from "../../kit/Refusal.tsx";
import { say as toast } from "../../kit/toast.tsx";
import { useWords } from "../../kit/words.tsx";
import { useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { useMandateId } from "../../shell/mandate.ts";
import { useStationWords } from "../words.tsx";

/** Through which stations the institution receives, its own or of who connects it; what it did not want, it refuses. */
export const Associations = () => {
  const words = useStationWords();
  const say = words.registration;
  const { screens } = useWords();
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const mine = useMine();
  const mandate = useMandateId();
  const pages = usePages(api.pagopa.associations.list, {
    params: { institutionId },
    query: { environment, limit: 50 },
  });
  const refuse = useSend(api.pagopa.associations.refuse);
  const [asking, setAsking] = useState<Association | null>(null);
  const [reason, setReason] = useState("");
  const close = () => {
    setAsking(null);
    refuse.reset();
  };
  return (
    <Sheet title={say.associations} count={pages.isSuccess && !pages.hasNextPage ? pages.items.length : undefined}>
      {pages.isPending ? <Bones what={say.associations} /> : null}
      {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isSuccess && pages.items.length === 0 ? (
        <StateBox icon="server" title={say.noAssociations}>
          <p>{say.noAssociationsWhy}</p>
        </StateBox>
      ) : null}
      <ul className="rows">
        {pages.items.map((a) => (
          <li key={a.id} className="may">
            <span>
              <span className="code">{a.station.code}</span> · {a.broker.name}
              {a.segregationCode ? <small className="quiet"> {say.code(a.segregationCode)}</small> : null}{" "}
              {a.moving ? <Chip tone="progress">{words.page.moving}</Chip> : null}
            </span>
            {a.broker.id === institutionId || mandate ? null : (
              <May
                memberships={mine.data?.memberships}
                permission="pagopa:registration:write"
                label={say.refuse}
                about={a.station.code}
                className="btn text s"
              >
                <button type="button" className="btn text s" onClick={() => setAsking(a)}>
                  {say.refuse}
                  <span className="hidden">: {a.station.code}</span>
                </button>
              </May>
            )}
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
      <Dialog
        title={asking ? say.refuseTitle(asking.broker.name) : ""}
        open={asking !== null}
        onClose={close}
        answers={
          <>
            <button type="button" className="btn plain" onClick={close}>
              {words.page.keep}
            </button>
            <button
              type="button"
              className="btn danger"
              aria-disabled={!reason.trim()}
              onClick={() => {
                if (asking && reason.trim())
                  refuse.mutate(
                    { params: { institutionId, associationId: asking.id }, query: { environment }, body: { reason } },
                    {
                      onSuccess: () => {
                        close();
                        toast(say.refused);
                        void queries.invalidateQueries();
                      },
                    },
                  );
              }}
            >
              {say.refuse}
            </button>
          </>
        }
      >
        <div className="stack">
          <p>{say.refuseWhy}</p>
          <div className="field w12">
            <label htmlFor="refusal-reason">{say.reason}</label>
            <input
              id="refusal-reason"
              className="input"
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
          {refuse.error ? <RefusalNote error={refuse.error} /> : null}
        </div>
      </Dialog>
    </Sheet>
  );
};
