import { crc32, deflateSync } from "node:zlib";

export const chunkOf = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** A square picture of one colour, right unless something is asked to be wrong. */
export const pngOf = (p: {
  size: number;
  colour?: number;
  interlaced?: boolean;
  claims?: { width: number; height: number };
  extra?: [string, Buffer][];
  pixels?: Buffer;
  filter?: number;
  withoutPalette?: boolean;
}): Buffer => {
  const colour = p.colour ?? 2;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(p.claims?.width ?? p.size);
  header.writeUInt32BE(p.claims?.height ?? p.size, 4);
  header.set([8, colour, 0, 0, p.interlaced ? 1 : 0], 8);
  const passes = p.interlaced
    ? [
        [0, 0, 8, 8],
        [4, 0, 8, 8],
        [0, 4, 4, 8],
        [2, 0, 4, 4],
        [0, 2, 2, 4],
        [1, 0, 2, 2],
        [0, 1, 1, 2],
      ].map(([x, y, dx, dy]) => [Math.ceil((p.size - x!) / dx!), Math.ceil((p.size - y!) / dy!)])
    : [[p.size, p.size]];
  const rows = passes.map(([w, h]) => {
    const row = Buffer.alloc(1 + w! * SAMPLES[colour]!, colour === 3 ? 1 : 120);
    row[0] = p.filter ?? 0;
    return Buffer.concat(Array.from({ length: h! }, () => row));
  });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunkOf("IHDR", header),
    ...(colour === 3 && !p.withoutPalette ? [chunkOf("PLTE", Buffer.from([0, 0, 0, 42, 95, 214]))] : []),
    ...(p.extra ?? []).map(([type, data]) => chunkOf(type, data)),
    chunkOf("IDAT", p.pixels ?? deflateSync(Buffer.concat(rows))),
    chunkOf("IEND", Buffer.alloc(0)),
  ]);
};
