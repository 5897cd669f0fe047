/**
 * A table as a spreadsheet of this country opens it (RFC 4180, with semicolons and a mark of order). A cell that a spreadsheet
 * would take for a formula gets an apostrophe (OWASP, CSV injection): what stands in it was typed by people.
 */
export const csvFile = (rows: readonly (readonly (string | number | null)[])[]): Blob =>
  new Blob([`\ufeff${rows.map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`], { type: "text/csv" });

const cell = (value: string | number | null): string => {
  const line = String(value ?? "").replace(/[\r\n\t]+/g, " ");
  return `"${(/^[=+\-@＝＋－＠]/.test(line.trimStart()) ? `'${line}` : line).replaceAll('"', '""')}"`;
};
