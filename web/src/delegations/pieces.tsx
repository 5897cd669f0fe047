import type { Delegation, DelegationState } from "@area/api";
import { Chip, type Tone } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { useFindingTitle } from "./FindingTitle.tsx";
import { useDelegationWords } from "./words.tsx";

export const delegationTone: Record<DelegationState, Tone> = {
  offered: "progress",
  asked: "progress",
  active: "positive",
  suspended: "attention",
  refused: "neutral",
  withdrawn: "neutral",
  revoked: "critical",
  expired: "neutral",
};
export const StateChip = ({ state }: { state: DelegationState }) => (
  <Chip tone={delegationTone[state]}>{useDelegationWords().states[state]}</Chip>
);

type Task = Delegation["tasks"][number];
/** What is open, as a sentence, and until when. */
export const useTask = () => {
  const words = useDelegationWords();
  const { day } = useWords();
  const finding = useFindingTitle();
  return (one: Task, productTitle: string): { text: string; due: string | null } => ({
    text:
      one.task === "finding"
        ? `${finding(one.finding ?? "", { productTitle, environment: one.environment })} (${words.inHandsOf[one.side]})`
        : (words.tasks[one.task]?.[one.side] ?? one.task),
    due: one.dueAt ? words.due(day(one.dueAt)) : null,
  });
};

/** From and until, in words. */
export const useDates = () => {
  const words = useDelegationWords();
  const { day } = useWords();
  return (d: { beginsAt: string | null; endsAt: string | null }): string =>
    [d.beginsAt ? words.since(day(d.beginsAt)) : "", d.endsAt ? words.until(day(d.endsAt)) : words.noEnd]
      .filter(Boolean)
      .join(", ");
};
