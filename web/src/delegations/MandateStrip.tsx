import type { MandateInForce } from "@area/api";
import { Link } from "@tanstack/react-router";
import { PageTitle, Sheet, StateBox } from "../kit/pieces.tsx";
import { useProblemText } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";

/** For whom, through whom, on what and until when: always in sight while one acts for another. */
export const MandateStrip = ({ mandate, onChange }: { mandate: MandateInForce; onChange: () => void }) => {
  const { screens, day } = useWords();
  const say = screens.mandates;
  return (
    <section className="mandate" aria-label={say.region}>
      <div className="in">
        <p>
          <span className="i i-swap sm" aria-hidden="true" />
          <span>
            {say.actFor} <b>{mandate.institution.name}</b>{" "}
            {mandate.through ? `${say.throughAggregator(mandate.through.name)}, ` : ""}
            {say.asOf} <b>{mandate.partner.name}</b> · {mandate.productTitle} {say.env[mandate.environment]}
            {mandate.endsAt ? `, ${say.until} ${day(mandate.endsAt)}` : ""}
          </span>
        </p>
        <p className="push">
          <Link to="/enti/$institutionId" params={{ institutionId: mandate.institution.id }}>
            {say.see}
          </Link>
          <button type="button" className="as-link" onClick={onChange}>
            {say.leave}
          </button>
        </p>
      </div>
    </section>
  );
};

/** The mandate of the address no longer holds, or never did: said in the place of every page under it. */
export const MandateOver = ({ error }: { error: unknown }) => {
  const { screens } = useWords();
  const say = screens.mandates;
  const { title, detail } = useProblemText()(error);
  return (
    <>
      <PageTitle title={say.refusedTitle} />
      <Sheet title={say.region}>
        <StateBox
          icon="lock"
          title={title}
          acts={
            <Link className="btn main s" to="/enti">
              {say.choose}
            </Link>
          }
        >
          <p role="alert">{detail}</p>
        </StateBox>
      </Sheet>
    </>
  );
};
