import type { InboxKind } from "@area/api";
import type { ScreenWords } from "./screens/it.ts";

/** The sentence of a line of the inbox, the same on the screen and in the mail. */
export const inboxSentence = (
  screens: ScreenWords,
  item: { kind: InboxKind; facts: Record<string, unknown> },
): { title: string; why: string; act: string } => {
  const { finding, profile } = item.facts;
  const facts = {
    ...item.facts,
    profileName:
      typeof profile === "string" && profile in screens.profiles
        ? screens.profiles[profile as keyof ScreenWords["profiles"]]
        : profile,
  };
  const words =
    item.kind === "finding"
      ? screens.findings[finding as keyof ScreenWords["findings"]]
      : screens.inbox.kinds[item.kind];
  return { title: words.title(facts), why: words.why(facts), act: words.act };
};
