import { api } from "@area/api";
import { lazy, Suspense } from "react";
import { type ItemOf, usePages } from "../kit/call.ts";
import { Bones, Chip, Hidden, Icon, PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { SigningSteps } from "../kit/SigningSteps.tsx";
import { agreementTone } from "../kit/states.ts";
import { say as announce } from "../kit/toast.tsx";
import { useWords } from "../kit/words.tsx";
import { useInstitutionId } from "../shell/institution.ts";

/** Loaded beside the list, which does not wait for it. */
const PendingVersions = lazy(async () => ({
  default: (await import("../terms/PendingVersions.tsx")).PendingVersions,
}));

const Conventions = lazy(async () => ({ default: (await import("../terms/Conventions.tsx")).Conventions }));

type Agreement = ItemOf<typeof api.agreements.ofInstitution>;

/** The agreements of the institution, with both files and the digest to compare. */
export const Agreements = () => {
  const { screens } = useWords();
  const say = screens.agreements;
  const institutionId = useInstitutionId();
  const agreements = usePages(api.agreements.ofInstitution, { params: { institutionId }, query: { limit: 20 } });
  return (
    <>
      <PageTitle title={say.title}>
        <p>{say.intro}</p>
      </PageTitle>
      <Suspense fallback={null}>
        <PendingVersions institutionId={institutionId} />
        <Conventions institutionId={institutionId} />
      </Suspense>
      <Sheet title={say.list}>
        {agreements.isPending ? <Bones what={say.list} rows={2} /> : null}
        {agreements.isError ? <Refusal error={agreements.error} retry={() => void agreements.refetch()} /> : null}
        {agreements.isSuccess && agreements.items.length === 0 ? (
          <StateBox icon="doc" title={say.emptyTitle}>
            <p>{say.empty}</p>
          </StateBox>
        ) : null}
        <ul className="rows agreements">
          {agreements.items.map((one) => (
            <AgreementRow key={one.id} one={one} institutionId={institutionId} />
          ))}
        </ul>
        {agreements.hasNextPage ? (
          <div className="pager">
            <button type="button" className="btn plain s" onClick={() => void agreements.fetchNextPage()}>
              {screens.kit.more}
            </button>
          </div>
        ) : null}
      </Sheet>
    </>
  );
};

const AgreementRow = ({ one, institutionId }: { one: Agreement; institutionId: string }) => {
  const { screens, day } = useWords();
  const say = screens.agreements;
  const file = (form: "issued" | "signed") =>
    `/api/v1/institutions/${institutionId}/agreements/${one.id}/document?form=${form}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(one.sha256);
      announce(screens.kit.copied);
    } catch {
      announce(screens.kit.notCopied);
    }
  };
  return (
    <li>
      <div>
        <h3>{one.conventionTitle ?? say.ofProduct(one.productTitle)}</h3>
        <p className="s muted">
          {[
            one.kind === "adhesion" ? null : say.kinds[one.kind],
            say.writtenOn(day(one.writtenAt)),
            one.signedAt
              ? one.signedForm
                ? say.signedOn(day(one.signedAt), one.signedForm)
                : say.confirmedOn(day(one.signedAt))
              : say.notSigned,
            one.signers.length > 0 ? say.by(one.signers.join(", ")) : null,
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <SigningSteps steps={one.signing} />
        <p className="digest xs quiet">
          <span>{say.digest}</span>
          <span className="code">{one.sha256}</span>
          <button type="button" className="btn text s" onClick={() => void copy()}>
            <Icon name="copy" small /> {screens.kit.copy}
            <Hidden> {say.copyDigest}</Hidden>
          </button>
        </p>
      </div>
      <Chip tone={agreementTone[one.state]}>{say.states[one.state]}</Chip>
      <div className="files">
        {one.signedForm ? (
          <a className="btn plain s" href={file("signed")} download>
            <Icon name="download" small /> {say.downloadSigned}
            <Hidden> {one.productTitle}</Hidden>
          </a>
        ) : null}
        {one.hasProof ? (
          <a className="btn plain s" href={`/api/v1/institutions/${institutionId}/agreements/${one.id}/proof`} download>
            <Icon name="download" small /> {say.downloadProof}
            <Hidden> {one.productTitle}</Hidden>
          </a>
        ) : null}
        <a className="btn plain s" href={file("issued")} download>
          <Icon name="download" small /> {say.downloadIssued}
          <Hidden> {one.productTitle}</Hidden>
        </a>
      </div>
    </li>
  );
};
