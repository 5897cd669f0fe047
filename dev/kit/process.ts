/** Development tools never run in production: a forgotten one would let anybody in, or read everybody's mail. */
export function refuseProduction(name: string): void {
  if (process.env.NODE_ENV !== "production") return;
  process.stderr.write(`${name} is a development tool and does not run with NODE_ENV=production.\n`);
  process.exit(1);
}

export function requiredEnv(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name}.`);
  return value;
}

export function portEnv(name: string): number {
  const port = Number(process.env[name] ?? "0");
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${name} must be a port (0 = any free one).`);
  return port;
}

/** Runs until SIGTERM or SIGINT. The ready line is the only thing written on stdout: whoever started us waits for it. */
export async function runUntilStopped<T extends { close(): Promise<void> }>(
  start: () => Promise<T>,
  readyLine: (started: T) => Record<string, unknown>,
): Promise<void> {
  let started: T;
  try {
    started = await start();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  // Before the ready line: whoever reads it may stop us at once.
  const end = () => void started.close().finally(() => process.exit(0));
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  process.stdout.write(`${JSON.stringify({ ready: true, ...readyLine(started) })}\n`);
}
