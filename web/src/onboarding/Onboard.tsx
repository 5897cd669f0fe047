import { api, isProblem, kindInRegistry } from "@area/api";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { type FieldErrors, type FieldPath, set, useForm, useWatch } from "react-hook-form";
import { call, keyOf, queries, useCall, useSend } from "../kit/call.ts";
import { Bones, Note, PageTitle, Sheet } from "../kit/pieces.tsx";
import { Refusal, useProblemText } from "../kit/Refusal.tsx";
import { Stepper } from "../kit/Stepper.tsx";
import { useWords } from "../kit/words.tsx";
import { useFieldText } from "../reviews/values.ts";
import { BareShell } from "../shell/BareShell.tsx";
import { AdministratorsStep } from "./AdministratorsStep.tsx";
import {
  contentOf,
  type Draft,
  onboardingOf,
  placeOf,
  STEPS,
  type Typed,
  typedOf,
  type Wrong,
  wrongOf,
  wrongPlaces,
} from "./content.ts";
import { DraftAside } from "./DraftAside.tsx";
import { describeWrong } from "./describe-wrong.ts";
import { InstitutionStep } from "./InstitutionStep.tsx";
import { KindStep } from "./KindStep.tsx";
import { ManagerStep } from "./ManagerStep.tsx";
import { isChosen, needsOf, stepsOf } from "./needs.ts";
import { blocks } from "./RegistryNotes.tsx";
import { SavedLine } from "./SavedLine.tsx";
import { SearchStep } from "./SearchStep.tsx";
import { SummaryStep } from "./SummaryStep.tsx";
import type { Product } from "./steps.ts";
import { useDraftSaving } from "./useDraftSaving.ts";

/** `/adesione`: nothing is kept yet. With `prodotto` and `ente` the first answers are already there. */
export const NewOnboarding = () => {
  const { screens } = useWords();
  const { prodotto, ente, passo, tipo, origine } = useSearch({ from: "/adesione" });
  const products = useCall(api.products.list, {});
  const given = useCall(api.registries.read, { params: { ipaCode: ente ?? "" } }, { enabled: ente !== undefined });
  const [chosen, setChosen] = useState(prodotto);
  if (products.isError || (given.isError && !(isProblem(given.error) && given.error.status === 404)))
    return <Waiting error={products.error ?? given.error} retry={() => void products.refetch()} />;
  if (products.isPending || (ente !== undefined && given.isPending))
    return <Waiting what={screens.onboarding.newJoining} />;
  const known = products.data.items.find((p) => p.id === chosen) ?? products.data.items[0];
  const body = given.data;
  const way =
    known?.admissions.find((a) => a.kind === tipo && (origine === undefined || a.origin === origine)) ??
    known?.admissions.find((a) => (body ? a.kind === kindInRegistry(body.category) : true) && a.origin === "IPA") ??
    known?.admissions[0];
  return (
    <Wizard
      products={products.data.items}
      productId={known?.id ?? ""}
      onProduct={setChosen}
      draft={null}
      initial={typedOf({
        ...(way ? { kind: way.kind } : {}),
        institution: body
          ? {
              origin: "IPA",
              ipaCode: body.ipaCode,
              name: body.name,
              taxCode: body.taxCode,
              city: body.city ?? "",
              pec: body.pec ?? "",
            }
          : { origin: way?.origin ?? "IPA" },
      })}
      step={Math.min(passo ?? (body ? 2 : 1), 2)}
    />
  );
};

/** `/adesione/:draftId`: back to where it was left. */
export const ResumeOnboarding = () => {
  const { screens } = useWords();
  const { draftId } = useParams({ from: "/adesione/$draftId" });
  const { passo } = useSearch({ from: "/adesione/$draftId" });
  const products = useCall(api.products.list, {});
  const draft = useCall(api.onboarding.drafts.read, { params: { draftId } });
  const [reloads, setReloads] = useState(0);
  const retry = () => {
    void products.refetch();
    void draft.refetch();
  };
  if (draft.data === undefined && draft.isError) return <Waiting error={draft.error} retry={retry} />;
  if (products.isError) return <Waiting error={products.error} retry={retry} />;
  if (draft.isPending || products.isPending) return <Waiting what={screens.onboarding.newJoining} />;
  return (
    <Wizard
      key={`${draftId} ${reloads}`}
      products={products.data.items}
      productId={draft.data.productId}
      onProduct={null}
      draft={draft.data}
      initial={typedOf(draft.data.content)}
      step={passo ?? draft.data.content.step}
      onReload={async () => {
        const theirs = await call(api.onboarding.drafts.read, { params: { draftId } });
        queries.setQueryData(keyOf(api.onboarding.drafts.read, { params: { draftId } }), theirs);
        setReloads(reloads + 1);
      }}
    />
  );
};

const Waiting = ({ what, error, retry }: { what?: string; error?: unknown; retry?: () => void }) => {
  const { screens } = useWords();
  return (
    <BareShell>
      <PageTitle title={screens.onboarding.newJoining} />
      <Sheet title={screens.onboarding.aside.title}>
        {error ? <Refusal error={error} retry={retry} /> : <Bones what={what ?? ""} />}
      </Sheet>
    </BareShell>
  );
};

type WizardGiven = {
  products: Product[];
  productId: string;
  onProduct: ((productId: string) => void) | null;
  draft: Draft | null;
  initial: Typed;
  step: number;
  onReload?: () => Promise<void>;
};

const Wizard = ({ products, productId, onProduct, draft, initial, step: asked, onReload }: WizardGiven) => {
  const { screens, problems } = useWords();
  const say = screens.onboarding;
  const navigate = useNavigate();
  const text = useProblemText();
  const product = products.find((p) => p.id === productId);
  const draftId = draft?.id;

  /** Steps whose blanks are said: those that the person has tried to leave forward. */
  const strict = useRef(new Set<number>());
  const form = useForm<Typed>({
    defaultValues: initial,
    mode: "onBlur",
    reValidateMode: "onBlur",
    shouldFocusError: true,
    resolver: (values) => {
      const errors: FieldErrors<Typed> = {};
      const wrong = wrongPlaces(values, needsOf(product, values)).filter(
        (w) => w.code !== "required" || strict.current.has(w.step),
      );
      for (const one of wrong) set(errors, one.field, errorOf(one, values));
      return wrong.length > 0 ? { values: {}, errors } : { values, errors: {} };
    },
  });
  const errorOf = (one: Wrong, values: Typed) => {
    const value = one.field
      .split(".")
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], values);
    const said = describeWrong(screens, problems, one, typeof value === "string" ? value : "");
    return { type: one.code, message: said.message, types: { mend: said.mend } };
  };
  const typed = useWatch({ control: form.control }) as Typed;
  const needs = needsOf(product, typed);
  const steps = stepsOf(needs);
  const wrong = useMemo(() => wrongPlaces(typed, needs), [typed, needs]);
  const { saving, save, keepMine, stop } = useDraftSaving(draft);

  const ipaCode = typed.institution.ipaCode;
  const registry = useCall(api.registries.read, { params: { ipaCode } }, { enabled: ipaCode !== "" });
  const body = registry.data?.ipaCode === ipaCode ? registry.data : undefined;
  const chosen = isChosen(typed, needs);
  // A step that this way of joining does not have leads to the next that it has.
  const reachable = chosen ? asked : Math.min(asked, 2);
  const step = steps.find((n) => n >= reachable) ?? STEPS;
  const [furthest, setFurthest] = useState(Math.max(step, draft?.content.step ?? 1));
  useEffect(() => setFurthest((before) => Math.max(before, step)), [step]);

  // What the registry says now is what is sent; what changed since the draft was written is told.
  const [changed, setChanged] = useState<string | null>(null);
  useEffect(() => {
    if (!body) return;
    const seen = form.getValues("institution");
    // A part of a body keeps its own name and certified mail.
    if (seen.unitCode) return;
    const now = {
      ...seen,
      ipaCode: body.ipaCode,
      name: body.name,
      pec: body.pec ?? "",
      taxCode: body.taxCode,
      city: body.city ?? "",
    };
    const news = [
      seen.name && seen.name !== now.name ? now.name : "",
      seen.pec && seen.pec !== now.pec ? now.pec || "—" : "",
    ];
    if (news.some(Boolean)) setChanged(news.filter(Boolean).join(", "));
    form.setValue("institution", now);
    if (form.getValues("geographicAreas").length === 0)
      form.setValue("geographicAreas", [{ level: "municipality", code: "", name: now.city }]);
  }, [body, form]);

  // A lost race must be seen where the person is writing.
  const lostRace = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (saving.state === "stale") lostRace.current?.scrollIntoView({ block: "center" });
  }, [saving.state]);

  const keep = (at = step) => (draftId ? save(contentOf(form.getValues(), at)) : Promise.resolve(true));
  const go = (to: number) =>
    draftId
      ? navigate({ to: "/adesione/$draftId", params: { draftId }, search: { passo: to } })
      : navigate({ to: "/adesione", search: (before) => ({ ...before, passo: to }) });
  const stepLink = (to: number, content: ReactNode) =>
    draftId ? (
      <Link to="/adesione/$draftId" params={{ draftId }} search={{ passo: to }}>
        {content}
      </Link>
    ) : (
      <Link to="/adesione" search={(before) => ({ ...before, passo: to })}>
        {content}
      </Link>
    );

  const open = useSend(api.onboarding.drafts.open, {
    onSuccess: (opened) => {
      queries.setQueryData(keyOf(api.onboarding.drafts.read, { params: { draftId: opened.id } }), opened);
      void queries.invalidateQueries({ queryKey: keyOf(api.onboarding.drafts.list) });
      void navigate({ to: "/adesione/$draftId", params: { draftId: opened.id }, search: { passo: 3 }, replace: true });
    },
  });
  const [refusal, setRefusal] = useState<{ error: Error; code: string | null; places: Wrong[] } | null>(null);
  const attempt = useRef(crypto.randomUUID());
  const submit = useSend(api.onboarding.submit, {
    onSuccess: (sent) => {
      stop();
      queries.setQueryData(keyOf(api.onboarding.read, { params: { onboardingId: sent.id } }), sent);
      void queries.invalidateQueries({ queryKey: keyOf(api.onboarding.drafts.list) });
      void queries.invalidateQueries({ queryKey: ["pages", ...keyOf(api.onboarding.mine)] });
      void navigate({ to: "/adesione/inviata/$onboardingId", params: { onboardingId: sent.id }, replace: true });
    },
    onError: (error) => {
      const places = isProblem(error) ? wrongOf(error.fields) : [];
      for (const one of places) form.setError(one.field as FieldPath<Typed>, errorOf(one, form.getValues()));
      if (isProblem(error) && error.status < 500) attempt.current = crypto.randomUUID();
      if (isProblem(error) && error.code === "institution-data-differ") void registry.refetch();
      setRefusal({ error, code: isProblem(error) ? error.code : null, places });
      scrollTo({ top: 0 });
    },
  });

  const searchField = useRef<HTMLInputElement>(null);
  const [mustChoose, setMustChoose] = useState(false);
  const blocked = needs.origin === "IPA" && blocks(body, product, needs, typed.institution.unitCode !== "");
  const nextStep = steps[steps.indexOf(step) + 1] ?? STEPS;
  const previousStep = steps[steps.indexOf(step) - 1] ?? 1;

  const forward = async () => {
    if (step === 6) {
      if (submit.isPending) return;
      const places = wrongPlaces(form.getValues(), needs);
      const first = places[0];
      if (first) {
        for (const place of places) strict.current.add(place.step);
        await go(first.step);
        await form.trigger();
        setTimeout(() => form.setFocus(first.field as FieldPath<Typed>), 50);
        return;
      }
      if (!draftId) return;
      await keep();
      setRefusal(null);
      submit.mutate({
        body: onboardingOf(productId, form.getValues(), draftId, needs),
        idempotencyKey: attempt.current,
      });
      return;
    }
    strict.current.add(step);
    if (step === 2) {
      if (!chosen) {
        setMustChoose(true);
        searchField.current?.focus();
        return;
      }
      if (needs.origin === "IPA" && (!body || blocked)) return;
    }
    // The draft is born when it is settled who joins.
    if (!draftId && nextStep > 2) {
      if (open.isPending) return;
      open.mutate({
        body: { productId, content: contentOf({ ...form.getValues(), kind: needs.kind }, 3) },
        idempotencyKey: crypto.randomUUID(),
      });
      return;
    }
    const places = wrongPlaces(form.getValues(), needs).filter((w) => w.step === step);
    if (places.length > 0) {
      await form.trigger(places.map((w) => w.field as FieldPath<Typed>));
      focusFirstWrong();
      return;
    }
    if (step === 3 && needs.origin === "IPA" && (!body || blocked)) return;
    void keep(nextStep);
    await go(nextStep);
  };

  const leave = async () => {
    await keep();
    await navigate({ to: "/enti" });
  };

  const title =
    [
      say.kind.title,
      say.search.title,
      say.institution.title,
      say.manager.title,
      say.administrators.title,
      say.summary.title,
    ][step - 1] ?? "";
  const intro = [
    say.kind.intro,
    say.search.intro,
    say.institution.intro,
    say.manager.intro,
    say.administrators.intro,
    say.summary.intro,
  ][step - 1];
  const joining = product ? say.joining(product.title) : say.newJoining;
  return (
    <BareShell
      beside={
        <>
          <p className="doing">
            <small className="quiet">{joining}</small>
            <b>{typed.institution.name || say.chooseLater}</b>
          </p>
          <SavedLine saving={saving} />
        </>
      }
    >
      <Stepper
        label={say.stepsLabel}
        current={(n, name) => say.stepOf(n, steps.length, name)}
        done={say.done}
        toMend={say.toMend}
        steps={steps.map((n) => {
          const name = say.steps[n - 1] ?? "";
          const reached = n <= furthest && n !== step;
          const bad = n < furthest && wrong.some((w) => w.step === n);
          return {
            name,
            state: n === step ? "current" : n < furthest ? (bad ? "bad" : "done") : "next",
            link: reached ? (content: ReactNode) => stepLink(n, content) : null,
          };
        })}
      />
      {saving.state === "stale" ? (
        <div className="ahead" ref={lostRace}>
          <Note
            tone="attention"
            icon="alert"
            role="alert"
            title={say.stale.title}
            act={
              <>
                <button type="button" className="btn plain s" onClick={() => void onReload?.()}>
                  {say.stale.theirs}
                </button>
                <button
                  type="button"
                  className="btn plain s"
                  onClick={() => void keepMine(contentOf(form.getValues(), step))}
                >
                  {say.stale.mine}
                </button>
              </>
            }
          >
            <p>{say.stale.detail}</p>
          </Note>
        </div>
      ) : null}
      {saving.state === "refused" || open.isError ? (
        <div className="ahead">
          <Note
            tone="critical"
            icon="wrong"
            role="alert"
            title={text(saving.state === "refused" ? saving.error : open.error).title}
          >
            <p>{text(saving.state === "refused" ? saving.error : open.error).detail}</p>
          </Note>
        </div>
      ) : null}
      {draft?.revision ? <ToCorrect revision={draft.revision} stepLink={stepLink} /> : null}
      <PageTitle title={title} documentTitle={`${title}, ${joining}`}>
        <p>{intro}</p>
      </PageTitle>
      <div className="cols">
        <form
          noValidate
          onBlur={() => void keep()}
          onSubmit={(event) => {
            event.preventDefault();
            void forward();
          }}
        >
          {step === 1 ? (
            <KindStep form={form} products={products} productId={productId} onProduct={draftId ? null : onProduct} />
          ) : null}
          {step === 2 ? (
            <SearchStep
              form={form}
              product={product}
              needs={needs}
              body={body}
              missing={mustChoose && !chosen}
              fieldRef={searchField}
            />
          ) : null}
          {step === 3 ? (
            <InstitutionStep
              form={form}
              product={product}
              needs={needs}
              body={body}
              error={registry.isError ? registry.error : null}
              retry={() => void registry.refetch()}
              changed={changed}
            />
          ) : null}
          {step === 4 ? <ManagerStep form={form} /> : null}
          {step === 5 ? <AdministratorsStep form={form} maximum={product?.administrators.maximum ?? 3} /> : null}
          {step === STEPS ? (
            <SummaryStep
              typed={typed}
              product={product}
              needs={needs}
              body={body}
              wrong={wrong}
              refusal={refusal}
              stepLink={stepLink}
            />
          ) : null}
          <div className="acts">
            {step > 1 ? (
              <button type="button" className="btn plain" onClick={() => void go(previousStep)}>
                {say.back}
              </button>
            ) : null}
            <button type="button" className="btn text" onClick={() => void leave()}>
              {say.leaveForNow}
            </button>
            <button type="submit" className="btn main push" aria-disabled={(step < 4 && blocked) || submit.isPending}>
              {step === STEPS
                ? submit.isPending
                  ? say.summary.submitting
                  : say.summary.submit
                : say.next(say.steps[nextStep - 1] ?? "")}
            </button>
          </div>
        </form>
        <DraftAside
          typed={typed}
          needs={needs}
          step={step}
          furthest={furthest}
          wrong={wrong}
          days={product?.signatureDays ?? 30}
          draft={draft}
          onDiscard={stop}
        />
      </div>
    </BareShell>
  );
};

/** What the reviewer asked to change, in sight at every step, with the way to each field. */
const ToCorrect = ({
  revision,
  stepLink,
}: {
  revision: NonNullable<Draft["revision"]>;
  stepLink: (step: number, content: ReactNode) => ReactNode;
}) => {
  const { screens } = useWords();
  const say = screens.adhesion.review;
  const text = useFieldText();
  return (
    <div className="ahead">
      <Note level={2} tone="attention" icon="alert" title={say.correcting}>
        {revision.note ? <p className="as-written">{revision.note}</p> : null}
        <ul className="s">
          {revision.fields.map((f) => {
            const place = placeOf(`body/${f.path.replaceAll(".", "/")}`);
            return (
              <li key={f.path}>
                <b>{place ? stepLink(place.step, text.label(f.path)) : text.label(f.path)}</b>: {f.note}
              </li>
            );
          })}
        </ul>
        <p>{say.correctingHow}</p>
      </Note>
    </div>
  );
};

/** The first wrong field in the order of the page. */
const focusFirstWrong = () =>
  setTimeout(() => document.querySelector<HTMLElement>("main [aria-invalid='true']")?.focus());
