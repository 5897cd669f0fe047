import { api, type IbanImport } from "@area/api";
import { Link, useNavigate } from "@tanstack/react-router";
import { queries, usePages, useSend } from "../../kit/call.ts";
import { DropArea } from "../../kit/DropArea.tsx";
import { LockedButton, mayI, useOnceAllowed } from "../../kit/May.tsx";
import { Bones, Chip, Note, PageTitle, Sheet } from "../../kit/pieces.tsx";
import { Refusal, useProblemText } from "../../kit/Refusal.tsx";
import { saveFile } from "../../kit/save.ts";
import { useWords } from "../../kit/words.tsx";
import { environmentWord, useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { IbanImportWordsProvider, useIbanImportWords } from "./import-words.tsx";

/** Many accounts with a file: let fall here, checked, and looked at before anything changes. */
export const IbanImports = () => (
  <IbanImportWordsProvider>
    <Content />
  </IbanImportWordsProvider>
);

export const importState = (one: IbanImport): "waiting" | "applied" | "nothing" =>
  one.applied ? "applied" : one.toAdd + one.toUpdate + one.toDelete > 0 ? "waiting" : "nothing";

const Content = () => {
  const { screens, day } = useWords();
  const say = useIbanImportWords();
  const problem = useProblemText();
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const navigate = useNavigate();
  const mine = useMine();
  const may = useOnceAllowed(mayI(mine.data?.memberships ?? [], "pagopa:ibans:write"));
  const at = { institutionId, ambiente: environmentWord[environment] };
  const files = usePages(api.pagopa.ibanImports.list, {
    params: { institutionId },
    query: { environment, limit: 20 },
  });
  const check = useSend(api.pagopa.ibanImports.check, {
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ["pages", api.pagopa.ibanImports.list.path] });
      void navigate({
        to: "/enti/$institutionId/pagopa/$ambiente/iban/carica/$importId",
        params: { ...at, importId: made.id },
      });
    },
  });
  const model = () =>
    saveFile(
      new Blob(
        [
          "descrizione,iban,dataattivazioneiban,operazione\r\nConto di tesoreria,IT60X0542811101000000123456,31/12/2099,CREATE\r\n",
        ],
        { type: "text/csv" },
      ),
      "modello-iban.csv",
    );
  return (
    <>
      <PageTitle title={say.title} documentTitle={`${say.title}, ${screens.ibans.environments[environment]}`}>
        <p>
          <Link to="/enti/$institutionId/pagopa/$ambiente/iban" params={at}>
            {say.back}
          </Link>{" "}
          · {say.lead}
        </p>
      </PageTitle>
      {check.isError ? (
        <Note level={2} tone="critical" icon="wrong" role="alert" title={problem(check.error).title}>
          <p>{problem(check.error).detail}</p>
        </Note>
      ) : null}
      <Sheet
        title={say.columns.file}
        beside={
          <button type="button" className="push s as-link" onClick={model}>
            {say.model}
          </button>
        }
      >
        <div className="body stack">
          {mine.isSuccess && !may ? (
            <div className="row">
              <LockedButton permission="pagopa:ibans:write" label={say.choose} />
            </div>
          ) : (
            <DropArea
              label={say.choose}
              drop={say.drop}
              choose={say.choose}
              help={say.help}
              accept=".csv,.json,.zip,text/csv,application/json,application/zip"
              busy={check.isPending}
              onFile={(file) =>
                check.mutate({
                  params: { institutionId },
                  query: { environment },
                  body: {},
                  file,
                  fileName: file.name,
                })
              }
            >
              <p role="status">
                {check.isPending ? (
                  <>
                    {say.checking} <progress aria-label={say.checking} />
                  </>
                ) : null}
              </p>
            </DropArea>
          )}
        </div>
      </Sheet>
      <Sheet title={say.files}>
        {files.isPending ? <Bones what={say.files} /> : null}
        {files.isError ? <Refusal error={files.error} retry={() => void files.refetch()} /> : null}
        {files.isSuccess && files.items.length === 0 ? (
          <div className="body">
            <p className="s muted">{say.none}</p>
          </div>
        ) : null}
        {files.items.length > 0 ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that may scroll must be reachable with the keyboard
          <section className="table-box" aria-label={say.files} tabIndex={0}>
            <table className="cards">
              <thead>
                <tr>
                  <th scope="col">{say.columns.file}</th>
                  <th scope="col">{say.columns.state}</th>
                  <th scope="col">{say.columns.rows}</th>
                  <th scope="col">{say.columns.uploaded}</th>
                </tr>
              </thead>
              <tbody>
                {files.items.map((one) => (
                  <tr key={one.id}>
                    <th scope="row">
                      <Link
                        to="/enti/$institutionId/pagopa/$ambiente/iban/carica/$importId"
                        params={{ ...at, importId: one.id }}
                      >
                        {one.name}
                      </Link>
                    </th>
                    <td>
                      <Chip
                        tone={
                          { applied: "positive", waiting: "progress", nothing: "neutral" }[
                            importState(one)
                          ] as "positive"
                        }
                      >
                        {say.states[importState(one)]}
                      </Chip>
                    </td>
                    <td data-label={`${say.columns.rows}:`}>{one.rows}</td>
                    <td data-label={`${say.columns.uploaded}:`}>
                      {say.uploadedBy(one.uploadedBy, day(one.uploadedAt))}
                      {one.partner ? <small>{say.forPartner(one.partner)}</small> : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ) : null}
        {files.hasNextPage ? (
          <div className="pager">
            <button type="button" className="btn plain s" onClick={() => void files.fetchNextPage()}>
              {screens.kit.more}
            </button>
          </div>
        ) : null}
      </Sheet>
    </>
  );
};
