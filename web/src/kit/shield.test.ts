import { expect, test } from "vitest";
import { shieldOf } from "./shield.ts";

test("the same tax code always has the same shield", () => {
  expect(shieldOf("99900001373")).toEqual(shieldOf("99900001373"));
});

test("codes that follow each other do not all look alike, and all thirty-six shields are used", () => {
  const drawn = new Set(Array.from({ length: 2000 }, (_, n) => JSON.stringify(shieldOf(String(99900000000 + n)))));
  expect(drawn.size).toBe(36);
});
