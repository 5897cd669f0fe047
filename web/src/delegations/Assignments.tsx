import { api } from "@area/api";
import { Link, useSearch } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { queries, useCall, usePages, useSend } from "../kit/call.ts";
import { LockedButton, mayI } from "../kit/May.tsx";
import { Bones, Note, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitution, useInstitutionId, useMine } from "../shell/institution.ts";
import { DelegationWordsProvider, useDelegationWords } from "./words.tsx";

/** Which people serve which institutions: a person, a group or whoever has a profile; one institution or all. */
export const Assignments = () => (
  <DelegationWordsProvider>
    <Content />
  </DelegationWordsProvider>
);

const Content = () => {
  const words = useDelegationWords();
  const say = words.assignments;
  const institutionId = useInstitutionId();
  const mine = useMine();
  const mayWrite = mayI(mine.data?.memberships ?? [], "institution:delegations:write");
  const { delega } = useSearch({ from: "/enti/$institutionId/incarichi" });
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
        <p>
          <Link to="/enti/$institutionId/enti-gestiti" params={{ institutionId }} search={{}}>
            {words.portfolio.title}
          </Link>
        </p>
      </PageTitle>
      <AssignmentList delegationId={delega ?? null} title={say.list} mayWrite={mayWrite} />
      {mayWrite ? <Assign delegationId={delega ?? null} /> : null}
    </>
  );
};

export const AssignmentList = ({
  delegationId,
  title,
  mayWrite,
}: {
  delegationId: string | null;
  title: string;
  mayWrite: boolean;
}) => {
  const { screens, day } = useWords();
  const say = useDelegationWords().assignments;
  const institutionId = useInstitutionId();
  const institution = useInstitution();
  const problem = useProblemText();
  const pages = usePages(api.delegations.assignments.list, {
    params: { institutionId },
    query: { limit: 50, ...(delegationId ? { delegationId } : {}) },
  });
  const end = useSend(api.delegations.assignments.end, {
    onSuccess: () => {
      toast(say.ended);
      void queries.invalidateQueries();
    },
  });
  const titleOf = (productId: string) =>
    institution.data?.products.find((p) => p.productId === productId)?.title ?? productId;
  return (
    <Sheet title={title} count={pages.isSuccess && !pages.hasNextPage ? pages.items.length : undefined}>
      {pages.isPending ? <Bones what={title} /> : null}
      {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      {end.error ? (
        <div className="body">
          <Note tone="critical" icon="wrong" role="alert" title={problem(end.error).title}>
            <p>{problem(end.error).detail}</p>
          </Note>
        </div>
      ) : null}
      {pages.isSuccess && pages.items.length === 0 ? (
        <StateBox icon="people" title={say.emptyTitle}>
          <p>{say.empty}</p>
        </StateBox>
      ) : null}
      <ul className="rows topics">
        {pages.items.map((a) => {
          const who = a.person?.name ?? a.group?.name ?? say.everybody;
          return (
            <li key={a.id}>
              <div>
                <h3>{who}</h3>
                <p className="s muted">
                  {[
                    a.delegation?.institutionName ?? say.all,
                    say.onProduct(titleOf(a.productId)),
                    say.made(a.madeBy, day(a.madeAt)),
                  ].join(" · ")}
                </p>
              </div>
              {!mayWrite ? (
                <LockedButton
                  permission="institution:delegations:write"
                  label={say.end}
                  about={who}
                  className="btn text s"
                />
              ) : (
                <button
                  type="button"
                  className="btn text s"
                  aria-disabled={end.isPending}
                  onClick={() => {
                    if (!end.isPending) end.mutate({ params: { institutionId, assignmentId: a.id } });
                  }}
                >
                  {say.end}
                  <span className="hidden">: {who}</span>
                </button>
              )}
            </li>
          );
        })}
      </ul>
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

export const Assign = ({ delegationId }: { delegationId: string | null }) => {
  const words = useDelegationWords();
  const say = words.assignments;
  const institutionId = useInstitutionId();
  const institution = useInstitution();
  const problem = useProblemText();
  const id = useId();
  const products = (institution.data?.products ?? []).filter((p) => p.state === "active" && p.kind === "PT");
  const [chosen, setChosen] = useState("");
  const productId = chosen || products[0]?.productId || "";
  const [who, setWho] = useState<"everybody" | "person" | "group">("person");
  const [personId, setPersonId] = useState("");
  const [groupId, setGroupId] = useState("");
  const [one, setOne] = useState(delegationId !== null);
  const people = usePages(api.people.list, {
    params: { institutionId },
    query: { limit: 100, productId: productId || "institution" },
  });
  const groups = usePages(api.people.groups.list, { params: { institutionId }, query: { limit: 100 } });
  const delegation = useCall(
    api.delegations.read,
    { params: { institutionId, delegationId: delegationId ?? "" } },
    { enabled: delegationId !== null },
  );
  const make = useSend(api.delegations.assignments.make);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (make.isPending || (who === "person" && !personId) || (who === "group" && !groupId)) return;
    make.mutate(
      {
        params: { institutionId },
        body: {
          productId,
          personId: who === "person" ? personId : null,
          groupId: who === "group" ? groupId : null,
          delegationId: one ? delegationId : null,
        },
      },
      {
        onSuccess: () => {
          toast(say.saved);
          void queries.invalidateQueries();
        },
      },
    );
  };
  if (products.length === 0) return null;
  return (
    <Sheet title={say.add}>
      <form onSubmit={submit}>
        <div className="body stack">
          {products.length > 1 ? (
            <div className="field">
              <label htmlFor={`${id}-p`}>{say.product}</label>
              <select id={`${id}-p`} className="select" value={productId} onChange={(e) => setChosen(e.target.value)}>
                {products.map((p) => (
                  <option key={p.productId} value={p.productId}>
                    {p.title}
                  </option>
                ))}
              </select>
            </div>
          ) : null}
          <fieldset>
            <legend>{say.who}</legend>
            <div className="choices three">
              {(["person", "group", "everybody"] as const).map((kind) => (
                <label className="choice" key={kind}>
                  <input type="radio" name={`${id}-who`} checked={who === kind} onChange={() => setWho(kind)} />
                  <span>{say[kind]}</span>
                </label>
              ))}
            </div>
          </fieldset>
          {who === "person" ? (
            <div className="field">
              <label htmlFor={`${id}-person`}>{say.choosePerson}</label>
              <select
                id={`${id}-person`}
                className="select"
                required
                value={personId}
                onChange={(e) => setPersonId(e.target.value)}
              >
                <option value="" />
                {people.items.map((p) => (
                  <option key={p.id} value={p.id}>
                    {p.givenName} {p.familyName}
                  </option>
                ))}
              </select>
            </div>
          ) : null}
          {who === "group" ? (
            <div className="field">
              <label htmlFor={`${id}-group`}>{say.chooseGroup}</label>
              <select
                id={`${id}-group`}
                className="select"
                required
                value={groupId}
                onChange={(e) => setGroupId(e.target.value)}
              >
                <option value="" />
                {groups.items
                  .filter((g) => g.productId === productId)
                  .map((g) => (
                    <option key={g.id} value={g.id}>
                      {g.name}
                    </option>
                  ))}
              </select>
            </div>
          ) : null}
          {delegationId ? (
            <fieldset>
              <legend>{say.which}</legend>
              <div className="choices">
                <label className="choice">
                  <input type="radio" name={`${id}-which`} checked={one} onChange={() => setOne(true)} />
                  <span>
                    {say.one}
                    <small>{delegation.data?.delegator.name}</small>
                  </span>
                </label>
                <label className="choice">
                  <input type="radio" name={`${id}-which`} checked={!one} onChange={() => setOne(false)} />
                  <span>{say.all}</span>
                </label>
              </div>
            </fieldset>
          ) : (
            <p className="s muted">
              {say.which}: {say.all}
            </p>
          )}
          {make.error ? (
            <Note tone="critical" icon="wrong" role="alert" title={problem(make.error).title}>
              <p>{problem(make.error).detail}</p>
            </Note>
          ) : null}
        </div>
        <footer className="row">
          <button type="submit" className="btn main push" aria-disabled={make.isPending}>
            {say.save}
          </button>
        </footer>
      </form>
    </Sheet>
  );
};
