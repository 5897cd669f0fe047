import { api, type RegisteredIban } from "@area/api";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { call, useCall, usePages } from "../../kit/call.ts";
import { May } from "../../kit/May.tsx";
import { Bones, Chip, Hidden, Icon, PageTitle, Sheet, StateBox, type Tone } from "../../kit/pieces.tsx";
import { Refusal } from "../../kit/Refusal.tsx";
import { saveFile } from "../../kit/save.ts";
import { useWords } from "../../kit/words.tsx";
import { environmentWord, useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { IbanCode } from "./IbanCode.tsx";
import { TwoPeople } from "./TwoPeople.tsx";

export const ibanTone: Record<RegisteredIban["state"], Tone> = {
  planned: "progress",
  active: "positive",
  expired: "attention",
  retired: "neutral",
};

/** Where the money of the institution goes, in the environment of the address. */
export const Ibans = () => {
  const { screens, day } = useWords();
  const say = screens.ibans;
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const mine = useMine();
  const [retired, setRetired] = useState(false);
  const at = { institutionId, ambiente: environmentWord[environment] };
  const pages = usePages(api.pagopa.ibans.list, {
    params: { institutionId },
    query: { environment, limit: 50, state: retired ? "retired" : "in-use" },
  });
  const title = retired ? say.retired : say.list;
  const own = useCall(api.institutions.read, { params: { institutionId } });
  const isPartner = own.data?.products.some((p) => p.productId === "pagopa" && p.kind === "PT") ?? false;
  const file = async () =>
    saveFile(
      await call(api.pagopa.ibans.export, { params: { institutionId }, query: { environment } }),
      `iban-${at.ambiente}.csv`,
    );
  const add = (
    <May memberships={mine.data?.memberships} permission="pagopa:ibans:write" label={say.add} className="btn main">
      <Link className="btn main" to="/enti/$institutionId/pagopa/$ambiente/iban/nuovo" params={at}>
        {say.add}
      </Link>
    </May>
  );
  const bulk = (
    <Link className="btn plain" to="/enti/$institutionId/pagopa/$ambiente/iban/carica" params={at}>
      {say.bulk}
    </Link>
  );
  return (
    <>
      <PageTitle
        title={say.title}
        acts={
          pages.items.length > 0 ? (
            <>
              {bulk}
              {add}
            </>
          ) : null
        }
      >
        <p>{environment === "test" ? say.test : say.production}</p>
        {isPartner ? (
          <p>
            <Link to="/enti/$institutionId/pagopa/$ambiente/iban/enti-serviti" params={at}>
              {say.forServed}
            </Link>
          </p>
        ) : null}
      </PageTitle>
      <Sheet
        title={title}
        count={pages.isSuccess && !pages.hasNextPage ? pages.items.length : undefined}
        beside={
          <>
            {pages.items.length > 0 && !retired ? (
              <button type="button" className="push s as-link" onClick={() => void file()}>
                <Icon name="download" small /> {say.download}
              </button>
            ) : null}
            <button
              type="button"
              className={`${pages.items.length > 0 && !retired ? "" : "push "}s as-link`}
              onClick={() => setRetired(!retired)}
            >
              {retired ? say.showInUse : say.showRetired}
            </button>
          </>
        }
      >
        {pages.isPending ? <Bones what={title} /> : null}
        {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
        {pages.isSuccess && pages.items.length === 0 ? (
          retired ? (
            <StateBox icon="bank" title={say.noRetired} />
          ) : (
            <StateBox
              icon="bank"
              title={say.emptyTitle(say.environments[environment])}
              acts={
                <>
                  {add}
                  {bulk}
                </>
              }
            >
              <p>{say.empty}</p>
            </StateBox>
          )
        ) : null}
        {pages.items.length > 0 ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that may scroll must be reachable with the keyboard
          <section className="table-box" aria-label={say.title} tabIndex={0}>
            <table className="cards">
              <caption className="hidden">{title}</caption>
              <thead>
                <tr>
                  <th scope="col">{say.columns.iban}</th>
                  <th scope="col">{say.columns.state}</th>
                  <th scope="col">{say.columns.validity}</th>
                  <th scope="col" className="c1">
                    {say.columns.labels}
                  </th>
                  <th scope="col" className="c2">
                    {say.columns.changed}
                  </th>
                </tr>
              </thead>
              <tbody>
                {pages.items.map((one) => (
                  <tr key={one.id}>
                    <th scope="row">
                      <Link
                        className="nowrap"
                        to="/enti/$institutionId/pagopa/$ambiente/iban/$ibanId"
                        params={{ ...at, ibanId: one.id }}
                      >
                        <IbanCode iban={one.iban} />
                      </Link>
                      <small>
                        {one.description}
                        {one.holder.kind === "other" ? ` · ${say.heldBy(one.holder.name)}` : ""}
                      </small>
                    </th>
                    <td>
                      <Chip tone={ibanTone[one.state]}>{say.states[one.state]}</Chip>
                      {one.retiresOn && one.state !== "retired" ? (
                        <small>{say.retiring(day(one.retiresOn))}</small>
                      ) : null}
                    </td>
                    <td data-label={`${say.columns.validity}:`}>
                      {say.from(day(one.validFrom))}
                      {one.validUntil ? <small>{say.to(day(one.validUntil))}</small> : null}
                    </td>
                    <td className="c1" data-label={`${say.columns.labels}:`}>
                      {one.labels.map((label) => (
                        <span className="tag" key={label}>
                          {say.labels[label]}
                        </span>
                      ))}
                      {one.postal ? <span className="tag">{say.postal}</span> : null}
                      {one.labels.length === 0 && !one.postal ? <Hidden>—</Hidden> : null}
                    </td>
                    <td className="c2" data-label={`${say.columns.changed}:`}>
                      {day(one.changed.at)}
                      <small>{one.changed.by}</small>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ) : null}
        {pages.hasNextPage ? (
          <div className="pager">
            <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
              {screens.kit.more}
            </button>
          </div>
        ) : null}
      </Sheet>
      {environment === "production" ? <TwoPeople /> : null}
    </>
  );
};
