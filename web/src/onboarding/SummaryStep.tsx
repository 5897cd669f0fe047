import { type RegionCode, regions } from "@area/api";
import type { ReactNode } from "react";
import { Note, Sheet } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { stepOfProblem, type Typed, type TypedPerson, type Wrong } from "./content.ts";
import type { Product, RegistryBody } from "./steps.ts";

/** Step 6: everything once more, what happens next, and the one button that sends. */
export const SummaryStep = ({
  typed,
  product,
  body,
  wrong,
  refusal,
  stepLink,
}: {
  typed: Typed;
  product: Product | undefined;
  body: RegistryBody | undefined;
  wrong: Wrong[];
  refusal: { error: Error; code: string | null; places: Wrong[] } | null;
  stepLink: (step: number, content: ReactNode) => ReactNode;
}) => {
  const { screens } = useWords();
  const say = screens.onboarding.summary;
  const { steps, billing, institution, area, person } = screens.onboarding;
  const text = useProblemText();
  const edit = (step: number) => (
    <span className="push s">
      {stepLink(
        step,
        <>
          {say.edit}
          <span className="hidden"> {steps[step - 1]}</span>
        </>,
      )}
    </span>
  );
  const badSteps = [...new Set(wrong.map((w) => w.step))].sort();
  const refusedSteps = refusal
    ? [...new Set([...refusal.places.map((p) => p.step), refusal.code ? stepOfProblem(refusal.code) : null])].filter(
        (step): step is number => step !== null,
      )
    : [];
  const signer = [typed.manager.givenName, typed.manager.familyName].join(" ").trim();
  const areas = typed.geographicAreas.map((one) =>
    one.level === "national"
      ? screens.areas.national
      : screens.areas.named(
          screens.areas[one.level as "region" | "province" | "municipality"] ?? one.level,
          one.level === "region" ? (regions[one.code as RegionCode] ?? "") : one.name,
        ),
  );
  return (
    <>
      {refusal ? (
        <div className="ahead">
          <Note
            tone="critical"
            icon="wrong"
            title={`${say.notSent}. ${text(refusal.error).title}`}
            role="alert"
            act={refusedSteps.map((step) => <span key={step}>{stepLink(step, say.goTo(steps[step - 1] ?? ""))}</span>)}
          >
            <p>{text(refusal.error).detail}</p>
            {text(refusal.error).traceId ? (
              <p className="xs">
                {screens.kit.supportCode} <span className="code">{text(refusal.error).traceId}</span>
              </p>
            ) : null}
          </Note>
        </div>
      ) : null}
      {badSteps.length > 0 ? (
        <div className="ahead">
          <Note
            tone="attention"
            icon="alert"
            title={say.missingTitle}
            act={badSteps.map((step) => <span key={step}>{stepLink(step, say.goTo(steps[step - 1] ?? ""))}</span>)}
          >
            <p>{say.missing(wrong.length)}</p>
          </Note>
        </div>
      ) : null}
      <Sheet title={institution.title} beside={edit(3)}>
        <div className="body">
          <dl className="facts">
            <Row label={institution.name}>{typed.institution.name}</Row>
            <Row label={institution.taxCode} code>
              {typed.institution.taxCode}
            </Row>
            <Row label={institution.pec}>{typed.institution.pec || "—"}</Row>
            <Row label={billing.recipientCode} code>
              {typed.billing.recipientCode.toUpperCase() || "—"}
            </Row>
            {typed.billing.vatNumber ? (
              <Row label={billing.vatNumber} code>
                {typed.billing.vatNumber}
              </Row>
            ) : null}
            <Row label={say.invoicedTo}>
              {typed.billing.invoiceTo === "office" ? (
                <span className="code">{typed.billing.invoicedTaxCode || "—"}</span>
              ) : (
                say.invoicedToInstitution
              )}
            </Row>
            <Row label={area.title}>{areas.join(", ") || "—"}</Row>
          </dl>
        </div>
      </Sheet>
      <Sheet title={screens.onboarding.manager.title} beside={edit(4)}>
        <div className="body">
          <PersonFacts one={typed.manager} labels={person} />
        </div>
      </Sheet>
      <Sheet title={screens.onboarding.administrators.title} count={typed.administrators.length} beside={edit(5)}>
        <div className="body">
          {typed.administrators.map((one, n) => (
            <PersonFacts key={n} one={one} labels={person} />
          ))}
        </div>
      </Sheet>
      <Sheet title={say.nextTitle}>
        <div className="body">
          <ol className="steps-next">
            <li>
              <p>{say.nextPec(body?.pec ?? typed.institution.pec)}</p>
            </li>
            <li>
              <p>{say.nextSign(signer || screens.onboarding.manager.title, product?.signatureDays ?? 30)}</p>
            </li>
            <li>
              <p>{say.nextActive}</p>
            </li>
          </ol>
        </div>
      </Sheet>
    </>
  );
};

const Row = ({ label, code, children }: { label: string; code?: boolean; children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd className={code ? "code" : undefined}>{children}</dd>
  </div>
);

const PersonFacts = ({ one, labels }: { one: TypedPerson; labels: { fiscalCode: string; email: string } }) => (
  <dl className="facts person-facts">
    <div>
      <dt>
        <b>{`${one.givenName} ${one.familyName}`.trim() || "—"}</b>
      </dt>
      <dd>
        <span className="code">{one.fiscalCode.toUpperCase() || "—"}</span>
        <br />
        {one.email || "—"}
        <span className="hidden">
          {labels.fiscalCode}, {labels.email}
        </span>
      </dd>
    </div>
  </dl>
);
