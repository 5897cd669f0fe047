import { api } from "@area/api";
import { queries, useCall, useSend } from "../../kit/call.ts";
import { May } from "../../kit/May.tsx";
import { Chip, Sheet } from "../../kit/pieces.tsx";
import { say as toast } from "../../kit/toast.tsx";
import { useWords } from "../../kit/words.tsx";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { useProposing } from "./propose.tsx";

/** The institution's own rule: one person, or two, to change where the money goes. */
export const TwoPeople = () => {
  const { screens } = useWords();
  const say = screens.ibans.rules;
  const institutionId = useInstitutionId();
  const at = { params: { institutionId }, query: { environment: "production" as const } };
  const rules = useCall(api.pagopa.ibans.rules, at);
  const change = useSend(api.pagopa.ibans.changeRules);
  const proposing = useProposing();
  const mine = useMine();
  if (!rules.data) return null;
  const { secondPerson, version } = rules.data;
  const label = secondPerson ? say.turnOff : say.turnOn;
  const set = () => {
    const body = { secondPerson: !secondPerson };
    change.mutate(
      { ...at, body, version },
      {
        onSuccess: (done) => {
          proposing.clear();
          if (done.secondPerson) toast(say.turnedOn);
          void queries.invalidateQueries();
        },
        onError: (error) => proposing.refuse(error, { endpoint: "pagopa.ibans.changeRules", body, version }),
      },
    );
  };
  return (
    <Sheet
      title={say.title}
      beside={
        <Chip tone={secondPerson ? "positive" : "neutral"}>
          {secondPerson ? screens.overview.productStates.active : screens.overview.productStates.suspended}
        </Chip>
      }
    >
      <div className="body stack">
        <p>{secondPerson ? say.on : say.off}</p>
        {proposing.notes}
        {proposing.dialog}
        <div className="row">
          <May memberships={mine.data?.memberships} permission="pagopa:ibans:write" label={label}>
            <button type="button" className="btn plain" onClick={set} aria-disabled={change.isPending}>
              {label}
            </button>
          </May>
        </div>
      </div>
    </Sheet>
  );
};
