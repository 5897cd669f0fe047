import { expect, test } from "vitest";
import { uploadRoom } from "./upload-room.ts";

const soon = () => new Promise((resolve) => setImmediate(resolve));
const codeOf = (entering: Promise<unknown>) =>
  entering.then(
    () => "in",
    (problem: { code: string }) => problem.code,
  );

test("files beyond the room wait in order, and enter as others leave", async () => {
  const room = uploadRoom({ bytes: 10, waiting: 10, milliseconds: 60_000 });
  const entered: string[] = [];
  const enter = async (name: string, bytes: number) => {
    const leave = await room.enter(bytes);
    entered.push(name);
    return leave;
  };
  const first = await enter("first", 6);
  const large = enter("large", 8);
  const small = enter("small", 2);
  await soon();
  // The small one would fit, and still waits behind the large one.
  expect(entered).toEqual(["first"]);
  first();
  first();
  await soon();
  expect(entered).toEqual(["first", "large", "small"]);
  (await large)();
  (await small)();
  // Larger than all the room: it has all of it, alone.
  const whole = await enter("whole", 50);
  const next = enter("next", 1);
  await soon();
  expect(entered.at(-1)).toBe("whole");
  whole();
  (await next)();
});

test("a full queue and a long wait are refused, and take no room with them", async () => {
  const room = uploadRoom({ bytes: 1, waiting: 1, milliseconds: 20 });
  const leave = await room.enter(1);
  const waiting = codeOf(room.enter(1));
  expect(await codeOf(room.enter(1))).toBe("temporarily-unavailable");
  expect(await waiting).toBe("temporarily-unavailable");
  leave();
  expect(await codeOf(room.enter(1))).toBe("in");
});
