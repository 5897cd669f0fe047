import {
  api,
  type ConnectionTest,
  type Station,
  type StationEndpoint,
  type StationSettings,
  stationEndpoints,
} from "@area/api";
import { queries, useSend } from "../../kit/call.ts";
import { May } from "../../kit/May.tsx";
import { Chip, Sheet, type Tone } from "../../kit/pieces.tsx";
import { RefusalNote } from "../../kit/Refusal.tsx";
import { useWords } from "../../kit/words.tsx";
import { useEnvironment } from "../../shell/environment.ts";
import { useInstitutionId, useMine } from "../../shell/institution.ts";
import { useStationWords } from "../words.tsx";

const tone: Record<ConnectionTest["outcome"], Tone> = { passed: "positive", warning: "attention", failed: "critical" };
const urlOf = (s: StationSettings, endpoint: StationEndpoint): string | null =>
  ({ notice: s.noticeUrl, receipt: s.receiptUrl, redirect: s.redirectUrl, rest: s.restUrl })[endpoint];

/** Every step of a test with its outcome and what it means. */
export const Steps = ({ test }: { test: ConnectionTest }) => {
  const say = useStationWords().probe;
  return (
    <dl className="facts">
      {test.steps
        .filter((s) => s.outcome !== "skipped")
        .map((s) => (
          <div key={s.step}>
            <dt>{say.steps[s.step]}</dt>
            <dd>
              {s.outcome === "passed" ? null : (
                <>
                  <Chip tone={tone[s.outcome as "warning" | "failed"]}>
                    {say.outcomes[s.outcome as "warning" | "failed"]}
                  </Chip>{" "}
                </>
              )}
              {s.why ? (say.why[s.why]?.(s.facts) ?? s.why) : say.fine(s.step, s.facts)}
            </dd>
          </div>
        ))}
    </dl>
  );
};

/** Each address of the station, or of the change that waits, with its last test and the button that tries it now. */
export const Tests = ({ station }: { station: Station }) => {
  const words = useStationWords();
  const say = words.page;
  const { day, time } = useWords();
  const institutionId = useInstitutionId();
  const environment = useEnvironment();
  const mine = useMine();
  const test = useSend(api.pagopa.stations.test, { onSuccess: () => void queries.invalidateQueries() });
  const waiting =
    station.change?.state === "waiting" || station.change?.state === "changes-requested" ? station.change : null;
  const live = stationEndpoints.flatMap((endpoint) => {
    const url = station.state === "pending" ? null : urlOf(station.settings, endpoint);
    return url ? [{ endpoint, url, of: "live" as const }] : [];
  });
  const asked = stationEndpoints.flatMap((endpoint) => {
    const url = waiting ? urlOf(waiting.settings, endpoint) : null;
    return url && !live.some((l) => l.url === url && l.endpoint === endpoint)
      ? [{ endpoint, url, of: "change" as const }]
      : [];
  });
  const all = [...live, ...asked];
  const running = test.isPending ? test.variables.body : null;
  return (
    <Sheet title={say.tests}>
      <div className="body">
        <p>{all.length > 0 ? say.testsIntro : say.noEndpoints}</p>
        {test.error ? <RefusalNote error={test.error} /> : null}
      </div>
      <ul className="rows">
        {all.map(({ endpoint, url, of }) => {
          const last = station.tests.find((t) => t.endpoint === endpoint && t.url === url);
          const now = running?.endpoint === endpoint && running.of === of;
          return (
            <li key={`${of} ${endpoint}`}>
              <div className="row between">
                <h3>
                  {words.endpoints[endpoint]} {of === "change" ? say.ofChange : ""}
                </h3>
                <May
                  memberships={mine.data?.memberships}
                  permission="pagopa:stations:write"
                  label={say.test}
                  className="btn plain s"
                >
                  <button
                    type="button"
                    className="btn plain s"
                    aria-disabled={test.isPending}
                    onClick={() => {
                      if (!test.isPending)
                        test.mutate({
                          params: { institutionId, stationCode: station.code },
                          query: { environment },
                          body: { endpoint, of },
                        });
                    }}
                  >
                    {now ? say.testing : say.test}
                    <span className="hidden">: {words.endpoints[endpoint]}</span>
                  </button>
                </May>
              </div>
              <p className="code">{url}</p>
              <div role="status">
                {last ? (
                  <>
                    <p className="s">
                      <Chip tone={tone[last.outcome]}>{words.probe.outcomes[last.outcome]}</Chip>{" "}
                      {say.tested(day(last.at), time(last.at))}
                    </p>
                    <Steps test={last} />
                  </>
                ) : (
                  <p className="s quiet">{say.never}</p>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
};
