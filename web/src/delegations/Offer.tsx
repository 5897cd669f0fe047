import { api, delegable, type Permission, partnerProfile } from "@area/api";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { queries, useCall, usePages, useSend } from "../kit/call.ts";
import { Matched } from "../kit/Matched.tsx";
import { mayI } from "../kit/May.tsx";
import { Bones, Icon, Note, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Locked, Refusal, useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { useSettled } from "../kit/useSettled.ts";
import { useWords } from "../kit/words.tsx";
import { fromDay, untilDay } from "../people/dates.ts";
import { useInstitution, useInstitutionId, useMine } from "../shell/institution.ts";
import { onlyIn, ScopeFields, type TypedScope } from "./ScopeFields.tsx";
import { DelegationWordsProvider, useDelegationWords } from "./words.tsx";

const scopeFor = (productId: string): TypedScope => ({
  environment: "both",
  permissions: partnerProfile(productId),
  endsOn: "",
  aggregates: false,
  only: "",
});
/** The active products of the institution that a partner may be given. */
export const useDelegable = () => {
  const institution = useInstitution();
  const products = useCall(api.products.list, {});
  const catalogue = products.data?.items ?? [];
  const open = new Set(catalogue.filter((p) => p.delegable).map((p) => p.id));
  return {
    joinsForOthers: (productId: string) => catalogue.some((p) => p.id === productId && p.aggregators),
    ready: institution.isSuccess && products.isSuccess,
    products: (institution.data?.products ?? []).filter((p) => p.state === "active" && open.has(p.productId)),
  };
};

/** An institution chooses a partner, a product and the limits. */
export const Offer = () => (
  <DelegationWordsProvider>
    <Content />
  </DelegationWordsProvider>
);

const Content = () => {
  const { screens } = useWords();
  const words = useDelegationWords();
  const say = words.offer;
  const institutionId = useInstitutionId();
  const mine = useMine();
  const navigate = useNavigate();
  const problem = useProblemText();
  const id = useId();
  const { ready, products, joinsForOthers } = useDelegable();
  const [chosen, setChosen] = useState("");
  const productId = chosen || products[0]?.productId || "";
  const [scopes, setScopes] = useState<Record<string, TypedScope>>({});
  const scope = scopes[productId] ?? scopeFor(productId);
  const [partner, setPartner] = useState<{ id: string; name: string } | null>(null);
  const [begins, setBegins] = useState("");
  const [missing, setMissing] = useState("");
  const offer = useSend(api.delegations.offer);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (offer.isPending) return;
    const lacks = !partner
      ? say.choosePartner
      : scope.permissions.length === 0 && delegable(productId).length > 0
        ? say.choosePermission
        : "";
    setMissing(lacks);
    if (lacks || !partner) return;
    offer.mutate(
      {
        params: { institutionId },
        body: {
          partnerId: partner.id,
          productId,
          permissions: scope.permissions as [Permission],
          environment: scope.environment,
          beginsAt: fromDay(begins) ?? null,
          endsAt: untilDay(scope.endsOn),
          aggregates: scope.aggregates,
          resources: onlyIn(scope.only),
        },
      },
      {
        onSuccess: (made) => {
          toast(say.sent(made.partner.name));
          void queries.invalidateQueries();
          void navigate({
            to: "/enti/$institutionId/deleghe/$delegationId",
            params: { institutionId, delegationId: made.id },
          });
        },
      },
    );
  };
  if (mine.isSuccess && !mayI(mine.data?.memberships ?? [], "institution:delegations:write"))
    return (
      <>
        <PageTitle title={say.title} />
        <Sheet title={say.partner}>
          <Locked permission="institution:delegations:write" />
        </Sheet>
      </>
    );
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      {!ready ? (
        <Sheet title={say.partner}>
          <Bones what={say.partner} />
        </Sheet>
      ) : products.length === 0 ? (
        <Sheet title={say.partner}>
          <StateBox icon="swap" title={say.noProductsTitle}>
            <p>{say.noProducts}</p>
          </StateBox>
        </Sheet>
      ) : (
        <form onSubmit={submit} noValidate>
          <Sheet title={say.partner}>
            <div className="body stack">
              {products.length > 1 ? (
                <div className="field">
                  <label htmlFor={`${id}-product`}>{say.product}</label>
                  <select
                    id={`${id}-product`}
                    className="select"
                    value={productId}
                    onChange={(event) => {
                      setChosen(event.target.value);
                      setPartner(null);
                    }}
                  >
                    {products.map((p) => (
                      <option key={p.productId} value={p.productId}>
                        {p.title}
                      </option>
                    ))}
                  </select>
                </div>
              ) : (
                <p className="s muted">
                  {say.product}: <b>{products[0]?.title}</b>
                </p>
              )}
              <Partners productId={productId} chosen={partner?.id ?? null} onChoose={setPartner} />
            </div>
          </Sheet>
          <Sheet title={say.what}>
            <div className="body stack">
              <ScopeFields
                productId={productId}
                scope={scope}
                joinsForOthers={joinsForOthers(productId)}
                onChange={(next) => setScopes({ ...scopes, [productId]: next })}
              />
              <div className="field">
                <label htmlFor={`${id}-begins`}>
                  {say.begins} <span className="opt">{screens.kit.optional}</span>
                </label>
                <input
                  id={`${id}-begins`}
                  className="input"
                  type="date"
                  value={begins}
                  onChange={(event) => setBegins(event.target.value)}
                />
                <p className="hint">{say.beginsHelp}</p>
              </div>
              {missing ? (
                <Note tone="critical" icon="alert" role="alert" title={missing} />
              ) : offer.error ? (
                <Note tone="critical" icon="wrong" role="alert" title={problem(offer.error).title}>
                  <p>{problem(offer.error).detail}</p>
                </Note>
              ) : null}
            </div>
            <footer className="row">
              <Link className="btn text" to="/enti/$institutionId/deleghe" params={{ institutionId }}>
                {say.cancel}
              </Link>
              <button type="submit" className="btn main push" aria-disabled={offer.isPending}>
                {say.send}
              </button>
            </footer>
          </Sheet>
        </form>
      )}
    </>
  );
};

export const Partners = ({
  productId,
  chosen,
  onChoose,
}: {
  productId: string;
  chosen: string | null;
  onChoose: (partner: { id: string; name: string }) => void;
}) => {
  const { screens } = useWords();
  const say = useDelegationWords().offer;
  const institutionId = useInstitutionId();
  const id = useId();
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim());
  const found = usePages(api.delegations.partners, {
    params: { institutionId },
    query: { productId, limit: 10, ...(search ? { search } : {}) },
  });
  return (
    <div className="stack">
      <div className="search">
        <Icon name="search" />
        <input
          className="input"
          type="search"
          autoComplete="off"
          maxLength={100}
          aria-label={say.partnerSearch}
          placeholder={say.partnerSearch}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      {found.isError ? <Refusal error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isSuccess && found.items.length === 0 ? <p role="status">{say.noPartner(search)}</p> : null}
      <fieldset>
        <legend className="hidden">{say.partner}</legend>
        <div className="choices">
          {found.items.map((one) => (
            <label className="choice" key={one.id}>
              <input type="radio" name={id} checked={chosen === one.id} onChange={() => onChoose(one)} />
              <span>
                <b>
                  <Matched text={one.name} search={search} />
                </b>
                <small>
                  <span className="code">{one.taxCode}</span>
                  {one.city ? ` · ${one.city}` : ""}
                </small>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {found.hasNextPage ? (
        <button type="button" className="btn plain s" onClick={() => void found.fetchNextPage()}>
          {screens.kit.more}
        </button>
      ) : null}
    </div>
  );
};
