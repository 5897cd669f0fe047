import { api } from "@area/api";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { usePages } from "../kit/call.ts";
import { Bones, Hidden, Icon, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { SigningSteps } from "../kit/SigningSteps.tsx";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";
import { More } from "./More.tsx";
import { StaffRefusal } from "./StaffRefusal.tsx";
import { useStaffWords } from "./words.tsx";

/** The register of what institutions signed, with the files and the proof of each; the search stands in the address. */
export const SignedAgreements = () => {
  const { day } = useWords();
  const say = useStaffWords().agreements;
  const { cerca } = useSearch({ from: "/staff/accordi" });
  const navigate = useNavigate({ from: "/staff/accordi" });
  const [typed, setTyped] = useState(cerca ?? "");
  const search = useSettled(typed.trim());
  useEffect(() => {
    void navigate({ search: { cerca: search || undefined }, replace: true });
  }, [search, navigate]);
  const pages = usePages(api.agreements.register, { query: { search: search || undefined, limit: 20 } });
  const file = (institutionId: string, id: string, form: "issued" | "signed" | "proof") =>
    `/api/v1/staff/institutions/${institutionId}/agreements/${id}/file?form=${form}`;
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet title={say.title}>
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
        </div>
        {pages.isPending ? <Bones what={say.title} /> : null}
        {pages.isError ? <StaffRefusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? (
          <StateBox icon="doc" title={search ? say.noMatchTitle(search) : say.noneTitle}>
            <p>{search ? say.noMatch : say.none}</p>
          </StateBox>
        ) : null}
        <ul className="rows agreements">
          {pages.items.map((one) => (
            <li key={one.id}>
              <div>
                <h3>
                  <Link to="/staff/enti/$institutionId" params={{ institutionId: one.institution.id }}>
                    {one.institution.name}
                  </Link>
                </h3>
                <p className="s muted">
                  {[say.line(one.productTitle, day(one.signedAt), one.signedForm ?? ""), one.signers.join(", ")].join(
                    " · ",
                  )}
                </p>
                <SigningSteps steps={one.signing} />
                <p className="xs quiet code">{one.sha256}</p>
              </div>
              <div className="files">
                {(
                  [
                    "issued",
                    ...(one.signedForm ? (["signed"] as const) : []),
                    ...(one.hasProof ? (["proof"] as const) : []),
                  ] as const
                ).map((form) => (
                  <a key={form} className="btn plain s" href={file(one.institution.id, one.id, form)} download>
                    <Icon name="download" small /> {say[form]}
                    <Hidden>
                      {" "}
                      {one.productTitle}, {one.institution.name}
                    </Hidden>
                  </a>
                ))}
              </div>
            </li>
          ))}
        </ul>
        <More pages={pages} />
      </Sheet>
    </>
  );
};
