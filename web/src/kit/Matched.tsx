import { matched } from "./matched.ts";

/** A text with what was searched for marked in it. */
export const Matched = ({ text, search }: { text: string; search: string }) => (
  <>
    {matched(text, search).map((piece, n) =>
      piece.hit ? <mark key={n}>{piece.text}</mark> : <span key={n}>{piece.text}</span>,
    )}
  </>
);
