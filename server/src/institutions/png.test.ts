import { crc32, deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { cleanPng } from "./png.ts";
import { chunkOf, pngOf } from "./testing/png.ts";

const LOGO = { least: 300, most: 400 };
const clean = (file: Buffer) => cleanPng(file, LOGO);
const written = (file: Buffer) => {
  const out = clean(file);
  if (typeof out === "string" || !("bytes" in out)) throw new Error(`refused: ${JSON.stringify(out)}`);
  return out.bytes;
};
const SECRET = Buffer.from("<script>alert(1)</script> GPS 41.9, 12.5");

describe("a picture from outside", () => {
  it("is written anew with its pixels and nothing else, and comes to rest", () => {
    for (const colour of [0, 2, 3, 4, 6])
      for (const interlaced of [false, true]) {
        const file = pngOf({ size: 320, colour, interlaced });
        const once = written(file);
        expect(once.equals(written(once))).toBe(true);
        expect(once.subarray(0, 8).equals(file.subarray(0, 8))).toBe(true);
      }
    const withExtras = pngOf({
      size: 300,
      extra: [
        ["tEXt", SECRET],
        ["eXIf", SECRET],
        ["iCCP", SECRET],
      ],
    });
    const hidden = Buffer.concat([withExtras, SECRET]);
    expect(written(hidden).includes(SECRET)).toBe(false);
    expect(written(hidden).equals(written(pngOf({ size: 300 })))).toBe(true);
  });

  it("is refused when it is no PNG, whatever its name says", () => {
    for (const other of [
      Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
      Buffer.from([0xff, 0xd8, 0xff]),
      Buffer.from("GIF89a"),
      Buffer.alloc(0),
    ])
      expect(clean(other)).toBe("image-not-png");
  });

  it("is refused by its size, before any pixel is unpacked", () => {
    expect(clean(pngOf({ size: 299 }))).toEqual({ width: 299, height: 299 });
    expect(clean(pngOf({ size: 401 }))).toEqual({ width: 401, height: 401 });
    // A header that promises gigabytes, with a few bytes behind it.
    expect(clean(pngOf({ size: 300, claims: { width: 60_000, height: 60_000 } }))).toEqual({
      width: 60_000,
      height: 60_000,
    });
    expect(clean(pngOf({ size: 300, claims: { width: 400, height: 300 } }))).toEqual({ width: 400, height: 300 });
    expect(clean(pngOf({ size: 300 }))).toHaveProperty("bytes");
    expect(clean(pngOf({ size: 400 }))).toHaveProperty("bytes");
  });

  it("is refused when it is damaged, cut, or holds more or less than it says", () => {
    const file = pngOf({ size: 300 });
    for (const cut of [9, 20, 33, 40, file.length - 13, file.length - 1])
      expect(clean(file.subarray(0, cut)), `cut at ${cut}`).toBe("image-damaged");
    const flipped = Buffer.from(file);
    flipped[60] = flipped[60]! ^ 0xff;
    expect(clean(flipped)).toBe("image-damaged");
    expect(clean(pngOf({ size: 300, pixels: deflateSync(Buffer.alloc(50_000_000)) }))).toBe("image-damaged");
    expect(clean(pngOf({ size: 300, pixels: deflateSync(Buffer.alloc(10)) }))).toBe("image-damaged");
    expect(clean(pngOf({ size: 300, pixels: Buffer.from("not zlib") }))).toBe("image-damaged");
    expect(clean(pngOf({ size: 300, filter: 9 }))).toBe("image-damaged");
    expect(clean(pngOf({ size: 300, extra: [["ABCD", SECRET]] })), "an unknown critical chunk").toBe("image-damaged");
    expect(clean(pngOf({ size: 300, colour: 3, withoutPalette: true }))).toBe("image-damaged");
    const length = chunkOf("IHDR", Buffer.alloc(13));
    length.writeUInt32BE(0xffff_ffff);
    expect(clean(Buffer.concat([file.subarray(0, 8), length]))).toBe("image-damaged");
    expect(crc32(Buffer.from("IEND"))).toBe(0xae426082);
  });
});
