import type { RegionCode } from "./geographic-areas.ts";

/** The first two digits of a CAP tell the region of a seat: each range of them lies in one (Poste Italiane, codici di avviamento postale). */
const starts: readonly [from: number, to: number, region: RegionCode][] = [
  [0, 4, "12"],
  [5, 6, "10"],
  [7, 9, "20"],
  [10, 10, "01"],
  [11, 11, "02"],
  [12, 15, "01"],
  [16, 19, "07"],
  [20, 27, "03"],
  [28, 28, "01"],
  [29, 29, "08"],
  [30, 32, "05"],
  [33, 34, "06"],
  [35, 37, "05"],
  [38, 39, "04"],
  [40, 44, "08"],
  [45, 45, "05"],
  [46, 46, "03"],
  [47, 48, "08"],
  [50, 59, "09"],
  [60, 63, "11"],
  [64, 67, "13"],
  [70, 74, "16"],
  [75, 75, "17"],
  [76, 76, "16"],
  [80, 84, "15"],
  [85, 85, "17"],
  [86, 86, "14"],
  [87, 89, "18"],
  [90, 98, "19"],
];

/** The region where a CAP is, or null when it is not one of Italy. */
export const regionOfZipCode = (zipCode: string): RegionCode | null => {
  if (!/^\d{5}$/.test(zipCode)) return null;
  const start = Number(zipCode.slice(0, 2));
  return starts.find(([from, to]) => start >= from && start <= to)?.[2] ?? null;
};
