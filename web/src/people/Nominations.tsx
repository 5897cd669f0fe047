import { Administrator, api, isProblem, type Nomination } from "@area/api";
import { useId, useState } from "react";
import { queries, useCall, usePages, useSend } from "../kit/call.ts";
import { Field, Wrongness } from "../kit/Field.tsx";
import { useEndpointForm } from "../kit/form.ts";
import { lazyWords } from "../kit/lazy-words.tsx";
import { LockedButton, mayI } from "../kit/May.tsx";
import { Bones, Chip, Icon, Note, PageTitle, Sheet, StateBox, type Tone } from "../kit/pieces.tsx";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitution, useInstitutionId, useMine } from "../shell/institution.ts";
import { today, untilDay } from "./dates.ts";

const { Provider, use: useNominationWords } = lazyWords({
  it: () => import("@area/words/nominations/it"),
  en: () => import("@area/words/nominations/en"),
  de: () => import("@area/words/nominations/de"),
  fr: () => import("@area/words/nominations/fr"),
  sl: () => import("@area/words/nominations/sl"),
});

/** The products of the institution that want their administrators named on paper. */
export const useNominationProducts = (): { id: string; title: string }[] => {
  const products = useCall(api.products.list, {});
  const institution = useInstitution();
  const active = new Set(
    (institution.data?.products ?? []).filter((p) => p.state === "active").map((p) => p.productId),
  );
  return (products.data?.items ?? []).filter((p) => p.signedNominations && active.has(p.id));
};

const WRITE = "institution:people:write" as const;

/** `/utenti/nomine`: written here, signed outside, uploaded here. */
export const Nominations = () => (
  <Provider>
    <Content />
  </Provider>
);

const Content = () => {
  const { screens } = useWords();
  const say = useNominationWords();
  const institutionId = useInstitutionId();
  const mine = useMine();
  const may = mine.data ? mayI(mine.data.memberships, WRITE) : undefined;
  const products = useNominationProducts();
  const pages = usePages(api.nominations.list, { params: { institutionId }, query: { limit: 20 } });
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <div className="cols">
        <div>
          <Sheet title={say.list}>
            {pages.isPending ? <Bones what={say.list} /> : null}
            {pages.isError ? <Refusal error={pages.error} retry={() => void pages.refetch()} /> : null}
            {pages.isSuccess && pages.items.length === 0 ? (
              <StateBox icon="doc" title={say.emptyTitle}>
                <p>{say.empty}</p>
              </StateBox>
            ) : null}
            <ul className="rows inbox">
              {pages.items.map((one) => (
                <Row key={one.id} one={one} may={may} />
              ))}
            </ul>
            {pages.hasNextPage ? (
              <div className="pager">
                <button type="button" className="btn plain s" onClick={() => void pages.fetchNextPage()}>
                  {screens.kit.more}
                </button>
              </div>
            ) : null}
          </Sheet>
        </div>
        <aside>
          {may ? (
            products.length > 0 ? (
              <Write products={products} />
            ) : (
              <Sheet title={say.fresh}>
                <div className="body">
                  <p className="s muted">{say.notHere}</p>
                </div>
              </Sheet>
            )
          ) : may === false ? (
            <Sheet title={say.fresh}>
              <div className="body">
                <LockedButton permission={WRITE} label={say.write} className="btn plain s" />
              </div>
            </Sheet>
          ) : null}
        </aside>
      </div>
    </>
  );
};

type Typed = { givenName: string; familyName: string; fiscalCode: string; email: string };
const Write = ({ products }: { products: { id: string; title: string }[] }) => {
  const { screens } = useWords();
  const say = useNominationWords();
  const person = screens.onboarding.person;
  const problem = useProblemText();
  const id = useId();
  const institutionId = useInstitutionId();
  const [productId, setProductId] = useState(products[0]?.id ?? "");
  const [until, setUntil] = useState("");
  const { form, sent } = useEndpointForm<Typed>(Administrator, {
    givenName: "",
    familyName: "",
    fiscalCode: "",
    email: "",
  });
  const open = useSend(api.nominations.open, {
    onSuccess: () => {
      toast(say.written);
      form.reset();
      void queries.invalidateQueries();
    },
  });
  const refused = open.error ? problem(open.error) : null;
  return (
    <form
      noValidate
      onSubmit={(event) =>
        void form.handleSubmit((typed) => {
          if (!open.isPending)
            open.mutate({
              params: { institutionId },
              body: { productId, person: sent(typed), endsAt: untilDay(until) },
            });
        })(event)
      }
    >
      <Sheet title={say.fresh}>
        <div className="body stack">
          <div className="fields">
            <div className="field w12">
              <label htmlFor={`${id}-p`}>{say.product}</label>
              <select
                className="select"
                id={`${id}-p`}
                value={productId}
                onChange={(event) => setProductId(event.target.value)}
              >
                {products.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.title}
                  </option>
                ))}
              </select>
            </div>
            <Field
              form={form}
              name="givenName"
              label={person.givenName}
              width={12}
              maxLength={80}
              deps={["fiscalCode"]}
            />
            <Field
              form={form}
              name="familyName"
              label={person.familyName}
              width={12}
              maxLength={80}
              deps={["fiscalCode"]}
            />
            <Field form={form} name="fiscalCode" label={person.fiscalCode} code width={12} maxLength={16} />
            <Field form={form} name="email" label={person.email} type="email" width={12} maxLength={254} />
            <div className="field w12">
              <label htmlFor={`${id}-u`}>
                {say.until} <span className="opt">{screens.kit.optional}</span>
              </label>
              <input
                className="input"
                id={`${id}-u`}
                type="date"
                min={today()}
                value={until}
                onChange={(event) => setUntil(event.target.value)}
              />
            </div>
          </div>
          {refused ? (
            <Note tone="critical" icon="wrong" role="alert" title={refused.title}>
              <p>{refused.detail}</p>
            </Note>
          ) : null}
        </div>
        <footer className="row">
          <button type="submit" className="btn main push" aria-disabled={open.isPending}>
            {say.write}
          </button>
        </footer>
      </Sheet>
    </form>
  );
};

const tone: Record<Nomination["state"], Tone> = { pending: "attention", signed: "positive", cancelled: "neutral" };
const Row = ({ one, may }: { one: Nomination; may: boolean | undefined }) => {
  const { day } = useWords();
  const say = useNominationWords();
  const problem = useProblemText();
  const id = useId();
  const institutionId = useInstitutionId();
  const [file, setFile] = useState<File | null>(null);
  const [missing, setMissing] = useState(false);
  const params = { institutionId, nominationId: one.id };
  const name = `${one.person.givenName} ${one.person.familyName}`;
  const fresh = () => void queries.invalidateQueries();
  const sign = useSend(api.nominations.sign, {
    onSuccess: () => {
      toast(say.done(name));
      fresh();
    },
  });
  const cancel = useSend(api.nominations.cancel, {
    onSuccess: () => {
      toast(say.withdrawn);
      fresh();
    },
  });
  const page = useSend(api.nominations.signingLink, { onSuccess: ({ url }) => location.assign(new URL(url).pathname) });
  const failed = sign.error ?? cancel.error ?? page.error;
  const wrong = failed ? problem(failed) : null;
  return (
    <li>
      <div>
        <h3>
          {name} <Chip tone={tone[one.state]}>{say.states[one.state]}</Chip>
        </h3>
        <p className="s muted">
          {[
            say.signer(one.signer),
            say.by(one.openedBy, day(one.openedAt)),
            one.signedAt ? say.signedOn(day(one.signedAt)) : null,
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {one.state === "pending" && may ? (
          <div className="field w12">
            <label htmlFor={id}>{say.file}</label>
            <input
              className="filebox"
              id={id}
              type="file"
              accept=".p7m,.pdf"
              aria-invalid={wrong || missing ? true : undefined}
              aria-describedby={wrong || missing ? `${id}-e` : undefined}
              onChange={(event) => {
                setFile(event.target.files?.[0] ?? null);
                setMissing(false);
                sign.reset();
              }}
            />
          </div>
        ) : null}
        <div role="alert">
          {wrong ? <Wrongness id={`${id}-e`} message={wrong.title} mend={wrong.detail} /> : null}
          {missing && !isProblem(failed) ? <Wrongness id={`${id}-e`} message={say.missing} /> : null}
        </div>
      </div>
      {one.state === "pending" ? (
        <div className="do">
          <a className="btn plain s" href={`/api/v1/institutions/${institutionId}/nominations/${one.id}/document`}>
            <Icon name="download" small /> {say.download}
            <span className="hidden">: {name}</span>
          </a>
          {may ? (
            <>
              <button
                type="button"
                className="btn plain s"
                aria-disabled={sign.isPending}
                onClick={() => {
                  if (!file) setMissing(true);
                  else if (!sign.isPending) sign.mutate({ params, file });
                }}
              >
                {say.send}
                <span className="hidden">: {name}</span>
              </button>
              <button
                type="button"
                className="btn plain s"
                aria-disabled={page.isPending}
                onClick={() => page.isPending || page.mutate({ params })}
              >
                {say.signHere}
                <span className="hidden">: {name}</span>
              </button>
              <button type="button" className="btn text s" onClick={() => cancel.mutate({ params })}>
                {say.withdraw}
                <span className="hidden">: {name}</span>
              </button>
            </>
          ) : may === false ? (
            <LockedButton permission={WRITE} label={say.send} about={name} className="btn plain s" />
          ) : null}
        </div>
      ) : null}
    </li>
  );
};
