import { type AnswerOf, api, Problem, type Station } from "@area/api";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { queries, usePages, useSend } from "../../kit/call.ts";
import { useEndpointForm } from "../../kit/form.ts";
import { May } from "../../kit/May.tsx";
import { Chip, Sheet } from "../../kit/pieces.tsx";
import { RefusalNote, useProblemText } from "../../kit/Refusal.tsx";
import { say as toast } from "../../kit/toast.tsx";
import { environmentWord } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { useStationWords } from "../words.tsx";
import { Differences } from "./Difference.tsx";
import { Rules } from "./Rules.tsx";
import { asSent, bodyOf, SettingsFields, type Typed, typedOf } from "./StationForm.tsx";

/** From test to production: the addresses that change, what is different, who follows; tried first, then done. */
export const Promote = ({ station }: { station: Station }) => {
  const words = useStationWords();
  const say = words.page;
  const institutionId = useInstitutionId();
  const mine = useMine();
  const [open, setOpen] = useState(false);
  return (
    <Sheet title={say.promote}>
      <div className="body stack">
        <p>{station.promotedTo ? say.promotedTo(station.promotedTo) : say.promoteIntro}</p>
        {open ? (
          <Way station={station} onDone={() => setOpen(false)} />
        ) : (
          <div className="row">
            {station.promotedTo ? (
              <Link
                to="/enti/$institutionId/pagopa/$ambiente/stazioni/$stationCode"
                params={{ institutionId, ambiente: environmentWord.production, stationCode: station.promotedTo }}
              >
                {station.promotedTo}
              </Link>
            ) : null}
            <May memberships={mine.data?.memberships} permission="pagopa:stations:write" label={say.promote}>
              <button type="button" className="btn plain" onClick={() => setOpen(true)}>
                {say.promote}
              </button>
            </May>
          </div>
        )}
      </div>
    </Sheet>
  );
};

const Way = ({ station, onDone }: { station: Station; onDone: () => void }) => {
  const words = useStationWords();
  const say = words.page;
  const text = useProblemText();
  const institutionId = useInstitutionId();
  const { form, showWrong } = useEndpointForm<Typed>(asSent, typedOf(station.settings, station.description));
  const institutions = usePages(api.pagopa.associations.ofStation, {
    params: { institutionId, stationCode: station.code },
    query: { environment: "test", limit: 100 },
  });
  const [left, setLeft] = useState<string[]>([]);
  const promote = useSend(api.pagopa.stations.promote);
  const [tried, setTried] = useState<AnswerOf<typeof api.pagopa.stations.promote> | null>(null);
  // Nothing goes before it is known whom it would take along.
  const ready = institutions.isSuccess && !promote.isPending;
  const send = (dryRun: boolean) =>
    ready &&
    form.handleSubmit((values) => {
      promote.mutate(
        {
          params: { institutionId, stationCode: station.code },
          query: { environment: "production" },
          body: {
            ...bodyOf(values),
            institutionIds: institutions.items.map((a) => a.institution.id).filter((id) => !left.includes(id)),
          },
          ...(dryRun ? { dryRun: true } : {}),
        },
        {
          onSuccess: (answer) => {
            if (dryRun) return setTried(answer);
            toast(say.promoted(answer.station.code));
            void queries.invalidateQueries();
            onDone();
          },
          onError: (error) => void showWrong(error),
        },
      );
    })();
  return (
    <>
      <SettingsFields form={form} />
      {institutions.items.length > 0 ? (
        <fieldset>
          <legend>{say.promoteInstitutions}</legend>
          <div className="choices">
            {institutions.items.map((a) => (
              <label className="choice" key={a.id}>
                <input
                  type="checkbox"
                  checked={!left.includes(a.institution.id)}
                  onChange={(event) =>
                    setLeft(
                      event.target.checked ? left.filter((id) => id !== a.institution.id) : [...left, a.institution.id],
                    )
                  }
                />
                <span>
                  {a.institution.name}
                  <small>{words.registration.code(a.segregationCode ?? "—")}</small>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ) : null}
      {promote.error ? <RefusalNote error={promote.error} /> : null}
      {tried ? (
        <div role="status" className="stack">
          <h3>{say.difference}</h3>
          {tried.difference.length > 0 ? <Differences items={tried.difference} /> : <p>{say.promoteSame}</p>}
          {tried.station.change ? <Rules rules={tried.station.change.rules} /> : null}
          <ul className="rows">
            {tried.associations.map((a) => (
              <li key={a.institution.id} className="may">
                <span>
                  {a.institution.name} <span className="code">{a.segregationCode}</span>
                  {a.why ? <small className="quiet"> {text(new Problem(a.why as Problem["code"])).title}</small> : null}
                </span>
                <Chip tone={a.outcome === "refused" ? "attention" : "positive"}>{say.outcomes[a.outcome]}</Chip>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <div className="row">
        <button type="button" className="btn text" onClick={onDone}>
          {words.cancel}
        </button>
        <button type="button" className="btn plain" onClick={() => void send(true)} aria-disabled={!ready}>
          {say.promoteTry}
        </button>
        {tried ? (
          <button type="button" className="btn main push" onClick={() => void send(false)} aria-disabled={!ready}>
            {say.promoteDo}
          </button>
        ) : null}
      </div>
    </>
  );
};
