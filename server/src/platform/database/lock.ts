import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Who holds an embedded data directory, and how to speak to them: two processes on one directory would corrupt it. */
export type Holder = { pid: number; since: string; control?: { port: number; secret: string } };

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

const fileIn = (directory: string) => join(directory, "holder.json");

export const holderOf = (directory: string): Holder | null => {
  if (!existsSync(fileIn(directory))) return null;
  try {
    const holder = JSON.parse(readFileSync(fileIn(directory), "utf8")) as Holder;
    return alive(holder.pid) ? holder : null;
  } catch {
    return null;
  }
};

/** Takes the directory or answers who has it. A lock left by a killed process is taken over. */
export const holdDirectory = (
  directory: string,
): { held: true; announce(control: Holder["control"]): void; release(): void } | { held: false; holder: Holder } => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const mine: Holder = { pid: process.pid, since: new Date().toISOString() };
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(fileIn(directory), JSON.stringify(mine), { flag: "wx", mode: 0o600 });
      const release = () => {
        if (holderOf(directory)?.pid === process.pid) rmSync(fileIn(directory), { force: true });
      };
      process.once("exit", release);
      return {
        held: true,
        announce: (control) => writeFileSync(fileIn(directory), JSON.stringify({ ...mine, control }), { mode: 0o600 }),
        release,
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = holderOf(directory);
      if (holder && holder.pid !== process.pid) return { held: false, holder };
      rmSync(fileIn(directory), { force: true });
    }
  }
  throw new Error(`${directory} could not be locked`);
};
