import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";

/*
 * The load, in a process of its own: keep-alive connections that send prepared bytes and read whole answers.
 * The parent sends jobs, one at a time; each answers how many were served, in how long, and how many went wrong.
 */
export type Job = { port: number; file: string; once: boolean; clients: number; seconds: number };
export type Load = { served: number; seconds: number; wrong: number; firstWrong: string | null; exhausted: boolean };

const files = new Map<string, { requests: Buffer[]; next: number }>();
const fileOf = (path: string) => {
  let file = files.get(path);
  if (!file) {
    file = { requests: (JSON.parse(readFileSync(path, "utf8")) as string[]).map((text) => Buffer.from(text)), next: 0 };
    files.set(path, file);
  }
  return file;
};

const HEAD_END = Buffer.from("\r\n\r\n");
const CHUNKS_END = Buffer.from("0\r\n\r\n");
/** Length of the whole answer at the start of `bytes`, or -1 while it is not all there. */
const answerLength = (bytes: Buffer): number => {
  const head = bytes.indexOf(HEAD_END);
  if (head < 0) return -1;
  const text = bytes.toString("latin1", 0, head).toLowerCase();
  const at = text.indexOf("content-length:");
  if (at >= 0) {
    const whole = head + 4 + Number.parseInt(text.slice(at + 15), 10);
    return bytes.length >= whole ? whole : -1;
  }
  if (!text.includes("transfer-encoding: chunked")) return head + 4;
  return bytes.subarray(-5).equals(CHUNKS_END) ? bytes.length : -1;
};

const run = (job: Job): Promise<Load> =>
  new Promise((done, failed) => {
    const file = fileOf(job.file);
    const load: Load = { served: 0, seconds: 0, wrong: 0, firstWrong: null, exhausted: false };
    const began = process.hrtime.bigint();
    const end = began + BigInt(Math.round(job.seconds * 1e9));
    let open = job.clients;
    const leave = (socket: Socket) => {
      socket.end();
      if (--open > 0) return;
      load.seconds = Number(process.hrtime.bigint() - began) / 1e9;
      done(load);
    };
    for (let c = 0; c < job.clients; c++) {
      const socket = connect({ port: job.port, host: "127.0.0.1", noDelay: true });
      let rest: Buffer | null = null;
      const send = () => {
        if (process.hrtime.bigint() >= end) return leave(socket);
        if (file.next >= file.requests.length) {
          if (job.once) {
            load.exhausted = true;
            return leave(socket);
          }
          file.next = 0;
        }
        socket.write(file.requests[file.next++]!);
      };
      socket.on("connect", send);
      socket.on("error", failed);
      socket.on("data", (chunk: Buffer) => {
        const bytes = rest ? Buffer.concat([rest, chunk]) : chunk;
        if (answerLength(bytes) < 0) {
          rest = bytes;
          return;
        }
        rest = null;
        load.served++;
        if (bytes.toString("latin1", 9, 12) !== "200") {
          load.wrong++;
          load.firstWrong ??= bytes.toString("utf8").slice(0, 1500);
        }
        send();
      });
    }
  });

process.on("message", (job: Job) => {
  run(job).then(
    (load) => process.send?.(load),
    (error: unknown) =>
      process.send?.({ served: 0, seconds: 1, wrong: 1, firstWrong: String(error), exhausted: false } satisfies Load),
  );
});
process.on("disconnect", () => process.exit(0));
