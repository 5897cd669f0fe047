import { api, type CatalogueProduct, staffMay } from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { useId, useState } from "react";
import { keyOf, queries, useCall, useSend } from "../kit/call.ts";
import { Wrongness } from "../kit/Field.tsx";
import { Bones, Chip, Note, PageTitle, Sheet } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useKept } from "../reviews/useKept.ts";
import { StaffRefusal } from "../staff/StaffRefusal.tsx";
import { RehearsalView } from "./RehearsalView.tsx";
import { CatalogueWordsProvider, useCatalogueWords } from "./words.tsx";

/** A product: its configuration, tried before it is proposed; a colleague's proposal, tried before it is published. */
export const ProductEditor = () => (
  <CatalogueWordsProvider>
    <Content />
  </CatalogueWordsProvider>
);

const Content = () => {
  const say = useCatalogueWords();
  const { productId } = useParams({ from: "/staff/catalogo/$productId" });
  const product = useCall(api.catalogue.read, { params: { productId } });
  if (product.data) return <Editor key={product.data.version} one={product.data} />;
  return (
    <>
      <PageTitle title={say.title} />
      <Sheet title={say.configuration}>
        {product.isError ? (
          <StaffRefusal error={product.error} retry={() => void product.refetch()} />
        ) : (
          <Bones what={say.configuration} />
        )}
      </Sheet>
    </>
  );
};

const parsed = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
};

const Editor = ({ one }: { one: CatalogueProduct }) => {
  const { day } = useWords();
  const say = useCatalogueWords();
  const problem = useProblemText();
  const ids = useId();
  const at = { params: { productId: one.id } };
  const me = useCall(api.staff.me, {});
  const mayWrite = me.data ? staffMay(me.data.profiles, "staff:products:write") : false;
  const published = JSON.stringify(one.configuration, null, 2);
  const [text, setText, forgetText] = useKept(`catalogo ${one.id} ${one.version}`, published);
  const [reason, setReason, forgetReason] = useKept(`catalogo perché ${one.id} ${one.version}`, "");
  const [notJson, setNotJson] = useState(false);
  const [noReason, setNoReason] = useState(false);
  const keep = (now: CatalogueProduct, what: string) => {
    queries.setQueryData(keyOf(api.catalogue.read, at), now);
    void queries.invalidateQueries({ queryKey: keyOf(api.catalogue.list, {}) });
    toast(what);
  };
  const rehearse = useSend(api.catalogue.rehearse);
  const propose = useSend(api.catalogue.propose, {
    onSuccess: (now) => {
      forgetText();
      forgetReason();
      rehearse.reset();
      keep(now, say.proposedDone);
    },
  });
  const publish = useSend(api.catalogue.publish, { onSuccess: (now) => keep(now, say.publishedDone) });
  const decline = useSend(api.catalogue.decline, { onSuccess: (now) => keep(now, say.declinedDone) });
  const proposal = one.proposal;
  const tried = useCall(
    api.catalogue.rehearse,
    { ...at, body: { configuration: proposal?.configuration ?? {} } },
    { enabled: proposal !== null },
  );
  const busy = [rehearse, propose, publish, decline].some((m) => m.isPending);
  const failed = [rehearse, propose, publish, decline].find((m) => m.isError)?.error;
  const withText = (go: (configuration: Record<string, unknown>) => void) => {
    const configuration = parsed(text);
    setNotJson(configuration === null);
    if (configuration && !busy) go(configuration);
  };
  return (
    <>
      <PageTitle
        title={one.title}
        acts={
          <Link className="btn text" to="/staff/catalogo">
            {say.all}
          </Link>
        }
      >
        <p>
          <span className="code">{one.id}</span> · {say.version(one.version)}
        </p>
      </PageTitle>
      {failed ? (
        <Note level={2} tone="critical" icon="wrong" role="alert" title={problem(failed).title}>
          <p>{problem(failed).detail}</p>
        </Note>
      ) : null}
      {proposal ? (
        <>
          <Sheet title={say.proposal(proposal.proposedBy.name)}>
            <div className="body stack">
              <p className="as-written">{proposal.reason}</p>
              {mayWrite ? (
                <div className="row">
                  {proposal.proposedBy.me ? (
                    <p className="s muted">{say.mine}</p>
                  ) : (
                    <button
                      type="button"
                      className="btn main"
                      aria-disabled={busy}
                      onClick={() => busy || publish.mutate({ ...at, body: { proposalId: proposal.id } })}
                    >
                      {say.publish}
                    </button>
                  )}
                  <button
                    type="button"
                    className="btn plain"
                    aria-disabled={busy}
                    onClick={() => busy || decline.mutate({ ...at, body: {} })}
                  >
                    {proposal.proposedBy.me ? say.withdraw : say.decline}
                  </button>
                </div>
              ) : null}
            </div>
          </Sheet>
          {tried.data ? <RehearsalView one={tried.data} /> : null}
        </>
      ) : (
        <>
          <Sheet title={say.configuration}>
            <div className="body stack">
              <div className="field w12">
                <label className="hidden" htmlFor={`${ids}-c`}>
                  {say.configuration}
                </label>
                <textarea
                  className="input code json"
                  id={`${ids}-c`}
                  rows={24}
                  spellCheck={false}
                  readOnly={!mayWrite}
                  value={text}
                  aria-invalid={notJson ? true : undefined}
                  aria-describedby={`${ids}-h`}
                  onChange={(event) => {
                    setText(event.target.value);
                    setNotJson(false);
                    rehearse.reset();
                  }}
                />
                {notJson ? (
                  <Wrongness id={`${ids}-h`} message={say.notJson} />
                ) : (
                  <p className="hint" id={`${ids}-h`}>
                    {say.configurationHelp}
                  </p>
                )}
              </div>
              {mayWrite ? (
                <div className="row">
                  <button
                    type="button"
                    className={`btn ${rehearse.data?.valid ? "plain" : "main"}`}
                    aria-disabled={busy}
                    onClick={() => withText((configuration) => rehearse.mutate({ ...at, body: { configuration } }))}
                  >
                    {rehearse.isPending ? say.rehearsing : say.rehearse}
                  </button>
                </div>
              ) : null}
            </div>
          </Sheet>
          {rehearse.data ? <RehearsalView one={rehearse.data} /> : null}
          {rehearse.data?.valid && rehearse.data.changes.length > 0 ? (
            <Sheet title={say.propose}>
              <div className="body">
                <div className="field w12">
                  <label htmlFor={`${ids}-r`}>{say.reason}</label>
                  <textarea
                    className="input"
                    id={`${ids}-r`}
                    rows={3}
                    maxLength={500}
                    value={reason}
                    aria-invalid={noReason && !reason.trim() ? true : undefined}
                    aria-describedby={`${ids}-rh`}
                    onChange={(event) => setReason(event.target.value)}
                  />
                  {noReason && !reason.trim() ? (
                    <Wrongness id={`${ids}-rh`} message={say.reasonEmpty} />
                  ) : (
                    <p className="hint" id={`${ids}-rh`}>
                      {say.reasonHelp}
                    </p>
                  )}
                </div>
                <div className="acts">
                  <button
                    type="button"
                    className="btn main"
                    aria-disabled={busy}
                    onClick={() => {
                      setNoReason(!reason.trim());
                      if (reason.trim())
                        withText((configuration) =>
                          propose.mutate({
                            ...at,
                            body: { configuration, baseVersion: one.version, reason: reason.trim() },
                          }),
                        );
                    }}
                  >
                    {say.propose}
                  </button>
                </div>
              </div>
            </Sheet>
          ) : null}
        </>
      )}
      {one.past.length > 0 ? (
        <Sheet title={say.past} count={one.past.length}>
          <ul className="rows people">
            {one.past.map((p) => (
              <li key={p.id}>
                <div>
                  <h3>{p.reason}</h3>
                  <p className="s muted">
                    {say.by(p.proposedBy.name, day(p.proposedAt))}
                    {p.note ? ` · ${p.note}` : ""}
                  </p>
                </div>
                <Chip tone={p.state === "published" ? "positive" : "neutral"}>{say.states[p.state]}</Chip>
              </li>
            ))}
          </ul>
        </Sheet>
      ) : null}
      <Sheet title={say.versions} count={one.versions.length}>
        <div className="body">
          <dl className="facts">
            {one.versions.map((v) => (
              <div key={v.version}>
                <dt>{say.version(v.version)}</dt>
                <dd>{say.publishedOn(day(v.publishedAt))}</dd>
              </div>
            ))}
          </dl>
        </div>
      </Sheet>
    </>
  );
};
