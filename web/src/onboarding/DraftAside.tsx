import { api, type Requirements } from "@area/api";
import { zodResolver } from "@hookform/resolvers/zod";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { keyOf, queries, useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Field } from "../kit/Field.tsx";
import { Icon, Sheet } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { say as announce } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import type { Draft, Typed, Wrong } from "./content.ts";
import { describeWrong } from "./describe-wrong.ts";
import { stepsOf } from "./needs.ts";

/** Beside the form: where I am, what comes next, who else may fill it in. */
export const DraftAside = ({
  typed,
  needs,
  step,
  furthest,
  wrong,
  days,
  draft,
  onDiscard,
}: {
  typed: Typed;
  needs: Requirements;
  step: number;
  furthest: number;
  wrong: Wrong[];
  days: number;
  draft: Draft | null;
  onDiscard: () => void;
}) => {
  const { screens } = useWords();
  const { aside: say, steps } = screens.onboarding;
  const told = (n: number): string =>
    n === 1
      ? screens.adhesion.kinds[needs.kind].name
      : n === 2 && typed.institution.name
        ? typed.institution.name
        : (steps[n - 1] ?? "");
  const under = (n: number, bad: number): string | null =>
    bad > 0 ? say.toMend(bad) : n === 4 && n > step ? say.manager : n === 5 && n > step ? say.administrators : null;
  return (
    <aside>
      <Sheet title={say.title}>
        <div className="body">
          <ul className="sum">
            {stepsOf(needs).map((n) => {
              const bad = n < furthest ? wrong.filter((w) => w.step === n).length : 0;
              const state = n === step ? "now" : bad > 0 ? "bad" : n < furthest ? "" : "next";
              const icon = state === "now" ? "arrow" : state === "bad" ? "alert" : state === "" ? "check" : "right";
              const small = under(n, bad);
              return (
                <li key={n} className={state || undefined}>
                  <Icon name={icon} />
                  <span>
                    {told(n)}
                    {small ? <small>{small}</small> : null}
                  </span>
                </li>
              );
            })}
          </ul>
          <p className="s muted">
            <b>{say.afterwards}</b>{" "}
            {needs.reviewed ? screens.adhesion.workflows[needs.workflow].how : say.afterwardsText(days)}
          </p>
        </div>
      </Sheet>
      {draft ? <HandOver draft={draft} onDiscard={onDiscard} /> : null}
    </aside>
  );
};

const HandOver = ({ draft, onDiscard }: { draft: Draft; onDiscard: () => void }) => {
  const words = useWords();
  const { screens, problems, day } = words;
  const { handOver: say, discard } = screens.onboarding;
  const text = useProblemText();
  const navigate = useNavigate();
  const [discarding, setDiscarding] = useState(false);
  // Handed over twice to the same address, it is told once.
  const handed = [...new Map(draft.handedTo.map((one) => [one.email, one])).keys()].map((email) => ({
    email,
    accepted: draft.handedTo.some((one) => one.email === email && one.accepted),
  }));
  const schema = api.onboarding.drafts.handOver.body;
  const form = useForm<{ email: string }>({
    defaultValues: { email: "" },
    mode: "onSubmit",
    reValidateMode: "onBlur",
    resolver: schema ? zodResolver(schema) : undefined,
  });
  const pass = useSend(api.onboarding.drafts.handOver, {
    onSuccess: (saved, { body }) => {
      queries.setQueryData(keyOf(api.onboarding.drafts.read, { params: { draftId: draft.id } }), saved);
      form.reset();
      announce(say.sent(body.email));
    },
    onError: (error) => form.setError("email", { type: "server", message: text(error).detail }),
  });
  const remove = useSend(api.onboarding.drafts.discard, {
    onSuccess: () => {
      onDiscard();
      void queries.invalidateQueries({ queryKey: keyOf(api.onboarding.drafts.list) });
      announce(discard.done);
      void navigate({ to: "/enti" });
    },
  });
  // The schema's own messages are English: the rule is worded here, like everywhere.
  const failed = form.formState.errors.email;
  if (failed && failed.type !== "server" && !failed.types?.mend) {
    const value = form.getValues("email");
    const code = value.trim() === "" ? "required" : /pec/i.test(value) ? "pec-not-personal" : "wrong-format";
    const said = describeWrong(screens, problems, { field: "email", step: 0, code, facts: {} }, value);
    failed.message = said.message;
    failed.types = { mend: said.mend };
  }
  return (
    <Sheet title={say.title} className="hand">
      <div className="body">
        <p className="s muted">{say.detail}</p>
        <form
          noValidate
          onSubmit={form.handleSubmit(({ email }) =>
            pass.mutate({ params: { draftId: draft.id }, body: { email }, idempotencyKey: crypto.randomUUID() }),
          )}
        >
          <Field form={form} name="email" label={say.email} type="email" width={12} maxLength={320} />
          <button type="submit" className="btn plain s" aria-disabled={pass.isPending}>
            {pass.isPending ? say.sending : say.send}
          </button>
        </form>
        {handed.length > 0 ? (
          <ul>
            {handed.map((one) => (
              <li key={one.email}>{one.accepted ? say.accepted(one.email) : say.pending(one.email)}</li>
            ))}
          </ul>
        ) : null}
        <p className="xs quiet">
          {draft.openedBy.me
            ? say.openedByMe(day(draft.openedAt), day(draft.keptUntil))
            : say.openedBy(draft.openedBy.name, day(draft.openedAt), day(draft.keptUntil))}
        </p>
        {draft.openedBy.me ? (
          <p className="xs">
            <button type="button" className="as-link" onClick={() => setDiscarding(true)}>
              {discard.open}
            </button>
          </p>
        ) : null}
      </div>
      <Dialog
        open={discarding}
        onClose={() => setDiscarding(false)}
        title={discard.title}
        answers={
          <>
            <button type="button" className="btn plain" onClick={() => setDiscarding(false)}>
              {discard.keep}
            </button>
            <button
              type="button"
              className="btn danger"
              onClick={() => remove.mutate({ params: { draftId: draft.id } })}
            >
              {discard.do}
            </button>
          </>
        }
      >
        <p>{discard.detail}</p>
        {remove.isError ? <p role="alert">{text(remove.error).detail}</p> : null}
      </Dialog>
    </Sheet>
  );
};
