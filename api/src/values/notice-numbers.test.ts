import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  freeSegregationCodes,
  HIGHEST_NOTICE_BASE,
  noticeOf,
  offeredSegregationCodes,
  readNotice,
  reservedSegregationCodes,
  wiredSegregationCodes,
} from "./index.ts";

const twoDigits = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, "0"));
const base = fc.bigInt({ min: 0n, max: BigInt(HIGHEST_NOTICE_BASE) });

describe("a notice number", () => {
  it("has the check digits of the documented examples", () => {
    const check = (segregationCode: string, n: bigint) =>
      noticeOf({ auxDigit: 3, segregationCode }, n).noticeNumber.slice(-2);
    expect(noticeOf({ auxDigit: 3, segregationCode: "47" }, 1n)).toEqual({
      noticeNumber: "347000000000000124",
      iuv: "47000000000000124",
    });
    expect(check("03", 1_234_567_890_123n)).toBe("03");
    expect(check("00", 9_999_999_999_999n)).toBe("42");
  });

  it("is read back as it was made, and no single digit of it can change unseen", () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 3), twoDigits, base, (aux, code, n) => {
        const kind =
          aux === 3
            ? ({ auxDigit: 3, segregationCode: code } as const)
            : ({ auxDigit: 0, applicationCode: code } as const);
        const { noticeNumber, iuv } = noticeOf(kind, n);
        expect(noticeNumber).toMatch(/^\d{18}$/);
        expect(iuv).toHaveLength(aux === 3 ? 17 : 15);
        expect(readNotice(noticeNumber)).toMatchObject({ ...kind, base: String(n).padStart(13, "0"), iuv });
        // Beyond the aux digit, which says of which kind it is: 93 shares no factor with 10, so each digit counts.
        for (let i = 1; i < 16; i++) {
          const other = String((Number(noticeNumber[i]) + 1) % 10);
          expect(readNotice(noticeNumber.slice(0, i) + other + noticeNumber.slice(i + 1))).toBeNull();
        }
      }),
    );
  });

  it("differs for different bases and codes: a sequence never gives the same twice", () => {
    fc.assert(
      fc.property(twoDigits, twoDigits, base, base, (a, b, n, m) => {
        fc.pre(a !== b || n !== m);
        expect(noticeOf({ auxDigit: 3, segregationCode: a }, n).noticeNumber).not.toBe(
          noticeOf({ auxDigit: 3, segregationCode: b }, m).noticeNumber,
        );
      }),
    );
  });

  it("is refused beyond its digits", () => {
    expect(() => noticeOf({ auxDigit: 3, segregationCode: "00" }, HIGHEST_NOTICE_BASE + 1)).toThrow();
    expect(() => noticeOf({ auxDigit: 3, segregationCode: "0" }, 1)).toThrow();
    for (const wrong of ["", "1", "347000000000000125", "147000000000000124", "3470000000000001240"])
      expect(readNotice(wrong)).toBeNull();
  });
});

describe("segregation codes", () => {
  it("run from 00 to 45; three bodies have one of their own and no other", () => {
    expect(offeredSegregationCodes("15376371009")).toHaveLength(46);
    expect([offeredSegregationCodes("15376371009")[0], offeredSegregationCodes("15376371009").at(-1)]).toEqual([
      "00",
      "45",
    ]);
    expect(offeredSegregationCodes("02438750586")).toEqual(["49"]);
    expect(offeredSegregationCodes("00493410583")).toEqual(["96"]);
    expect(offeredSegregationCodes("01484460587")).toEqual(["97"]);
    expect(freeSegregationCodes("02438750586", ["49"])).toEqual([]);
  });

  it("that are free are offered, not reserved, and used in neither column", () => {
    fc.assert(
      fc.property(
        fc.array(twoDigits),
        fc.constantFrom("15376371009", ...Object.keys(wiredSegregationCodes)),
        (used, taxCode) => {
          const free = freeSegregationCodes(taxCode, used);
          const offered = offeredSegregationCodes(taxCode);
          expect(free.every((c) => offered.includes(c) && !used.includes(c))).toBe(true);
          expect(free.some((c) => (reservedSegregationCodes as readonly string[]).includes(c))).toBe(false);
          // None that could be given is kept back.
          expect(offered.filter((c) => !free.includes(c)).every((c) => used.includes(c))).toBe(true);
        },
      ),
    );
  });
});
