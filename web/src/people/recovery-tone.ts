import type { Recovery } from "@area/api";
import type { Tone } from "../kit/pieces.tsx";

export const recoveryTone: Record<Recovery["state"], Tone> = {
  open: "attention",
  waiting: "progress",
  completed: "positive",
  stopped: "neutral",
  expired: "neutral",
};
