import { type Association, api, type Station } from "@area/api";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { queries, usePages, useSend } from "../../kit/call.ts";
import { Dialog } from "../../kit/Dialog.tsx";
import { May } from "../../kit/May.tsx";
import { Bones, Chip, Sheet, StateBox } from "../../kit/pieces.tsx";
import { Refusal, RefusalNote } from "../../kit/Refusal.tsx";
import { say as toast } from "../../kit/toast.tsx";
import { useWords } from "../../kit/words.tsx";
import { environmentWord, useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { Download } from "../Download.tsx";
import { useStationWords } from "../words.tsx";

/** Who receives through this station. */
export const Institutions = ({ station }: { station: Station }) => {
  const { screens } = useWords();
  const words = useStationWords();
  const say = words.page;
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const mine = useMine();
  const at = { institutionId, ambiente: environmentWord[environment], stationCode: station.code };
  const pages = usePages(api.pagopa.associations.ofStation, {
    params: { institutionId, stationCode: station.code },
    query: { environment, limit: 50 },
  });
  const end = useSend(api.pagopa.associations.end);
  const [asking, setAsking] = useState<Association | null>(null);
  const add =
    station.state === "active" ? (
      <May memberships={mine.data?.memberships} permission="pagopa:stations:write" label={say.associate}>
        <Link
          className="btn plain"
          to="/enti/$institutionId/pagopa/$ambiente/stazioni/$stationCode/associa"
          params={at}
        >
          {say.associate}
        </Link>
      </May>
    ) : null;
  const remove = (a: Association) =>
    end.mutate(
      { params: { institutionId, stationCode: station.code, associationId: a.id }, query: { environment } },
      {
        onSuccess: () => {
          setAsking(null);
          toast(say.dissociated);
          void queries.invalidateQueries();
        },
      },
    );
  return (
    <Sheet
      title={say.institutions}
      count={station.institutions}
      beside={
        pages.items.length > 0 ? (
          <div className="row push">
            <Download
              endpoint={api.pagopa.associations.export}
              input={{ params: { institutionId }, query: { environment, stationCode: station.code } }}
              name="enti-serviti.csv"
              label={words.list.exportInstitutions}
            />
            {add}
          </div>
        ) : undefined
      }
    >
      {pages.isPending ? <Bones what={say.institutions} /> : null}
      {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isSuccess && pages.items.length === 0 ? (
        <StateBox icon="bank" title={say.noInstitutions} acts={add}>
          <p>{say.noInstitutionsWhy}</p>
        </StateBox>
      ) : null}
      {pages.items.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that may scroll must be reachable with the keyboard
        <section className="table-box" aria-label={`${say.institutions}, ${station.code}`} tabIndex={0}>
          <table className="cards">
            <caption className="hidden">{say.institutions}</caption>
            <thead>
              <tr>
                <th scope="col">{say.institutionColumns.name}</th>
                <th scope="col">{say.institutionColumns.code}</th>
                <th scope="col" className="c1">
                  {say.institutionColumns.flags}
                </th>
                <th scope="col">
                  <span className="hidden">{say.institutionColumns.acts}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {pages.items.map((a) => (
                <tr key={a.id}>
                  <th scope="row">
                    {a.institution.name}
                    <small className="code">{a.institution.taxCode}</small>
                  </th>
                  <td className="code" data-label={`${say.institutionColumns.code}:`}>
                    {a.segregationCode ?? a.applicationCode ?? "—"}
                  </td>
                  <td className="c1">
                    {a.aca ? <span className="tag">ACA</span> : null}{" "}
                    {a.standIn ? <span className="tag">Stand-in</span> : null}{" "}
                    {a.broadcast ? <span className="tag">Broadcast</span> : null}
                    {a.moving ? <Chip tone="progress">{say.moving}</Chip> : null}
                  </td>
                  <td>
                    <May
                      memberships={mine.data?.memberships}
                      permission="pagopa:stations:write"
                      label={say.dissociate}
                      about={a.institution.name}
                      className="btn text s"
                    >
                      <button type="button" className="btn text s" onClick={() => setAsking(a)}>
                        {say.dissociate}
                        <span className="hidden">: {a.institution.name}</span>
                      </button>
                    </May>
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
      <Dialog
        title={asking ? say.dissociateTitle(asking.institution.name) : ""}
        open={asking !== null}
        onClose={() => {
          setAsking(null);
          end.reset();
        }}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setAsking(null)}>
              {say.keep}
            </button>
            <button type="button" className="btn danger" onClick={() => asking && remove(asking)}>
              {say.dissociate}
            </button>
          </>
        }
      >
        <p>{say.dissociateWhy(asking?.segregationCode ?? "—")}</p>
        {end.error ? <RefusalNote error={end.error} /> : null}
      </Dialog>
    </Sheet>
  );
};
