import { isProblem } from "@area/api";
import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { PageTitle } from "../kit/pieces.tsx";
import { Refusal } from "../kit/Refusal.tsx";
import { useWords } from "../kit/words.tsx";
import { BareShell } from "./BareShell.tsx";

export const NotFound = () => {
  const { kit } = useWords().screens;
  return (
    <BareShell>
      <PageTitle title={kit.notFoundTitle}>
        <p>{kit.notFound}</p>
      </PageTitle>
      <Link className="btn main" to="/enti">
        {kit.backToInstitutions}
      </Link>
    </BareShell>
  );
};

/** The page itself broke: say whose fault it is and how to go on. */
export const Broken = ({ error }: ErrorComponentProps) => {
  const { kit } = useWords().screens;
  return (
    <BareShell>
      <PageTitle title={kit.brokenTitle}>
        <p>{kit.broken}</p>
      </PageTitle>
      {isProblem(error) ? (
        <section className="sheet">
          <Refusal error={error} />
        </section>
      ) : null}
      <p className="acts">
        <button type="button" className="btn main" onClick={() => location.reload()}>
          {kit.reload}
        </button>
        <a className="btn plain" href="/stato">
          {kit.status}
        </a>
        <a className="btn text" href={`/aiuto?pagina=${encodeURIComponent(location.pathname)}`}>
          {kit.askHelp}
        </a>
      </p>
    </BareShell>
  );
};
