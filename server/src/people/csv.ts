/**
 * A table as a spreadsheet of this country opens it: semicolons, a mark of order in front, every cell in quotes. A cell that a
 * spreadsheet would take for a formula gets an apostrophe (OWASP, CSV injection): names are typed by people.
 */
export const csv = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;

const cell = (text: string): string => {
  const line = text.replace(/[\r\n\t]+/g, " ");
  return `"${(/^[=+\-@＝＋－＠]/.test(line.trimStart()) ? `'${line}` : line).replaceAll('"', '""')}"`;
};
