import { describe, expect, it } from "vitest";
import { dayOf, fromDay, today, untilDay } from "./dates.ts";

describe("days of Rome", () => {
  it("end with the last second, in winter and in summer", () => {
    expect(untilDay("2026-11-27")).toBe("2026-11-27T22:59:59.000Z");
    expect(untilDay("2027-07-01")).toBe("2027-07-01T21:59:59.000Z");
    // The nights on which the clocks move.
    expect(untilDay("2027-03-28")).toBe("2027-03-28T21:59:59.000Z");
    expect(untilDay("2026-10-25")).toBe("2026-10-25T22:59:59.000Z");
    expect(untilDay("")).toBeNull();
  });
  it("begin with the first, and today is now", () => {
    expect(fromDay("2099-03-28")).toBe("2099-03-27T23:00:00.000Z");
    expect(fromDay("2099-07-01")).toBe("2099-06-30T22:00:00.000Z");
    expect(fromDay(today())).toBeUndefined();
    expect(dayOf("2026-11-27T22:59:59.000Z")).toBe("2026-11-27");
    expect(dayOf("2026-11-27T23:00:00.000Z")).toBe("2026-11-28");
  });
});
