import { api } from "@area/api";
import { call, useSend } from "../../kit/call.ts";
import { DropArea } from "../../kit/DropArea.tsx";
import { LockedButton, mayI, useOnceAllowed } from "../../kit/May.tsx";
import { Icon, Note, PageTitle, Sheet } from "../../kit/pieces.tsx";
import { useProblemText } from "../../kit/Refusal.tsx";
import { saveFile } from "../../kit/save.ts";
import { useWords } from "../../kit/words.tsx";
import { environmentWord, useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { IbanImportWordsProvider, useIbanImportWords } from "./import-words.tsx";

/** A partner's ZIP: checked for each institution it serves, to be applied under each delegation. */
export const PartnerIbans = () => (
  <IbanImportWordsProvider>
    <Content />
  </IbanImportWordsProvider>
);

const Content = () => {
  const { screens } = useWords();
  const words = useIbanImportWords();
  const say = words.partner;
  const problem = useProblemText();
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const mine = useMine();
  const may = useOnceAllowed(mayI(mine.data?.memberships ?? [], "pagopa:ibans:write"));
  const check = useSend(api.pagopa.ibanImports.checkForDelegators);
  const download = async () =>
    saveFile(
      await call(api.pagopa.ibans.exportForDelegators, { params: { institutionId }, query: { environment } }),
      `iban-${environmentWord[environment]}.csv`,
    );
  return (
    <>
      <PageTitle title={say.title} documentTitle={`${say.title}, ${screens.ibans.environments[environment]}`}>
        <p>{say.lead}</p>
      </PageTitle>
      {check.isError ? (
        <Note level={2} tone="critical" icon="wrong" role="alert" title={problem(check.error).title}>
          <p>{problem(check.error).detail}</p>
        </Note>
      ) : null}
      <Sheet
        title={words.columns.file}
        beside={
          <button type="button" className="push s as-link" onClick={() => void download()}>
            <Icon name="download" small /> {say.download}
          </button>
        }
      >
        <div className="body stack">
          {mine.isSuccess && !may ? (
            <div className="row">
              <LockedButton permission="pagopa:ibans:write" label={words.choose} />
            </div>
          ) : (
            <DropArea
              label={words.choose}
              drop={words.drop}
              choose={words.choose}
              help={say.help}
              accept=".zip,.json,application/zip,application/json"
              busy={check.isPending}
              onFile={(file) =>
                check.mutate({ params: { institutionId }, query: { environment }, body: {}, file, fileName: file.name })
              }
            >
              <p role="status">
                {check.isPending ? (
                  <>
                    {words.checking} <progress aria-label={words.checking} />
                  </>
                ) : null}
              </p>
            </DropArea>
          )}
        </div>
      </Sheet>
      {check.data ? (
        <Sheet title={say.columns.outcome}>
          <section className="table-box" aria-label={say.columns.outcome}>
            <table className="cards">
              <thead>
                <tr>
                  <th scope="col">{say.columns.institution}</th>
                  <th scope="col">{words.columns.file}</th>
                  <th scope="col">{say.columns.outcome}</th>
                </tr>
              </thead>
              <tbody>
                {check.data.files.map((one) => (
                  <tr key={one.taxCode}>
                    <th scope="row">
                      {one.institution?.name ?? <span className="code">{one.taxCode}</span>}
                      {one.institution ? <small className="code">{one.taxCode}</small> : null}
                    </th>
                    <td>{one.files.join(", ")}</td>
                    <td>
                      {one.import && one.institution ? (
                        <>
                          {say.outcome(
                            one.import.toAdd + one.import.toUpdate + one.import.toDelete,
                            one.import.refused,
                          )}{" "}
                          <a
                            href={`/enti/${one.institution.id}/pagopa/${environmentWord[environment]}/iban/carica/${one.import.id}?mandato=${one.delegationId ?? ""}`}
                          >
                            {say.open}
                          </a>
                        </>
                      ) : one.problem === "mandate-unknown" ? (
                        say.unknown
                      ) : (
                        say.notNow
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </Sheet>
      ) : null}
    </>
  );
};
