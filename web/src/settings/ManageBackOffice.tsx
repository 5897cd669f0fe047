import { api, type Environment } from "@area/api";
import { useState } from "react";
import { createPortal } from "react-dom";
import { useSend } from "../kit/call.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { RefusalNote } from "../kit/Refusal.tsx";
import { SettingsWordsProvider, useSettingsWords } from "./words.tsx";

/** "Gestisci": which environment, and away, with a token that nobody else reads. */
export const ManageBackOffice = (given: {
  institutionId: string;
  productId: string;
  title: string;
  environments: readonly Environment[];
}) => (
  <SettingsWordsProvider>
    <Content {...given} />
  </SettingsWordsProvider>
);

const Content = ({ institutionId, productId, title, environments }: Parameters<typeof ManageBackOffice>[0]) => {
  const say = useSettingsWords().backOffice;
  const { environments: names } = useSettingsWords();
  const [open, setOpen] = useState(false);
  const enter = useSend(api.backOffices.enter, { onSuccess: ({ url }) => location.assign(url) });
  return (
    <>
      <button type="button" className="btn plain s" onClick={() => setOpen(true)}>
        {say.manage}
        <span className="hidden"> {title}</span>
      </button>
      {createPortal(
        <Dialog
          title={say.title}
          open={open}
          onClose={() => setOpen(false)}
          answers={environments.map((environment) => (
            <button
              type="button"
              key={environment}
              className={`btn ${environment === "production" ? "main" : "plain"}`}
              aria-disabled={enter.isPending}
              onClick={() => {
                if (!enter.isPending) enter.mutate({ params: { institutionId, productId }, body: { environment } });
              }}
            >
              {enter.isPending ? say.entering : say.enter(names[environment])}
            </button>
          ))}
        >
          <p>{say.how(title)}</p>
          {enter.isError ? <RefusalNote error={enter.error} /> : null}
        </Dialog>,
        document.body,
      )}
    </>
  );
};
