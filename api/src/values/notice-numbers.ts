/**
 * Notice numbers and the IUV within them (SANP, "numero avviso"): 18 digits, of which the first is the aux digit.
 *   aux digit 3: 3, segregation code (2), base (13), check digits (2); the IUV is the last 17
 *   aux digit 0: 0, application code (2), base (13), check digits (2); the IUV is the last 15 (no longer given to new stations)
 * The check is the number in front of it, aux digit included, modulo 93.
 */
export const NOTICE_BASE_DIGITS = 13;
export const HIGHEST_NOTICE_BASE = 10 ** NOTICE_BASE_DIGITS - 1;

export type NoticeKind = { auxDigit: 3; segregationCode: string } | { auxDigit: 0; applicationCode: string };
const codeOf = (kind: NoticeKind): string => (kind.auxDigit === 3 ? kind.segregationCode : kind.applicationCode);

const checkOf = (front: string): string => String(Number(BigInt(front) % 93n)).padStart(2, "0");

/** The notice number and IUV of a base, which a sequence of the institution gives: never a clock, which repeats itself. */
export const noticeOf = (kind: NoticeKind, base: number | bigint): { noticeNumber: string; iuv: string } => {
  const code = codeOf(kind);
  if (!/^\d{2}$/.test(code)) throw new RangeError("a code has two digits");
  if (BigInt(base) < 0n || BigInt(base) > BigInt(HIGHEST_NOTICE_BASE))
    throw new RangeError("a base has thirteen digits");
  const front = `${kind.auxDigit}${code}${String(base).padStart(NOTICE_BASE_DIGITS, "0")}`;
  const noticeNumber = front + checkOf(front);
  return { noticeNumber, iuv: noticeNumber.slice(kind.auxDigit === 3 ? 1 : 3) };
};

/** What a notice number says, or null where its form or its check digits do not hold. */
export const readNotice = (noticeNumber: string): (NoticeKind & { base: string; iuv: string }) | null => {
  if (!/^[03]\d{17}$/.test(noticeNumber)) return null;
  const front = noticeNumber.slice(0, 16);
  if (checkOf(front) !== noticeNumber.slice(16)) return null;
  const code = front.slice(1, 3);
  const base = front.slice(3);
  return noticeNumber.startsWith("3")
    ? { auxDigit: 3, segregationCode: code, base, iuv: noticeNumber.slice(1) }
    : { auxDigit: 0, applicationCode: code, base, iuv: noticeNumber.slice(3) };
};
