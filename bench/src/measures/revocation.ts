import { type Measured, median, round, type World } from "../measure.ts";
import { callers, delegationId, institutionId, partnerId } from "../seed.ts";
import { type Server, startServer } from "../server.ts";

const ROUNDS = Number(process.env["BENCH_REVOCATIONS"] ?? 40);
const headers = (server: Server, cookie: string, more: Record<string, string> = {}) => ({
  cookie: `ar_session=${cookie}`,
  origin: server.url,
  "content-type": "application/json",
  ...more,
});

/**
 * An institution revokes at one process; somebody of the partner works at another. From the moment the revocation is sent until the
 * first request there that is refused, with requests following each other all the time.
 */
export const revocation = async (world: World): Promise<Measured> => {
  const [here, there] = [world.server, await startServer(world.cluster.url)];
  try {
    const delegator = callers[0]!;
    const delegate = callers[1]!;
    const times: number[] = [];
    const afterAnswer: number[] = [];
    for (let n = 0; n < ROUNDS; n++) {
      // The first caller administers institutions 1, 9, 17, …, twenty in all; each delegated the partner.
      const number = 1 + (n % 20) * 8;
      const [id, at] = [delegationId(number), institutionId(number)];
      const work = async (): Promise<number> =>
        (
          await fetch(`${there.url}/api/v1/institutions/${at}/pagopa/ibans?environment=test`, {
            headers: headers(there, delegate.cookie, { mandate: id }),
          })
        ).status;
      const move = async (verb: string) => {
        const answer = await fetch(`${here.url}/api/v1/institutions/${at}/delegations/${id}/${verb}`, {
          method: "POST",
          headers: headers(here, delegator.cookie),
          body: JSON.stringify({ reason: "misura" }),
        });
        if (!answer.ok) throw new Error(`${verb}: ${answer.status} ${await answer.text()}`);
      };
      if ((await work()) !== 200) throw new Error("the delegate does not work before the revocation");
      const began = performance.now();
      let answered = 0;
      // Half are suspended and resumed, so that the same twenty serve again; the last time each is revoked for good.
      const last = n >= ROUNDS - 20;
      const moving = move(last ? "revocation" : "suspension").then(() => {
        answered = performance.now();
      });
      while ((await work()) === 200)
        if (performance.now() - began > 10_000) throw new Error("still let in after ten seconds");
      const refused = performance.now();
      await moving;
      times.push(refused - began);
      afterAnswer.push(Math.max(0, refused - answered));
      if (!last) await move("resumption");
    }
    return {
      measure: "revocation",
      value: round(median(times), 1),
      unit: "ms",
      conditions: `median of ${ROUNDS} from sending the act to one process until another refuses (highest ${round(Math.max(...times), 1)}); after the act was answered ${round(median(afterAnswer), 1)} (highest ${round(Math.max(...afterAnswer), 1)}); partner ${partnerId.slice(-5)}, two server processes on PostgreSQL ${world.cluster.version} with fsync, requests one after the other`,
    };
  } finally {
    await there.stop();
  }
};
