import { api, isProblem } from "@area/api";
import { useCallback, useEffect, useRef, useState } from "react";
import { call, keyOf, queries } from "../kit/call.ts";
import type { Draft, DraftContent } from "./content.ts";

/** How the draft is doing, as the bar tells it. */
export type Saving =
  | { state: "none" }
  | { state: "saved"; at: string }
  | { state: "saving" }
  | { state: "failed" }
  | { state: "stale" }
  | { state: "refused"; error: unknown };

const WAITS = [3_000, 8_000, 20_000, 60_000];

/**
 * Saves one version after the other, never two at once: what is typed while a save runs goes with the next.
 * What cannot be saved now is kept and tried again; a lost race stops here until the person chooses.
 */
export const useDraftSaving = (draft: Draft | null) => {
  const [saving, setSaving] = useState<Saving>(draft ? { state: "saved", at: draft.savedAt } : { state: "none" });
  const version = useRef(draft?.version ?? 0);
  const waiting = useRef<DraftContent | null>(null);
  const running = useRef(false);
  const tries = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stopped = useRef(false);
  const last = useRef<string | null>(null);
  const draftId = draft?.id;

  const run = useCallback(async (): Promise<boolean> => {
    if (!draftId || running.current || stopped.current) return false;
    clearTimeout(timer.current);
    running.current = true;
    let kept = true;
    while (waiting.current && kept) {
      const content = waiting.current;
      waiting.current = null;
      setSaving({ state: "saving" });
      try {
        const saved = await call(api.onboarding.drafts.save, {
          params: { draftId },
          body: content,
          version: version.current,
        });
        version.current = saved.version;
        tries.current = 0;
        queries.setQueryData(keyOf(api.onboarding.drafts.read, { params: { draftId } }), saved);
        void queries.invalidateQueries({ queryKey: keyOf(api.onboarding.drafts.list) });
        setSaving({ state: "saved", at: saved.savedAt });
      } catch (error) {
        kept = false;
        waiting.current ??= content;
        if (isProblem(error) && error.code === "version-stale") setSaving({ state: "stale" });
        else if (isProblem(error) && error.status < 500 && error.status !== 429 && error.status !== 401)
          setSaving({ state: "refused", error });
        else {
          setSaving({ state: "failed" });
          const wait = WAITS[Math.min(tries.current, WAITS.length - 1)];
          tries.current += 1;
          timer.current = setTimeout(() => void run(), wait);
        }
      }
    }
    running.current = false;
    return kept;
  }, [draftId]);

  /** Keeps this content if it is not what was kept last. */
  const save = useCallback(
    (content: DraftContent): Promise<boolean> => {
      const text = JSON.stringify(content);
      if (text === last.current) return Promise.resolve(true);
      last.current = text;
      waiting.current = content;
      return run();
    },
    [run],
  );

  /** After a lost race: what is here replaces what the colleague saved. */
  const keepMine = useCallback(
    async (content: DraftContent) => {
      if (!draftId) return;
      const theirs = await call(api.onboarding.drafts.read, { params: { draftId } });
      version.current = theirs.version;
      waiting.current = content;
      last.current = JSON.stringify(content);
      await run();
    },
    [draftId, run],
  );

  const stop = useCallback(() => {
    stopped.current = true;
    waiting.current = null;
    clearTimeout(timer.current);
  }, []);

  useEffect(() => {
    const back = () => void run();
    const leaving = (event: BeforeUnloadEvent) => {
      if (waiting.current && !stopped.current) event.preventDefault();
    };
    addEventListener("online", back);
    addEventListener("beforeunload", leaving);
    return () => {
      removeEventListener("online", back);
      removeEventListener("beforeunload", leaving);
      clearTimeout(timer.current);
    };
  }, [run]);

  return { saving, save, keepMine, stop };
};
