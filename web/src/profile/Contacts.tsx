import { api } from "@area/api";
import { useState } from "react";
import { type ItemOf, queries, usePages } from "../kit/call.ts";
import { Bones, Chip, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { takeKept } from "../kit/step-up.tsx";
import { useWords } from "../kit/words.tsx";
import { BareShell } from "../shell/BareShell.tsx";
import { ChangeContact, type Kept } from "./ChangeContact.tsx";
import { ProfileWordsProvider, useProfileWords } from "./words.tsx";

export type Contact = ItemOf<typeof api.people.contacts.mine>;

/** One address at each institution, and the code that makes it mine. */
export const Contacts = () => (
  <BareShell>
    <ProfileWordsProvider>
      <Content />
    </ProfileWordsProvider>
  </BareShell>
);

const Content = () => {
  const { screens } = useWords();
  const say = useProfileWords().contacts;
  const pages = usePages(api.people.contacts.mine, { query: { limit: 20 } });
  const [kept] = useState(() => takeKept() as Kept | null);
  const [changing, setChanging] = useState<{ institution: Contact["institution"]; code?: string } | null>(
    kept ? { institution: kept.institution } : null,
  );
  const done = () => {
    setChanging(null);
    void queries.invalidateQueries({ queryKey: ["pages", api.people.contacts.mine.path] });
    void queries.invalidateQueries({ queryKey: [api.people.contacts.mine.path] });
  };
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet title={say.list}>
        {pages.isPending ? <Bones what={say.list} /> : null}
        {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? (
          <StateBox icon="mail" title={say.emptyTitle}>
            <p>{say.empty}</p>
          </StateBox>
        ) : null}
        <ul className="rows people">
          {pages.items.map((one) => (
            <li key={one.institution.id}>
              <div>
                <h3>{one.institution.name}</h3>
                <p className="s muted">
                  {one.email ?? say.none}
                  {one.pending ? ` · ${say.pending(one.pending.email)}` : ""}
                </p>
                {one.pending ? (
                  <Chip tone="progress">{say.waiting}</Chip>
                ) : one.email ? (
                  <Chip tone={one.verified ? "positive" : "attention"}>
                    {one.verified ? say.verified : say.unverified}
                  </Chip>
                ) : null}
              </div>
              <button
                type="button"
                className="btn plain s"
                onClick={() =>
                  setChanging({
                    institution: one.institution,
                    ...(one.pending ? { code: one.pending.email } : {}),
                  })
                }
              >
                {one.pending ? say.writeCode : one.email ? (one.verified ? say.change : say.verify) : say.add}
                <span className="hidden">: {one.institution.name}</span>
              </button>
            </li>
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
      {changing ? (
        <ChangeContact
          key={changing.institution.id}
          institution={changing.institution}
          waiting={changing.code}
          email={
            kept?.institution.id === changing.institution.id
              ? kept.email
              : (pages.items.find((c) => c.institution.id === changing.institution.id)?.email ?? "")
          }
          returned={kept?.institution.id === changing.institution.id}
          onClose={done}
        />
      ) : null}
    </>
  );
};
