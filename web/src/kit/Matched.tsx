import { matched } from "./matched.ts";

/** A text with what was searched for marked in it. */
export const Matched = ({ text, search }: { text: string; search: string }) => (
  <>
    {matched(text, search).map((piece, n) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
      piece.hit ? <mark key={n}>{piece.text}</mark> : <span key={n}>{piece.text}</span>,
    )}
  </>
);
