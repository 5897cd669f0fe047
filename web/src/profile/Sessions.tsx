import { type AnswerOf, api } from "@area/api";
import { keyOf, queries, useCall, useSend } from "../kit/call.ts";
import { Bones, Chip, Icon, Note, PageTitle, Sheet } from "../kit/pieces.tsx";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { BareShell } from "../shell/BareShell.tsx";
import { ProfileWordsProvider, useProfileWords } from "./words.tsx";

type OwnSession = AnswerOf<typeof api.identity.sessions.list>["items"][number];

/** Where I am signed in, and the way to close what I do not recognise. */
export const Sessions = () => (
  <BareShell>
    <ProfileWordsProvider>
      <Content />
    </ProfileWordsProvider>
  </BareShell>
);

const Content = () => {
  const say = useProfileWords().sessions;
  const list = useCall(api.identity.sessions.list, {});
  const fresh = () => void queries.invalidateQueries({ queryKey: keyOf(api.identity.sessions.list) });
  const others = useSend(api.identity.sessions.closeOthers, {
    onSuccess: ({ closed }) => {
      toast(say.closedOthers(closed));
      fresh();
    },
  });
  const problem = useProblemText();
  const open = list.data?.items ?? [];
  return (
    <>
      <PageTitle
        title={say.title}
        acts={
          open.length > 1 ? (
            <button type="button" className="btn plain" onClick={() => others.mutate({})}>
              {say.closeOthers}
            </button>
          ) : null
        }
      >
        <p>{say.intro}</p>
      </PageTitle>
      {others.isError ? (
        <Note level={2} tone="critical" icon="wrong" title={problem(others.error).title} role="alert">
          <p>{problem(others.error).detail}</p>
        </Note>
      ) : null}
      <Sheet title={say.list} count={list.isSuccess ? open.length : undefined}>
        {list.isPending ? <Bones what={say.list} rows={2} /> : null}
        {list.isError ? <Refusal error={list.error} retry={() => void list.refetch()} /> : null}
        <ul className="rows people">
          {open.map((one) => (
            <Row key={one.id} one={one} fresh={fresh} />
          ))}
        </ul>
        <footer>
          {open.length === 1 ? `${say.onlyThis} ` : ""}
          {say.foot}
        </footer>
      </Sheet>
    </>
  );
};

const Row = ({ one, fresh }: { one: OwnSession; fresh: () => void }) => {
  const { day, time } = useWords();
  const say = useProfileWords().sessions;
  const problem = useProblemText();
  const close = useSend(api.identity.sessions.close, {
    onSuccess: () => {
      if (one.thisOne) location.assign("/");
      else {
        toast(say.closed);
        fresh();
      }
    },
  });
  return (
    <li>
      <span className="glyph">
        <Icon name="server" />
      </span>
      <div>
        <h3>
          {one.device ?? say.unknown} {one.thisOne ? <Chip tone="progress">{say.thisOne}</Chip> : null}
        </h3>
        <p className="s muted">
          {say.meta(one.scheme.toUpperCase(), one.level, `${day(one.since)}, ${time(one.since)}`)}
          {one.thisOne ? "" : ` · ${say.seen(time(one.lastSeenAt))}`}
        </p>
        {close.isError ? (
          <p className="s" role="alert">
            {problem(close.error).detail}
          </p>
        ) : null}
      </div>
      <button
        type="button"
        className="btn plain s"
        onClick={() => close.mutate({ params: { sessionId: one.id } })}
        aria-disabled={close.isPending}
      >
        {one.thisOne ? say.closeThis : say.close}
        <span className="hidden"> {one.device ?? say.unknown}</span>
      </button>
    </li>
  );
};
