import { type AccessRequest, api } from "@area/api";
import { useId, useState } from "react";
import { queries, usePages, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Bones, Chip, PageTitle, Sheet, StateBox, type Tone } from "../kit/pieces.tsx";
import { Refusal, RefusalNote } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId } from "../shell/institution.ts";
import { dayOf, today, untilDay } from "./dates.ts";
import { useWhere } from "./Held.tsx";
import { PeopleWordsProvider, usePeopleWords } from "./words.tsx";

/** Who asks for an access: answered with one click, until a day if one likes. */
export const Requests = () => (
  <PeopleWordsProvider>
    <Content />
  </PeopleWordsProvider>
);

const Content = () => {
  const { screens } = useWords();
  const say = usePeopleWords().requests;
  const institutionId = useInstitutionId();
  const [all, setAll] = useState(false);
  const pages = usePages(api.people.requests.list, {
    params: { institutionId },
    query: { limit: 20, ...(all ? {} : { state: "pending" as const }) },
  });
  const shown = all ? pages.items.filter((r) => r.state !== "pending") : pages.items;
  const title = all ? say.answered : say.list;
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet
        title={title}
        beside={
          pages.isError ? null : (
            <button type="button" className="push s as-link" onClick={() => setAll(!all)}>
              {all ? say.showPending : say.showAnswered}
            </button>
          )
        }
      >
        {pages.isPending ? <Bones what={title} /> : null}
        {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && shown.length === 0 ? (
          <StateBox icon="people" title={all ? say.noneAnswered : say.emptyTitle}>
            {all ? null : <p>{say.empty}</p>}
          </StateBox>
        ) : null}
        <ul className="rows inbox">
          {shown.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </ul>
        {pages.hasNextPage ? (
          <div className="pager">
            <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
              {screens.kit.more}
            </button>
          </div>
        ) : null}
      </Sheet>
    </>
  );
};

export const requestTone: Record<AccessRequest["state"], Tone> = {
  pending: "progress",
  granted: "positive",
  refused: "critical",
  withdrawn: "neutral",
};

const Row = ({ one }: { one: AccessRequest }) => {
  const { screens, day } = useWords();
  const say = usePeopleWords().requests;
  const where = useWhere();
  const id = useId();
  const institutionId = useInstitutionId();
  const [until, setUntil] = useState(one.wantedUntil ? dayOf(one.wantedUntil) : "");
  const [refusing, setRefusing] = useState(false);
  const [note, setNote] = useState("");
  const params = { institutionId, requestId: one.id };
  const fresh = () => void queries.invalidateQueries();
  const grant = useSend(api.people.requests.grant, {
    onSuccess: () => {
      toast(until ? say.grantedUntil(one.person.name, day(untilDay(until) ?? "")) : say.granted(one.person.name));
      fresh();
    },
  });
  const refuse = useSend(api.people.requests.refuse, {
    onSuccess: () => {
      toast(say.refused(one.person.name));
      setRefusing(false);
      fresh();
    },
  });
  return (
    <li>
      <div>
        <h3>{one.person.name}</h3>
        <p>
          {one.permission
            ? say.asksPermission(screens.kit.permissionName[one.permission])
            : say.asksToJoin(screens.profiles[one.profile ?? "operator"], where(one.productId))}
        </p>
        {one.message ? <blockquote className="s">{one.message}</blockquote> : null}
        <p className="xs quiet">
          {say.asked(day(one.askedAt))}
          {one.wantedUntil ? ` · ${say.wantedUntil(day(one.wantedUntil))}` : ""}
          {one.answeredBy && one.answeredAt ? ` · ${say.by(one.answeredBy, day(one.answeredAt))}` : ""}
          {one.note ? ` · ${one.note}` : ""}
        </p>
        {grant.isError ? <RefusalNote error={grant.error} /> : null}
      </div>
      {one.state === "pending" ? (
        <div className="do">
          <div className="field">
            <label htmlFor={id}>
              {say.until} <span className="opt">{screens.kit.optional}</span>
            </label>
            <input
              className="input"
              id={id}
              type="date"
              min={today()}
              value={until}
              aria-describedby={`${id}-h`}
              onChange={(event) => setUntil(event.target.value)}
            />
            <p className="hint" id={`${id}-h`}>
              {say.untilHelp}
            </p>
          </div>
          <button
            type="button"
            className="btn plain s"
            aria-disabled={grant.isPending}
            onClick={() => {
              if (!grant.isPending) grant.mutate({ params, body: { endsAt: untilDay(until) } });
            }}
          >
            {say.grant}
            <span className="hidden">: {one.person.name}</span>
          </button>
          <button type="button" className="btn text s" onClick={() => setRefusing(true)}>
            {say.refuse}
            <span className="hidden">: {one.person.name}</span>
          </button>
        </div>
      ) : (
        <Chip tone={requestTone[one.state]}>{say.states[one.state]}</Chip>
      )}
      <Dialog
        title={say.refuseTitle(one.person.name)}
        open={refusing}
        onClose={() => setRefusing(false)}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setRefusing(false)}>
              {say.keep}
            </button>
            <button type="button" className="btn main" onClick={() => refuse.mutate({ params, body: { note } })}>
              {say.refuse}
            </button>
          </>
        }
      >
        <div className="field">
          <label htmlFor={`${id}-n`}>
            {say.reason} <span className="opt">{screens.kit.optional}</span>
          </label>
          <input
            className="input"
            id={`${id}-n`}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        {refuse.isError ? <RefusalNote error={refuse.error} /> : null}
      </Dialog>
    </li>
  );
};
