import { expect, test } from "vitest";
import { matched } from "./matched.ts";

const marked = (text: string, search: string) =>
  matched(text, search)
    .map((p) => (p.hit ? `[${p.text}]` : p.text))
    .join("");

test("the beginnings of words are marked, without regard to accents and capitals", () => {
  expect(marked("Comune di Forlì", "com forli")).toBe("[Com]une di [Forlì]");
  expect(marked("Città di Castello", "citta")).toBe("[Città] di Castello");
});
test("the middle of a word is not", () => {
  expect(marked("Comune di Roma", "oma")).toBe("Comune di Roma");
});
test("codes are marked from their start", () => {
  expect(marked("99900001373", "999000")).toBe("[999000]01373");
});
test("nothing searched, nothing marked", () => {
  expect(matched("Roma", " ")).toEqual([{ text: "Roma", hit: false }]);
});
