import type { FindingKind } from "@area/api";
import { useWords } from "../kit/words.tsx";

/** A finding of somebody else's: its kind gives the sentence, and no fact of theirs is told. */
export const useFindingTitle = () => {
  const { screens } = useWords();
  return (kind: string, facts: Record<string, unknown> = {}): string =>
    kind in screens.findings ? screens.findings[kind as FindingKind].title(facts) : kind;
};
