import { type AggregateFile, api, Manager } from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { useId, useState } from "react";
import { call, queries, useCall, usePages, useSend } from "../kit/call.ts";
import { Field } from "../kit/Field.tsx";
import { useEndpointForm } from "../kit/form.ts";
import { LockedButton, May, mayI } from "../kit/May.tsx";
import { Bones, Chip, Icon, Note, PageTitle, Sheet } from "../kit/pieces.tsx";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useMine } from "../shell/institution.ts";

const ROUTE = "/enti/$institutionId/prodotti/$productId/aggregati";
const ASK = "institution:onboardings:write" as const;
/** Seen again while rows are applied. */
const LOOK_AGAIN_MS = 2000;

/** Joining for others with a file: what each row is worth, one signature, and how far it got. */
export const Aggregates = () => {
  const { screens } = useWords();
  const say = screens.adhesion.aggregates;
  const problem = useProblemText();
  const field = useId();
  const { institutionId, productId } = useParams({ from: ROUTE });
  const at = { institutionId, productId };
  const mine = useMine();
  const mayAsk = mayI(mine.data?.memberships ?? [], ASK);
  const institution = useCall(api.institutions.read, { params: { institutionId } });
  const title = institution.data?.products.find((p) => p.productId === productId)?.title ?? productId;
  const files = usePages(api.aggregates.list, { params: at, query: { limit: 20 } });
  const [chosen, setChosen] = useState<File | null>(null);
  const check = useSend(api.aggregates.check, {
    onSuccess: () => {
      setChosen(null);
      void queries.invalidateQueries({ queryKey: ["pages", api.aggregates.list.path] });
    },
  });
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.lead(title)}</p>
      </PageTitle>
      {check.isError ? (
        <Note level={2} tone="critical" icon="wrong" role="alert" title={problem(check.error).title}>
          <p>{problem(check.error).detail}</p>
        </Note>
      ) : null}
      {mayAsk ? (
        <Sheet title={say.upload}>
          <div className="body">
            <form
              onSubmit={(event) => {
                event.preventDefault();
                if (chosen && !check.isPending)
                  check.mutate({ params: at, body: {}, file: chosen, fileName: chosen.name });
              }}
            >
              <div className="field">
                <label htmlFor={field}>{say.file}</label>
                <input
                  className="input"
                  id={field}
                  type="file"
                  accept=".csv,text/csv"
                  aria-describedby={`${field}-h`}
                  onChange={(event) => setChosen(event.target.files?.[0] ?? null)}
                />
                <p className="hint" id={`${field}-h`}>
                  {say.help}
                </p>
              </div>
              <div className="acts">
                <button type="submit" className="btn main" aria-disabled={!chosen || check.isPending}>
                  {check.isPending ? say.checking : say.check}
                </button>
              </div>
            </form>
          </div>
        </Sheet>
      ) : null}
      {mine.data && !mayAsk ? (
        <Sheet title={say.upload}>
          <div className="body stack">
            <p className="s muted">{say.help}</p>
            <div className="row">
              <LockedButton permission={ASK} label={say.check} />
            </div>
          </div>
        </Sheet>
      ) : null}
      {files.isPending ? (
        <Sheet title={say.files}>
          <Bones what={say.files} />
        </Sheet>
      ) : null}
      {files.isError ? (
        <Sheet title={say.files}>
          <Refusal error={files.error} retry={() => void files.refetch()} />
        </Sheet>
      ) : null}
      {files.isSuccess && files.items.length === 0 ? (
        <Sheet title={say.files}>
          <div className="body">
            <p className="s muted">{say.empty}</p>
          </div>
        </Sheet>
      ) : null}
      {files.items.map((one) => (
        <OneFile key={one.id} listed={one} />
      ))}
      {files.hasNextPage ? (
        <div className="pager">
          <button type="button" className="btn plain s" onClick={() => void files.fetchNextPage()}>
            {screens.kit.more}
          </button>
        </div>
      ) : null}
    </>
  );
};

const OneFile = ({ listed }: { listed: AggregateFile }) => {
  const { screens, day, time } = useWords();
  const say = screens.adhesion.aggregates;
  const { institutionId, productId } = useParams({ from: ROUTE });
  const at = { institutionId, productId, fileId: listed.id };
  const memberships = useMine().data?.memberships;
  const moving = listed.onboardingId !== null && listed.appliedAt === null;
  const now = useCall(
    api.aggregates.read,
    { params: at },
    { enabled: moving, refetchInterval: moving ? LOOK_AGAIN_MS : false },
  );
  const one = now.data ?? listed;
  const [asking, setAsking] = useState(false);
  const state = one.appliedAt
    ? say.applied(one.joined, one.skipped)
    : one.onboardingState === "completed"
      ? say.applying(one.joined, one.accepted)
      : one.onboardingId
        ? say.waiting
        : null;
  return (
    <Sheet title={one.name} beside={state ? <Chip tone={one.appliedAt ? "positive" : "progress"}>{state}</Chip> : null}>
      <div className="body stack">
        <p>
          {say.counts(one.accepted, one.refused)} · {day(one.uploadedAt)} {time(one.uploadedAt)}
        </p>
        {one.refused > 0 ? <Refused at={at} /> : null}
        {one.onboardingId ? (
          <p>
            <Link to="/adesione/inviata/$onboardingId" params={{ onboardingId: one.onboardingId }}>
              {say.sent}
            </Link>
          </p>
        ) : one.accepted > 0 ? (
          asking ? (
            <Ask at={at} count={one.accepted} />
          ) : (
            <div className="row">
              <May memberships={memberships} permission={ASK} label={say.ask(say.institutions(one.accepted))}>
                <button type="button" className="btn plain" onClick={() => setAsking(true)}>
                  {say.ask(say.institutions(one.accepted))}
                </button>
              </May>
            </div>
          )
        ) : null}
        <p className="xs quiet">
          SHA-256 <span className="code">{one.sha256}</span>
        </p>
      </div>
    </Sheet>
  );
};

type AtFile = { institutionId: string; productId: string; fileId: string };

/** The rows to mend, a page at a time, and all of them as a file. */
const Refused = ({ at }: { at: AtFile }) => {
  const { screens } = useWords();
  const say = screens.adhesion.aggregates;
  const pages = usePages(api.aggregates.rows, { params: at, query: { state: "refused", limit: 20 } });
  const [saving, setSaving] = useState(false);
  const why = (row: (typeof pages.items)[number]) => (row.problem ? say.problems[row.problem](row.facts) : "");
  const download = async () => {
    setSaving(true);
    const lines: string[] = ["line;taxCode;problem"];
    let cursor: string | undefined;
    do {
      const page = await call(api.aggregates.rows, { params: at, query: { state: "refused", limit: 100, cursor } });
      lines.push(...page.items.map((row) => `${row.line};${row.taxCode};"${why(row).replaceAll('"', '""')}"`));
      cursor = page.next ?? undefined;
    } while (cursor);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`\ufeff${lines.join("\r\n")}`], { type: "text/csv" }));
    link.download = "righe-da-correggere.csv";
    link.click();
    URL.revokeObjectURL(link.href);
    setSaving(false);
  };
  return (
    <details>
      <summary>{say.refused}</summary>
      <div className="table-box">
        <table className="cards">
          <thead>
            <tr>
              <th scope="col">{say.line}</th>
              <th scope="col">{say.code}</th>
              <th scope="col">{say.why}</th>
            </tr>
          </thead>
          <tbody>
            {pages.items.map((row) => (
              <tr key={row.line}>
                <th scope="row">{row.line}</th>
                <td data-label={say.code}>
                  <span className="code">{row.taxCode || "—"}</span>
                </td>
                <td>{why(row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="row">
        {pages.hasNextPage ? (
          <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
            {say.more}
          </button>
        ) : null}
        <button type="button" className="btn text s" aria-disabled={saving} onClick={() => saving || void download()}>
          <Icon name="download" small /> {say.download}
        </button>
      </p>
    </details>
  );
};

type Typed = { givenName: string; familyName: string; fiscalCode: string; email: string };
/** Who signs for all of them. */
const Ask = ({ at, count }: { at: AtFile; count: number }) => {
  const { screens } = useWords();
  const say = screens.adhesion.aggregates;
  const person = screens.onboarding.person;
  const problem = useProblemText();
  const { form, sent, showWrong } = useEndpointForm<Typed>(Manager, {
    givenName: "",
    familyName: "",
    fiscalCode: "",
    email: "",
  });
  const request = useSend(api.aggregates.request, {
    onSuccess: () => {
      toast(say.asked);
      void queries.invalidateQueries();
    },
  });
  const submit = form.handleSubmit((values) => {
    if (request.isPending) return;
    request.mutate({ params: at, body: { manager: sent(values) } }, { onError: showWrong });
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <h3>{say.signer}</h3>
      <p className="s muted">{say.signerHelp}</p>
      {request.isError && Object.keys(form.formState.errors).length === 0 ? (
        <Note tone="critical" icon="wrong" role="alert" title={problem(request.error).title}>
          <p>{problem(request.error).detail}</p>
        </Note>
      ) : null}
      <div className="fields">
        <Field form={form} name="givenName" label={person.givenName} maxLength={80} />
        <Field form={form} name="familyName" label={person.familyName} maxLength={80} />
        <Field
          form={form}
          name="fiscalCode"
          label={person.fiscalCode}
          help={person.fiscalCodeHelp}
          code
          autoCapitalize="characters"
          maxLength={40}
        />
        <Field form={form} name="email" label={person.email} type="email" maxLength={320} />
      </div>
      <div className="acts">
        <button type="submit" className="btn main" aria-disabled={request.isPending}>
          {say.ask(say.institutions(count))}
        </button>
      </div>
    </form>
  );
};
