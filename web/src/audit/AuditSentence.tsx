import { type AnswerOf, api, type EventType, type Permission } from "@area/api";
import type { ScreenWords } from "@area/words/screens/it";
import { useCall } from "../kit/call.ts";
import { Chip } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";

export type AuditLine = AnswerOf<typeof api.audit.trail>["items"][number];

/** The sentence of a line. A fact this page does not know yet is still told, by its name. */
export const sentenceOf = (screens: ScreenWords, line: AuditLine, titleOf: (productId: string) => string): string => {
  const { audit, profiles } = screens;
  if (line.outcome === "refused") {
    // What was tried, in the words of the permission that it needed.
    const permission = screens.kit.permissionName[line.facts["permission"] as Permission] as string | undefined;
    return audit.refusedAct(permission ?? line.action);
  }
  if (line.action === "staff.institution.read") return audit.staffRead;
  const words: ((facts: Record<string, unknown>) => string) | undefined = audit.events[line.action as EventType];
  if (!words) return audit.other(line.action);
  const { productId, profile } = line.facts;
  return words({
    ...line.facts,
    subject: line.subject,
    onInstitution: productId === "institution",
    productId: typeof productId === "string" ? titleOf(productId) : "",
    profileName:
      typeof profile === "string" && profile in profiles ? profiles[profile as keyof typeof profiles] : profile,
  });
};

export const AuditSentence = ({ line }: { line: AuditLine }) => {
  const { screens } = useWords();
  const { audit } = screens;
  const products = useCall(api.products.list, {});
  const who =
    line.actor.kind === "system"
      ? audit.system
      : line.actor.kind === "link"
        ? audit.link
        : line.actor.kind === "staff"
          ? (line.actor.name ?? audit.staff)
          : (line.actor.name ?? audit.someone);
  return (
    <span>
      {line.outcome === "refused" ? (
        <>
          <Chip tone="critical">{audit.refused}</Chip>{" "}
        </>
      ) : null}
      {sentenceOf(screens, line, (id) => products.data?.items.find((p) => p.id === id)?.title ?? id)}
      <small>
        {who}
        {line.actor.partner ? ` ${screens.mandates.by} ${line.actor.partner}` : ""}
      </small>
    </span>
  );
};
