import { api } from "@area/api";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { keyOf, queries, useSend } from "../kit/call.ts";
import { Bones, PageTitle, Sheet } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { BareShell } from "../shell/BareShell.tsx";

/** `/adesione/passata?token=…`: a colleague's draft becomes mine too. */
export const TakeDraft = () => {
  const { screens } = useWords();
  const { handOver: say } = screens.onboarding;
  const { token } = useSearch({ from: "/adesione/passata" });
  const navigate = useNavigate();
  const asked = useRef(false);
  const accept = useSend(api.onboarding.drafts.accept, {
    onSuccess: (draft) => {
      queries.setQueryData(keyOf(api.onboarding.drafts.read, { params: { draftId: draft.id } }), draft);
      void queries.invalidateQueries({ queryKey: keyOf(api.onboarding.drafts.list) });
      void navigate({ to: "/adesione/$draftId", params: { draftId: draft.id }, replace: true });
    },
  });
  const { mutate } = accept;
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    mutate({ body: { token: token ?? "-" } });
  }, [mutate, token]);
  return (
    <BareShell>
      <PageTitle title={say.takeTitle}>
        <p>{say.taking}</p>
      </PageTitle>
      <Sheet title={screens.onboarding.aside.title}>
        {accept.isError ? (
          <Refusal error={accept.error} retry={() => mutate({ body: { token: token ?? "-" } })} />
        ) : (
          <Bones what={say.takeTitle} />
        )}
      </Sheet>
    </BareShell>
  );
};
