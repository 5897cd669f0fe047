import { api, type InboxItem, type InboxView, inboxAddress, inboxViews } from "@area/api";
import { inboxSentence } from "@area/words/inbox";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { call, queries, useCall, usePages, useSend } from "../kit/call.ts";
import { Bones, Chip, Hidden, Icon, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { say as announce } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { BareShell } from "../shell/BareShell.tsx";

const refresh = () => {
  void queries.invalidateQueries({ queryKey: ["pages", api.inbox.list.path] });
  void queries.invalidateQueries({ queryKey: [api.inbox.counts.path] });
};

/** What waits for me, and what happened: of all my institutions. */
export const Inbox = () => {
  const { screens } = useWords();
  const say = screens.inbox;
  const view = useSearch({ from: "/da-fare" }).vista ?? "to-do";
  const counts = useCall(api.inbox.counts, {});
  const list = usePages(api.inbox.list, { query: { view, limit: 20 } });
  const newest = list.items[0]?.at;
  const markAll = useSend(api.inbox.markRead, {
    onSuccess: () => {
      refresh();
      announce(say.marked);
    },
  });
  const empty = say.empty[view];
  return (
    <BareShell>
      <PageTitle
        title={say.title}
        acts={
          <Link className="btn plain s" to="/da-fare/preferenze">
            <Icon name="mail" small /> {say.preferencesLink}
          </Link>
        }
      >
        <p>{say.intro}</p>
      </PageTitle>
      <nav className="views" aria-label={say.viewsLabel}>
        <ul>
          {inboxViews.map((one) => (
            <li key={one}>
              <Link
                to="/da-fare"
                search={{ vista: one === "to-do" ? undefined : one }}
                activeOptions={{ exact: true, explicitUndefined: true }}
              >
                {say.views[one]}
                {one === "to-do" && counts.data && counts.data.toDo > 0 ? (
                  <span className="count hot">{counts.data.toDo}</span>
                ) : null}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Sheet
        title={say.views[view]}
        beside={
          view !== "archive" && newest && (counts.data?.unread ?? 0) > 0 ? (
            <button
              type="button"
              className="push s as-link"
              onClick={() => markAll.mutate({ body: { until: new Date().toISOString() } })}
            >
              {say.markAll}
            </button>
          ) : null
        }
      >
        {list.isPending ? <Bones what={say.views[view]} /> : null}
        {list.isError ? <Refusal error={list.error} retry={() => void list.refetch()} /> : null}
        {markAll.isError ? <Refusal error={markAll.error} /> : null}
        {list.isSuccess && list.items.length === 0 ? (
          <StateBox
            icon={view === "to-do" ? "check" : "bell"}
            title={empty.title}
            {...(view === "to-do" ? { tone: "positive" as const } : {})}
          >
            <p>{empty.why}</p>
          </StateBox>
        ) : null}
        <ol className="rows inbox">
          {list.items.map((item) => (
            <Line key={item.id} item={item} view={view} />
          ))}
        </ol>
        {list.hasNextPage ? (
          <div className="pager">
            <button type="button" className="btn plain s" onClick={() => void list.fetchNextPage()}>
              {screens.kit.more}
            </button>
          </div>
        ) : null}
      </Sheet>
    </BareShell>
  );
};

const Line = ({ item, view }: { item: InboxItem; view: InboxView }) => {
  const { screens, day, time, isToday, distance } = useWords();
  const say = screens.inbox;
  const router = useRouter();
  const said = inboxSentence(screens, item);
  const change = useSend(api.inbox.change, {
    onSuccess: (changed) => {
      refresh();
      announce(changed.archived ? say.archived : say.restored);
    },
  });
  const address = inboxAddress({ kind: item.kind, institutionId: item.institution?.id ?? null, facts: item.facts });
  const open = async (event: React.MouseEvent) => {
    // Following it is having read it; should that not reach the server, the page opens all the same.
    if (!item.read)
      void call(api.inbox.change, { params: { itemId: item.id }, body: { read: true } })
        .then(refresh)
        .catch(() => undefined);
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await router.navigate({ href: address });
  };
  return (
    <li className={item.read ? undefined : "fresh"}>
      <div>
        <h3>
          {item.read ? null : <Chip tone="progress">{say.fresh}</Chip>} {said.title}
        </h3>
        <p className="s muted">{said.why}</p>
        <p className="xs quiet">
          {[
            item.institution?.name,
            isToday(item.at) ? time(item.at) : day(item.at),
            item.settledAt ? say.settled(day(item.settledAt)) : null,
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <div className="do">
        <a className="btn plain s" href={address} onClick={(event) => void open(event)}>
          {said.act}
          <Hidden>: {said.title}</Hidden>
        </a>
        {item.dueAt && !item.settledAt ? (
          <p className="due">
            <b>{distance(item.dueAt)}</b> · {say.by(day(item.dueAt))}
          </p>
        ) : null}
        <button
          type="button"
          className="btn text s"
          onClick={() => change.mutate({ params: { itemId: item.id }, body: { archived: view !== "archive" } })}
        >
          {view === "archive" ? say.restore : say.archive}
          <Hidden>: {said.title}</Hidden>
        </button>
        {change.isError ? <Refusal error={change.error} /> : null}
      </div>
    </li>
  );
};
