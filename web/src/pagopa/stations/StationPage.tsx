import { api, type Station } from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { queries, useCall, usePages, useSend } from "../../kit/call.ts";
import { Dialog } from "../../kit/Dialog.tsx";
import { LockedButton, May, mayI } from "../../kit/May.tsx";
import { Bones, Chip, Note, PageTitle, Sheet } from "../../kit/pieces.tsx";
import { Refusal, RefusalNote } from "../../kit/Refusal.tsx";
import { say as toast } from "../../kit/toast.tsx";
import { useWords } from "../../kit/words.tsx";
import { environmentWord, useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { useMandateId } from "../../shell/mandate.ts";
import { StationWordsProvider, useStationWords } from "../words.tsx";
import { Differences, useValue } from "./Difference.tsx";
import { Institutions } from "./Institutions.tsx";
import { Promote } from "./Promote.tsx";
import { Rules } from "./Rules.tsx";
import { stationTone } from "./Stations.tsx";
import { Tests } from "./Tests.tsx";

export const StationPage = () => (
  <StationWordsProvider>
    <Content />
  </StationWordsProvider>
);

const Content = () => {
  const words = useStationWords();
  const { day } = useWords();
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const { stationCode } = useParams({ strict: false }) as { stationCode: string };
  const mine = useMine();
  const mandate = useMandateId();
  const at = { institutionId, ambiente: environmentWord[environment], stationCode };
  const one = useCall(api.pagopa.stations.read, { params: { institutionId, stationCode }, query: { environment } });
  const s = one.data;
  const write = { memberships: mine.data?.memberships, permission: "pagopa:stations:write" } as const;
  return (
    <>
      <PageTitle
        title={stationCode}
        documentTitle={`${words.list.title} ${stationCode}, ${words.environments[environment]}`}
        acts={
          s ? (
            <>
              <Chip tone={stationTone[s.state]}>{words.list.states[s.state]}</Chip>
              <May {...write} label={words.page.duplicate} className="btn plain">
                <Link
                  className="btn plain"
                  to="/enti/$institutionId/pagopa/$ambiente/stazioni/nuova"
                  params={at}
                  search={{ da: stationCode }}
                >
                  {words.page.duplicate}
                </Link>
              </May>
              {s.state === "retired" ? null : (
                <May {...write} label={words.page.change} className="btn plain">
                  <Link
                    className="btn plain"
                    to="/enti/$institutionId/pagopa/$ambiente/stazioni/$stationCode/modifica"
                    params={at}
                  >
                    {words.page.change}
                  </Link>
                </May>
              )}
            </>
          ) : null
        }
      >
        <p>
          <Link to="/enti/$institutionId/pagopa/$ambiente/stazioni" params={at}>
            {words.page.all}
          </Link>
          {s?.description ? ` · ${s.description}` : ""}
          {s ? ` · ${words.list.by(s.changed.by, day(s.changed.at))}` : ""}
        </p>
      </PageTitle>
      {one.isPending ? (
        <Sheet title={words.page.configuration}>
          <Bones what={words.page.configuration} />
        </Sheet>
      ) : null}
      {one.isError ? (
        <Sheet title={words.page.configuration}>
          <Refusal error={one.error} retry={() => void one.refetch()} />
        </Sheet>
      ) : null}
      {s ? (
        <>
          <Change station={s} />
          <Configuration station={s} />
          {s.state === "retired" ? null : <Tests station={s} />}
          {s.state === "active" ? <Institutions station={s} /> : null}
          {environment === "test" && s.state === "active" && !mandate ? <Promote station={s} /> : null}
          <History station={s} />
          {s.state === "retired" ? null : <Retire station={s} />}
        </>
      ) : null}
    </>
  );
};

const Configuration = ({ station: s }: { station: Station }) => {
  const words = useStationWords();
  const value = useValue();
  const { day } = useWords();
  const shown = (["noticeUrl", "receiptUrl", "redirectUrl", "restUrl"] as const).filter((f) => s.settings[f]);
  return (
    <Sheet title={words.page.configuration}>
      <div className="body">
        <dl className="facts">
          <div>
            <dt>{words.page.broker}</dt>
            <dd>
              {s.broker.name} <span className="code">{s.broker.taxCode}</span>
            </dd>
          </div>
          <div>
            <dt>{words.fields["connection"]}</dt>
            <dd>
              {value(s.settings.connection)}
              <small className="quiet"> {words.page.kinds[s.connectionKind]}</small>
            </dd>
          </div>
          {shown.map((field) => (
            <div key={field}>
              <dt>{words.fields[field]}</dt>
              <dd className="code">{s.settings[field]}</dd>
            </div>
          ))}
          {s.settings.restUrl ? (
            <div>
              <dt>{words.fields["paymentOptions"]}</dt>
              <dd>{value(s.settings.paymentOptions)}</dd>
            </div>
          ) : null}
          <div>
            <dt>{words.fields["primitiveVersion"]}</dt>
            <dd>{s.settings.primitiveVersion}</dd>
          </div>
          {s.activatedAt ? (
            <div>
              <dt>{words.fields["state"]}</dt>
              <dd>{words.page.since(day(s.activatedAt))}</dd>
            </div>
          ) : null}
          {s.promotedFrom ? (
            <div>
              <dt>{words.environments.test}</dt>
              <dd>{words.page.promotedFrom(s.promotedFrom)}</dd>
            </div>
          ) : null}
        </dl>
        <details>
          <summary>{words.page.operator}</summary>
          <dl className="facts">
            {Object.entries(s.operator).map(([field, v]) => (
              <div key={field}>
                <dt>{words.fields[field] ?? field}</dt>
                <dd>{value(v)}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </Sheet>
  );
};

/** What waits beside what is live: its difference, what the rules found, the clock, what was said. */
const Change = ({ station: s }: { station: Station }) => {
  const words = useStationWords();
  const say = words.page;
  const { day } = useWords();
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const mine = useMine();
  const [text, setText] = useState("");
  const withdraw = useSend(api.pagopa.stations.withdrawChange);
  const write = useSend(api.pagopa.stations.write);
  const c = s.change;
  if (!c) return null;
  const open = c.state === "waiting" || c.state === "changes-requested";
  const at = { params: { institutionId, stationCode: s.code }, query: { environment } };
  const may = mayI(mine.data?.memberships ?? [], "pagopa:stations:write");
  if (!open)
    return c.state === "approved" || c.state === "refused" ? (
      <Note
        tone={c.state === "approved" ? "positive" : "attention"}
        icon={c.state === "approved" ? "right2" : "alert"}
        level={2}
        title={`${say.changeStates[c.state]}${c.decided ? `, ${day(c.decided.at)}` : ""}`}
      >
        <p>{c.decided?.byRules ? say.decidedByRules : (c.decided?.note ?? say.decidedByStaff)}</p>
      </Note>
    ) : null;
  return (
    <Sheet
      title={s.state === "pending" ? say.waitingNew : say.waiting}
      beside={<Chip tone={c.state === "waiting" ? "progress" : "attention"}>{say.changeStates[c.state]}</Chip>}
    >
      <div className="body stack">
        {s.state === "active" ? <p>{say.stays}</p> : null}
        {c.dueAt ? <p>{say.due(day(c.dueAt))}</p> : null}
        {c.decided?.note ? <Note tone="attention" icon="alert" title={c.decided.note} /> : null}
        {c.kind === "update" && c.difference.length > 0 ? (
          <>
            <h3>{say.difference}</h3>
            <Differences items={c.difference} />
          </>
        ) : null}
        <h3>{say.rules}</h3>
        <p className="hint">{say.rulesIntro}</p>
      </div>
      <Rules rules={c.rules} />
      <div className="body stack">
        <h3>{say.messages}</h3>
        {c.messages.map((m) => (
          <p key={m.id}>
            <b>{m.from === "staff" ? say.fromStaff : (m.name ?? "")}</b>, {day(m.at)}: {m.text}
          </p>
        ))}
        {withdraw.error ? <RefusalNote error={withdraw.error} /> : null}
        {write.error ? <RefusalNote error={write.error} /> : null}
        {may ? (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (text.trim())
                write.mutate(
                  { ...at, body: { text } },
                  {
                    onSuccess: () => {
                      setText("");
                      toast(say.sentMessage);
                      void queries.invalidateQueries();
                    },
                  },
                );
            }}
          >
            <div className="field w12">
              <label htmlFor="message">{say.write}</label>
              <textarea
                id="message"
                className="input"
                rows={2}
                maxLength={2000}
                value={text}
                onChange={(e) => setText(e.target.value)}
              />
            </div>
            <div className="row">
              <button type="submit" className="btn plain s">
                {say.send}
              </button>
              <button
                type="button"
                className="btn text s push"
                onClick={() =>
                  withdraw.mutate(at, {
                    onSuccess: () => {
                      toast(say.withdrawn);
                      void queries.invalidateQueries();
                    },
                  })
                }
              >
                {say.withdraw}
              </button>
            </div>
          </form>
        ) : (
          <div className="row">
            <LockedButton permission="pagopa:stations:write" label={say.withdraw} />
          </div>
        )}
      </div>
    </Sheet>
  );
};

const History = ({ station: s }: { station: Station }) => {
  const words = useStationWords();
  const say = words.page;
  const { screens, day, time } = useWords();
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const pages = usePages(api.pagopa.stations.history, {
    params: { institutionId, stationCode: s.code },
    query: { environment, limit: 10 },
  });
  return (
    <Sheet title={say.history}>
      {pages.isPending ? <Bones what={say.history} /> : null}
      {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      <ol className="rows">
        {pages.items.map((v) => (
          <li key={v.version}>
            <p className="s">
              {day(v.at)}, {time(v.at)} · {v.by ?? say.bySystem}
            </p>
            {v.version === 1 ? null : v.difference.length > 0 ? (
              <Differences items={v.difference} />
            ) : (
              <p className="s quiet">{say.historyNone}</p>
            )}
          </li>
        ))}
      </ol>
      {pages.hasNextPage ? (
        <div className="pager">
          <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
            {screens.kit.more}
          </button>
        </div>
      ) : null}
    </Sheet>
  );
};

const Retire = ({ station: s }: { station: Station }) => {
  const words = useStationWords();
  const say = words.page;
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const mine = useMine();
  const [asking, setAsking] = useState(false);
  const retire = useSend(api.pagopa.stations.retire);
  return (
    <Sheet title={say.retire}>
      <div className="body stack">
        <p>{s.institutions > 0 ? say.retireNot(s.institutions) : say.retireWhy}</p>
        {s.institutions === 0 ? (
          <div className="row">
            <May memberships={mine.data?.memberships} permission="pagopa:stations:write" label={say.retire}>
              <button type="button" className="btn plain" onClick={() => setAsking(true)}>
                {say.retire}
              </button>
            </May>
          </div>
        ) : null}
      </div>
      <Dialog
        title={say.retireTitle(s.code)}
        open={asking}
        onClose={() => setAsking(false)}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setAsking(false)}>
              {say.keep}
            </button>
            <button
              type="button"
              className="btn danger"
              onClick={() =>
                retire.mutate(
                  { params: { institutionId, stationCode: s.code }, query: { environment } },
                  {
                    onSuccess: () => {
                      setAsking(false);
                      toast(say.retired);
                      void queries.invalidateQueries();
                    },
                  },
                )
              }
            >
              {say.retire}
            </button>
          </>
        }
      >
        <p>{say.retireWhy}</p>
        {retire.error ? <RefusalNote error={retire.error} /> : null}
      </Dialog>
    </Sheet>
  );
};
