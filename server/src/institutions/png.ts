import { crc32, deflateSync, inflateSync } from "node:zlib";

/*
 * A logo comes from outside and is shown to everybody: it is taken apart, its pixels are counted, and it is written anew with
 * nothing but its pixels. No text, no profile, no hidden file behind the end gets through. PNG, second edition (ISO/IEC 15948).
 */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Samples of one pixel by colour type, and the depths that each allows. */
const CHANNELS: Record<number, { samples: number; depths: number[] }> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

export type Png = { width: number; height: number; bytes: Buffer };
export type PngFault = "image-not-png" | "image-damaged" | { width: number; height: number };

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

/** The sizes of the rows, pass by pass: what the pixels must come to, to the byte. */
const rowsOf = (width: number, height: number, bits: number, interlaced: boolean): number[] => {
  const passes = interlaced
    ? ADAM7.map(([x, y, dx, dy]) => [Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)] as const)
    : [[width, height] as const];
  return passes.flatMap(([w, h]) =>
    w > 0 ? Array.from({ length: Math.max(h, 0) }, () => 1 + Math.ceil((w * bits) / 8)) : [],
  );
};

/** Reads a square PNG whose side is within bounds, and writes it anew; else says what is wrong. */
export const cleanPng = (file: Buffer, side: { least: number; most: number }): Png | PngFault => {
  if (!file.subarray(0, 8).equals(SIGNATURE)) return "image-not-png";
  let at = 8;
  let header: Buffer | null = null;
  let palette: Buffer | null = null;
  let transparency: Buffer | null = null;
  const pixels: Buffer[] = [];
  let ended = false;
  while (at + 12 <= file.length && !ended) {
    const length = file.readUInt32BE(at);
    if (length > file.length - at - 12) return "image-damaged";
    const type = file.toString("latin1", at + 4, at + 8);
    const data = file.subarray(at + 8, at + 8 + length);
    if (crc32(file.subarray(at + 4, at + 8 + length)) !== file.readUInt32BE(at + 8 + length)) return "image-damaged";
    at += 12 + length;
    if (header === null && type !== "IHDR") return "image-damaged";
    if (type === "IHDR") {
      if (header || length !== 13) return "image-damaged";
      header = data;
    } else if (type === "PLTE") {
      if (palette || pixels.length > 0 || length === 0 || length > 768 || length % 3 !== 0) return "image-damaged";
      palette = data;
    } else if (type === "tRNS") transparency = data;
    else if (type === "IDAT") pixels.push(data);
    else if (type === "IEND") ended = true;
    // What must be understood to show the picture, and is not known.
    else if ((type.charCodeAt(0) & 0x20) === 0) return "image-damaged";
  }
  if (!header || !ended || pixels.length === 0) return "image-damaged";
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colour, compression, filter, interlace] = [...header.subarray(8)] as [
    number,
    number,
    number,
    number,
    number,
  ];
  // Before any pixel is unpacked: a picture that unpacks to gigabytes is refused by its header.
  if (width !== height || width < side.least || width > side.most) return { width, height };
  const channels = CHANNELS[colour];
  if (!channels?.depths.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) return "image-damaged";
  if ((colour === 3) !== (palette !== null) && colour !== 2 && colour !== 6) return "image-damaged";
  const alpha = transparency && { 0: 2, 2: 6, 3: (palette?.length ?? 0) / 3 }[colour];
  if (
    transparency &&
    (alpha === undefined ||
      alpha === null ||
      (colour === 3 ? transparency.length > alpha : transparency.length !== alpha))
  )
    return "image-damaged";
  const rows = rowsOf(width, height, depth * channels.samples, interlace === 1);
  const size = rows.reduce((sum, row) => sum + row, 0);
  let raw: Buffer;
  try {
    raw = inflateSync(Buffer.concat(pixels), { maxOutputLength: size + 1 });
  } catch {
    return "image-damaged";
  }
  if (raw.length !== size) return "image-damaged";
  for (let row = 0, start = 0; row < rows.length; start += rows[row]!, row++)
    if (raw[start]! > 4) return "image-damaged";
  return {
    width,
    height,
    bytes: Buffer.concat([
      SIGNATURE,
      chunk("IHDR", Buffer.from(header)),
      ...(palette ? [chunk("PLTE", Buffer.from(palette))] : []),
      ...(transparency ? [chunk("tRNS", Buffer.from(transparency))] : []),
      chunk("IDAT", deflateSync(raw, { level: 9 })),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  };
};
