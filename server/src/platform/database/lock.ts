import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Who holds an embedded data directory, and how to speak to them: two processes on one directory would corrupt it.
 * `born` tells the process from a later one of the same number, where the system says when a process began (Linux).
 */
export type Holder = { pid: number; born?: string; since: string; control?: { port: number; secret: string } };

/** State and start of a process from /proc (proc(5): fields 3 and 22), or null where there is no such file. */
const processOf = (pid: number): { state: string; born: string } | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets, which may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", born: fields[19] ?? "" };
  } catch {
    return null;
  }
};

const alive = ({ pid, born }: Holder): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const found = processOf(pid);
  if (!found) return true;
  // Ended but not yet waited for by its parent: it answers to signals and holds nothing.
  if (found.state === "Z" || found.state === "X") return false;
  return born === undefined || born === found.born;
};

const fileIn = (directory: string) => join(directory, "holder.json");

export const holderOf = (directory: string): Holder | null => {
  if (!existsSync(fileIn(directory))) return null;
  try {
    const holder = JSON.parse(readFileSync(fileIn(directory), "utf8")) as Holder;
    return alive(holder) ? holder : null;
  } catch {
    return null;
  }
};

/** Takes the directory or answers who has it. A lock left by a killed process is taken over. */
export const holdDirectory = (
  directory: string,
): { held: true; announce(control: Holder["control"]): void; release(): void } | { held: false; holder: Holder } => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const born = processOf(process.pid)?.born;
  const mine: Holder = { pid: process.pid, ...(born ? { born } : {}), since: new Date().toISOString() };
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
