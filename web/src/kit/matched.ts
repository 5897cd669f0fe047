/** A piece of a text, and whether it is what was looked for. */
export type Piece = { text: string; hit: boolean };

const plain = (text: string): string =>
  [...text].map((c) => c.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().charAt(0) || c).join("");

/** Marks in a text the beginnings of words, or of the whole code, that were searched for. Accents and capitals do not count. */
export const matched = (text: string, search: string): Piece[] => {
  const characters = [...text];
  const low = plain(text);
  const hits = new Array<boolean>(characters.length).fill(false);
  for (const word of plain(search.trim())
    .split(/\s+/)
    .filter((w) => w.length > 0)) {
    for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, at + 1)) {
      if (at > 0 && /[\p{L}\p{N}]/u.test(low[at - 1]!)) continue;
      hits.fill(true, at, at + word.length);
    }
  }
  const pieces: Piece[] = [];
  characters.forEach((character, n) => {
    const last = pieces.at(-1);
    if (last && last.hit === hits[n]) last.text += character;
    else pieces.push({ text: character, hit: hits[n]! });
  });
  return pieces;
};
