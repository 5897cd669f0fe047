import { api } from "@area/api";
import { Link } from "@tanstack/react-router";
import { useCall } from "../kit/call.ts";
import { Bones, Chip, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { StaffRefusal } from "../staff/StaffRefusal.tsx";
import { TermsWordsProvider, useTermsWords } from "./words.tsx";

/** Every text that institutions sign, with its version and what waits on it. */
export const Texts = () => (
  <TermsWordsProvider>
    <Content />
  </TermsWordsProvider>
);

const Content = () => {
  const say = useTermsWords();
  const texts = useCall(api.terms.templates.list, {});
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet title={say.list} count={texts.data?.items.length}>
        {texts.isPending ? <Bones what={say.list} rows={4} /> : null}
        {texts.isError ? <StaffRefusal error={texts.error} retry={() => void texts.refetch()} /> : null}
        {texts.data?.items.length === 0 ? (
          <StateBox icon="doc" title={say.none}>
            {null}
          </StateBox>
        ) : null}
        <ul className="rows people">
          {texts.data?.items.map((one) => (
            <li key={one.id}>
              <div>
                <h3>
                  <Link to="/staff/testi/$templateId" params={{ templateId: one.id }}>
                    {one.title}
                  </Link>
                </h3>
                <p className="s muted">
                  <span className="code">{one.id}</span> · {say.version(one.version)} ·{" "}
                  {one.products.length > 0 ? say.usedBy(one.products.join(", ")) : say.unused}
                </p>
              </div>
              <span className="row">
                {one.proposed ? <Chip tone="attention">{say.proposed}</Chip> : null}
                {one.waiting > 0 ? <Chip tone="progress">{say.waiting(one.waiting)}</Chip> : null}
              </span>
            </li>
          ))}
        </ul>
      </Sheet>
    </>
  );
};
