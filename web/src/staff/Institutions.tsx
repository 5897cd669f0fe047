import { api } from "@area/api";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { usePages } from "../kit/call.ts";
import { Matched } from "../kit/Matched.tsx";
import { Bones, Icon, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Shield } from "../kit/Shield.tsx";
import { useSettled } from "../kit/useSettled.ts";
import { More } from "./More.tsx";
import { StaffRefusal } from "./StaffRefusal.tsx";
import { useStaffWords } from "./words.tsx";

/** Finding an institution that asked for help; the search stands in the address. */
export const Institutions = () => {
  const say = useStaffWords().institutions;
  const { cerca } = useSearch({ from: "/staff/enti" });
  const navigate = useNavigate({ from: "/staff/enti" });
  const [typed, setTyped] = useState(cerca ?? "");
  const search = useSettled(typed.trim());
  useEffect(() => {
    void navigate({ search: { cerca: search || undefined }, replace: true });
  }, [search, navigate]);
  const pages = usePages(api.institutions.search, { query: { search: search || undefined, limit: 20 } });
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet title={say.list}>
        <div className="body">
          <div className="search">
            <Icon name="search" />
            <input
              className="input"
              type="search"
              autoComplete="off"
              aria-label={say.search}
              placeholder={say.search}
              value={typed}
              maxLength={100}
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
          <p className="s muted counted" role="status">
            {pages.isSuccess
              ? pages.hasNextPage
                ? say.moreThan(pages.items.length)
                : say.results(pages.items.length)
              : ""}
          </p>
        </div>
        {pages.isPending ? <Bones what={say.list} /> : null}
        {pages.isError ? <StaffRefusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? (
          <StateBox icon="search" title={search ? say.noMatchTitle(search) : say.noneTitle}>
            <p>{search ? say.noMatch : say.none}</p>
          </StateBox>
        ) : null}
        <ul className="rows found">
          {pages.items.map((one) => (
            <li key={one.id}>
              <Link to="/staff/enti/$institutionId" params={{ institutionId: one.id }}>
                <Shield taxCode={one.taxCode} />
                <span>
                  <b>
                    <Matched text={one.name} search={search} />
                  </b>
                  <small className="quiet">
                    <span className="code">{one.taxCode}</span>
                    {one.city ? ` · ${one.city}` : ""}
                  </small>
                </span>
                <Icon name="right" />
              </Link>
            </li>
          ))}
        </ul>
        <More pages={pages} />
      </Sheet>
    </>
  );
};
