import { api, type IbanEvidence } from "@area/api";
import { useId } from "react";
import { useSend } from "../../kit/call.ts";
import { Icon, Note } from "../../kit/pieces.tsx";
import { useProblemText } from "../../kit/Refusal.tsx";
import { useWords } from "../../kit/words.tsx";
import { useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId } from "../../shell/institution.ts";

/** The file that shows whose an account is: sent as soon as it is chosen, so that it survives a confirmation of who one is. */
export const EvidenceField = ({
  kept,
  onKept,
}: {
  kept: Pick<IbanEvidence, "id" | "name"> | null;
  onKept: (evidence: IbanEvidence) => void;
}) => {
  const { screens } = useWords();
  const say = screens.ibans.evidence;
  const problem = useProblemText();
  const field = useId();
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const add = useSend(api.pagopa.ibans.addEvidence, { onSuccess: onKept });
  return (
    <div className="field w12">
      <label htmlFor={field}>
        {say.label} {environment === "test" ? <span className="opt">{screens.kit.optional}</span> : null}
      </label>
      <input
        className="input"
        id={field}
        type="file"
        accept=".pdf,.p7m,application/pdf"
        aria-describedby={`${field}-h`}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file && !add.isPending)
            add.mutate({ params: { institutionId }, query: { environment }, body: {}, file, fileName: file.name });
        }}
      />
      <p className="hint" id={`${field}-h`} role="status">
        {add.isPending ? (
          say.sending
        ) : kept ? (
          <>
            <Icon name="check" small /> {say.kept(kept.name)}
          </>
        ) : (
          say.help
        )}
      </p>
      {add.isError ? (
        <Note tone="critical" icon="wrong" role="alert" title={problem(add.error).title}>
          <p>{problem(add.error).detail}</p>
        </Note>
      ) : null}
    </div>
  );
};
