import { api, delegable, type Permission, partnerProfile } from "@area/api";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { queries, useSend } from "../kit/call.ts";
import { mayI } from "../kit/May.tsx";
import { Bones, Note, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Locked, useProblemText } from "../kit/Refusal.tsx";
import { say as toast } from "../kit/toast.tsx";
import { untilDay } from "../people/dates.ts";
import { useInstitutionId, useMine } from "../shell/institution.ts";
import { useDelegable } from "./Offer.tsx";
import { onlyIn, ScopeFields, type TypedScope } from "./ScopeFields.tsx";
import { DelegationWordsProvider, useDelegationWords } from "./words.tsx";

/** A partner asks an institution for a delegation. */
export const Ask = () => (
  <DelegationWordsProvider>
    <Content />
  </DelegationWordsProvider>
);

const Content = () => {
  const words = useDelegationWords();
  const say = words.ask;
  const institutionId = useInstitutionId();
  const mine = useMine();
  const navigate = useNavigate();
  const problem = useProblemText();
  const id = useId();
  const delegableProducts = useDelegable();
  const products = delegableProducts.products.filter((p) => p.kind === "PT");
  const [chosen, setChosen] = useState("");
  const productId = chosen || products[0]?.productId || "";
  const [typed, setTyped] = useState<TypedScope | null>(null);
  const scope = typed ?? {
    environment: "both",
    permissions: partnerProfile(productId),
    endsOn: "",
    aggregates: false,
    only: "",
  };
  const [taxCode, setTaxCode] = useState("");
  const [missing, setMissing] = useState("");
  const ask = useSend(api.delegations.ask);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ask.isPending) return;
    const lacks = scope.permissions.length === 0 && delegable(productId).length > 0 ? words.offer.choosePermission : "";
    setMissing(lacks);
    if (lacks) return;
    ask.mutate(
      {
        params: { institutionId },
        body: {
          taxCode,
          productId,
          permissions: scope.permissions as [Permission],
          environment: scope.environment,
          endsAt: untilDay(scope.endsOn),
          aggregates: scope.aggregates,
          resources: onlyIn(scope.only),
        },
      },
      {
        onSuccess: (made) => {
          toast(say.sent(made.delegator.name));
          void queries.invalidateQueries();
          void navigate({
            to: "/enti/$institutionId/enti-gestiti/$delegationId",
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
        <Sheet title={say.taxCode}>
          <Locked permission="institution:delegations:write" />
        </Sheet>
      </>
    );
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Sheet title={say.title}>
        {!delegableProducts.ready ? (
          <Bones what={say.title} />
        ) : products.length === 0 ? (
          <StateBox icon="swap" title={words.offer.noProductsTitle}>
            <p>{words.offer.noProducts}</p>
          </StateBox>
        ) : (
          <form onSubmit={submit} noValidate>
            <div className="body stack">
              <div className="fields">
                <div className="field">
                  <label htmlFor={`${id}-code`}>{say.taxCode}</label>
                  <input
                    id={`${id}-code`}
                    className="input code"
                    inputMode="numeric"
                    autoComplete="off"
                    spellCheck={false}
                    maxLength={20}
                    required
                    value={taxCode}
                    onChange={(event) => setTaxCode(event.target.value)}
                  />
                </div>
                <div className="field">
                  <label htmlFor={`${id}-product`}>{words.offer.product}</label>
                  <select
                    id={`${id}-product`}
                    className="select"
                    value={productId}
                    onChange={(event) => {
                      setChosen(event.target.value);
                      setTyped(null);
                    }}
                  >
                    {products.map((p) => (
                      <option key={p.productId} value={p.productId}>
                        {p.title}
                      </option>
                    ))}
                  </select>
                </div>
              </div>
              <ScopeFields
                productId={productId}
                scope={scope}
                joinsForOthers={delegableProducts.joinsForOthers(productId)}
                onChange={setTyped}
              />
              {missing ? (
                <Note tone="critical" icon="alert" role="alert" title={missing} />
              ) : ask.error ? (
                <Note tone="critical" icon="wrong" role="alert" title={problem(ask.error).title}>
                  <p>{problem(ask.error).detail}</p>
                </Note>
              ) : null}
            </div>
            <footer className="row">
              <Link className="btn text" to="/enti/$institutionId/enti-gestiti" params={{ institutionId }}>
                {words.offer.cancel}
              </Link>
              <button type="submit" className="btn main push" aria-disabled={ask.isPending}>
                {say.send}
              </button>
            </footer>
          </form>
        )}
      </Sheet>
    </>
  );
};
