/**
 * A table as a spreadsheet of this country opens it: semicolons, a mark of order in front, every cell in quotes. A cell that a
 * spreadsheet would take for a formula gets an apostrophe (OWASP, CSV injection): names are typed by people.
 */
export const csv = (rows: readonly (readonly string[])[]): string =>
  `${CSV_START}${rows.map((row) => csvLine(row)).join("")}`;

export const CSV_START = "\ufeff";
/** One line of it, for who streams; with commas it is RFC 4180 to the letter. */
export const csvLine = (row: readonly string[], separator: ";" | "," = ";"): string =>
  `${row.map(cell).join(separator)}\r\n`;

const cell = (text: string): string => {
  const line = text.replace(/[\r\n\t]+/g, " ");
  return `"${(/^[=+\-@＝＋－＠]/.test(line.trimStart()) ? `'${line}` : line).replaceAll('"', '""')}"`;
};
