import { type RegionCode, type Requirements, regions } from "@area/api";
import type { ReactNode } from "react";
import { Note, Sheet } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { stepOfProblem, type Typed, type TypedPerson, type Wrong } from "./content.ts";
import { isRegistered } from "./needs.ts";
import type { Product, RegistryBody } from "./steps.ts";

/** Step 6: everything once more, what happens next, and the one button that sends. */
export const SummaryStep = ({
  typed,
  product,
  needs,
  body,
  wrong,
  refusal,
  stepLink,
}: {
  typed: Typed;
  product: Product | undefined;
  needs: Requirements;
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
  const { wizard } = screens.adhesion;
  const pec = typed.institution.pec || (body?.pec ?? "");
  // What could not be looked up is looked at by a person, whatever the product would do.
  const reviewed = needs.reviewed || !isRegistered(typed, needs);
  const next = [
    ...(reviewed ? [wizard.nextReview] : []),
    ...(needs.agreement
      ? [
          reviewed ? wizard.nextReviewed(pec) : say.nextPec(pec),
          say.nextSign(signer || screens.onboarding.manager.title, product?.signatureDays ?? 30),
          say.nextActive,
        ]
      : [wizard.nextApproval]),
  ];
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
            <Row label={screens.adhesion.wizard.kind}>{screens.adhesion.kinds[needs.kind].name}</Row>
            {typed.institution.unitCode ? (
              <Row label={typed.institution.unitKind} code>
                {typed.institution.unitCode}
              </Row>
            ) : null}
            {needs.billing ? (
              <Row label={billing.recipientCode} code>
                {typed.billing.recipientCode.toUpperCase() || "—"}
              </Row>
            ) : null}
            {needs.billing && typed.billing.vatNumber ? (
              <Row label={billing.vatNumber} code>
                {typed.billing.vatNumber}
              </Row>
            ) : null}
            {needs.billing ? (
              <Row label={say.invoicedTo}>
                {typed.billing.invoiceTo === "office" ? (
                  <span className="code">{typed.billing.invoicedTaxCode || "—"}</span>
                ) : (
                  say.invoicedToInstitution
                )}
              </Row>
            ) : null}
            {needs.geographicAreas ? <Row label={area.title}>{areas.join(", ") || "—"}</Row> : null}
            {needs.blocks.flatMap((block) => {
              const labels = screens.adhesion.details[block].fields as Record<string, string>;
              return Object.entries(typed.details[block] ?? {})
                .filter(([name, value]) => labels[name] && value !== "")
                .map(([name, value]) => (
                  <Row key={`${block} ${name}`} label={labels[name] ?? name}>
                    {typeof value === "boolean" ? (value ? screens.adhesion.yes : screens.adhesion.no) : value}
                  </Row>
                ));
            })}
          </dl>
        </div>
      </Sheet>
      {needs.manager ? (
        <Sheet title={screens.onboarding.manager.title} beside={edit(4)}>
          <div className="body">
            <PersonFacts one={typed.manager} labels={person} />
          </div>
        </Sheet>
      ) : null}
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
            {next.map((sentence) => (
              <li key={sentence}>
                <p>{sentence}</p>
              </li>
            ))}
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
