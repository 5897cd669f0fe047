import { api, type FieldRule, type IbanImportRow, type IbanImportVerdict, ibanImportVerdicts } from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { call, queries, useCall, usePages, useSend } from "../../kit/call.ts";
import { csvFile } from "../../kit/csv.ts";
import { Dialog } from "../../kit/Dialog.tsx";
import { LockedButton, mayI, useOnceAllowed } from "../../kit/May.tsx";
import { Bones, Chip, Icon, Note, PageTitle, Sheet, type Tone } from "../../kit/pieces.tsx";
import { Refusal } from "../../kit/Refusal.tsx";
import { saveFile } from "../../kit/save.ts";
import { takeKept } from "../../kit/step-up.tsx";
import { say as toast } from "../../kit/toast.tsx";
import { useWords } from "../../kit/words.tsx";
import { environmentWord, useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { IbanCode } from "./IbanCode.tsx";
import { importState } from "./IbanImports.tsx";
import { IbanImportWordsProvider, useIbanImportWords } from "./import-words.tsx";
import { useProposing } from "./propose.tsx";

const tone: Record<IbanImportVerdict, Tone> = { accepted: "positive", unchanged: "neutral", refused: "critical" };

/** What a file would change, row by row; and the one button that does it, all together. */
export const IbanImportPage = () => (
  <IbanImportWordsProvider>
    <Content />
  </IbanImportWordsProvider>
);

const useWhy = () => {
  const say = useIbanImportWords();
  const { problems } = useWords();
  return (row: IbanImportRow): string =>
    row.problem === "iban-wrong"
      ? (problems.fields[row.facts["rule"] as FieldRule]?.(row.facts) ?? say.problems["iban-wrong"]())
      : row.problem
        ? say.problems[row.problem](row.facts)
        : "";
};

const Content = () => {
  const { screens, day } = useWords();
  const say = useIbanImportWords();
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const { importId } = useParams({ strict: false }) as { importId: string };
  const mine = useMine();
  const may = useOnceAllowed(mayI(mine.data?.memberships ?? [], "pagopa:ibans:write"));
  const at = { params: { institutionId, importId }, query: { environment } };
  const file = useCall(api.pagopa.ibanImports.read, at);
  const [kept] = useState(() => takeKept() as { partial: boolean } | null);
  const [partial, setPartial] = useState(kept?.partial ?? false);
  const [asking, setAsking] = useState(false);
  const apply = useSend(api.pagopa.ibanImports.apply);
  const proposing = useProposing(() => ({ partial }));
  const one = file.data;
  const count = one ? one.toAdd + one.toUpdate + one.toDelete : 0;
  const body = { partial };
  const send = () => {
    setAsking(false);
    if (apply.isPending) return;
    apply.mutate(
      { ...at, body },
      {
        onSuccess: () => {
          proposing.clear();
          toast(say.applied);
          void queries.invalidateQueries();
        },
        onError: (error) =>
          proposing.refuse(error, { endpoint: "pagopa.ibanImports.apply", params: { importId }, body }),
      },
    );
  };
  return (
    <>
      <PageTitle
        title={one?.name ?? say.title}
        documentTitle={`${one?.name ?? say.title}, ${screens.ibans.environments[environment]}`}
        acts={
          one ? (
            <Chip tone={{ applied: "positive", waiting: "progress", nothing: "neutral" }[importState(one)] as Tone}>
              {say.states[importState(one)]}
            </Chip>
          ) : null
        }
      >
        <p>
          <Link
            to="/enti/$institutionId/pagopa/$ambiente/iban/carica"
            params={{ institutionId, ambiente: environmentWord[environment] }}
          >
            {say.files}
          </Link>
          {one ? ` · ${say.uploadedBy(one.uploadedBy, day(one.uploadedAt))}` : ""}
          {one?.partner ? ` ${say.forPartner(one.partner)}` : ""}
        </p>
      </PageTitle>
      {file.isPending ? (
        <Sheet title={say.summary}>
          <Bones what={say.summary} />
        </Sheet>
      ) : null}
      {file.isError ? (
        <Sheet title={say.summary}>
          <Refusal error={file.error} retry={() => void file.refetch()} />
        </Sheet>
      ) : null}
      {one ? (
        <>
          <Sheet title={say.summary}>
            <div className="body stack">
              <dl className="facts">
                {(["toAdd", "toUpdate", "toDelete", "unchanged", "refused"] as const).map((name) => (
                  <div key={name}>
                    <dt>{say.counts[name]}</dt>
                    <dd>{one[name]}</dd>
                  </div>
                ))}
              </dl>
              <p className="xs quiet">
                {say.digest} <span className="code">{one.sha256}</span>
              </p>
              {one.applied ? (
                <Note tone="positive" icon="check" title={say.appliedBy(one.applied.by, day(one.applied.at))} />
              ) : null}
              {proposing.notes}
              {proposing.dialog}
              {!one.applied && count > 0 && one.refused > 0 ? (
                <label className="choice">
                  <input type="checkbox" checked={partial} onChange={(event) => setPartial(event.target.checked)} />
                  <span>
                    {say.partial(one.refused)}
                    <small>{say.partialWhy}</small>
                  </span>
                </label>
              ) : null}
            </div>
            {!one.applied && count > 0 ? (
              <footer className="row">
                {may ? (
                  <button
                    type="button"
                    className="btn main push"
                    aria-disabled={apply.isPending || (one.refused > 0 && !partial)}
                    onClick={() => (one.refused > 0 && !partial ? undefined : setAsking(true))}
                  >
                    {say.apply(count)}
                  </button>
                ) : (
                  <LockedButton permission="pagopa:ibans:write" label={say.apply(count)} className="btn plain push" />
                )}
              </footer>
            ) : null}
          </Sheet>
          <Rows at={at} first={one.refused > 0 && !one.applied ? "refused" : "accepted"} />
        </>
      ) : null}
      <Dialog
        title={say.applyTitle(count)}
        open={asking}
        onClose={() => setAsking(false)}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setAsking(false)}>
              {say.cancel}
            </button>
            <button type="button" className="btn main" onClick={send}>
              {say.apply(count)}
            </button>
          </>
        }
      >
        <p>{say.applyDetail}</p>
      </Dialog>
    </>
  );
};

type AtImport = { params: { institutionId: string; importId: string }; query: { environment: "test" | "production" } };

const Rows = ({ at, first }: { at: AtImport; first: IbanImportVerdict }) => {
  const { day } = useWords();
  const say = useIbanImportWords();
  const why = useWhy();
  const [verdict, setVerdict] = useState(first);
  const [saving, setSaving] = useState(false);
  const pages = usePages(api.pagopa.ibanImports.rows, { ...at, query: { ...at.query, verdict, limit: 50 } });
  const download = async () => {
    if (saving) return;
    setSaving(true);
    const lines: (string | number | null)[][] = [
      [say.row.line, say.columns.state, say.row.what, say.row.iban, say.row.description, say.row.why],
    ];
    let cursor: string | undefined;
    do {
      const page = await call(api.pagopa.ibanImports.rows, { ...at, query: { ...at.query, limit: 100, cursor } });
      for (const row of page.items)
        lines.push([
          row.file ? `${row.file} ${row.line}` : row.line,
          say.views[row.verdict],
          row.operation ? say.operations[row.operation] : "",
          row.iban,
          row.description,
          why(row),
        ]);
      cursor = page.next ?? undefined;
    } while (cursor);
    saveFile(csvFile(lines), "verdetti-iban.csv");
    setSaving(false);
  };
  return (
    <Sheet
      title={say.views[verdict]}
      beside={
        <button type="button" className="push s as-link" aria-disabled={saving} onClick={() => void download()}>
          <Icon name="download" small /> {say.download}
        </button>
      }
    >
      <fieldset className="body">
        <legend className="hidden">{say.viewsLabel}</legend>
        <div className="choices">
          {ibanImportVerdicts.map((one) => (
            <label className="choice" key={one}>
              <input type="radio" name="verdict" checked={verdict === one} onChange={() => setVerdict(one)} />
              <span>{say.views[one]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {pages.isPending ? <Bones what={say.views[verdict]} /> : null}
      {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isSuccess && pages.items.length === 0 ? (
        <div className="body">
          <p className="s muted">{say.noRows}</p>
        </div>
      ) : null}
      {pages.items.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that may scroll must be reachable with the keyboard
        <section className="table-box" aria-label={`${say.viewsLabel}: ${say.views[verdict]}`} tabIndex={0}>
          <table className="cards">
            <thead>
              <tr>
                <th scope="col">{say.row.line}</th>
                <th scope="col">{say.row.iban}</th>
                <th scope="col">{verdict === "refused" ? say.row.why : say.row.what}</th>
              </tr>
            </thead>
            <tbody>
              {pages.items.map((row) => (
                <tr key={row.number}>
                  <th scope="row">
                    {row.line}
                    {row.file ? <small>{row.file}</small> : null}
                  </th>
                  <td data-label={`${say.row.iban}:`}>
                    <IbanCode iban={row.iban} />
                    {row.description ? <small>{row.description}</small> : null}
                  </td>
                  <td>
                    {row.verdict === "refused" ? (
                      why(row)
                    ) : (
                      <>
                        {row.operation ? <Chip tone={tone[row.verdict]}>{say.operations[row.operation]}</Chip> : null}
                        {row.validFrom && row.operation === "add" ? (
                          <small>{say.from(day(row.validFrom))}</small>
                        ) : null}
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      {pages.hasNextPage ? (
        <div className="pager">
          <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
            {say.more}
          </button>
        </div>
      ) : null}
    </Sheet>
  );
};
