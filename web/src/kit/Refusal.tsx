import { isProblem, type Permission, profilesWith } from "@area/api";
import { Link, useParams } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { WhyNot, WhyNotDialog } from "./May.tsx";
import { Note, StateBox } from "./pieces.tsx";
import { useWords } from "./words.tsx";

/** What a refusal says, in the words of the reader. */
export const useProblemText = () => {
  const { problems, screens } = useWords();
  return (error: unknown): { title: string; detail: string; traceId: string | undefined } => {
    if (isProblem(error)) {
      const said = problems.problems[error.code];
      return { title: said.title, detail: said.detail(error.facts), traceId: error.body?.traceId };
    }
    if (!navigator.onLine) return { title: screens.kit.offlineTitle, detail: screens.kit.offline, traceId: undefined };
    const said = problems.problems[error instanceof TypeError ? "temporarily-unavailable" : "internal-error"];
    return { title: said.title, detail: said.detail({}), traceId: undefined };
  };
};

/** Error and refusal, in the place of what they stand for: whose fault, what is safe, the way out. */
export const Refusal = ({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) => {
  const { screens } = useWords();
  const say = useProblemText();
  const ours = !isProblem(error) || error.status >= 500;
  const { title, detail, traceId } = say(error);
  const permission = missing(error);
  if (permission) return <Locked {...permission} detail={detail} />;
  return (
    <StateBox
      icon={ours ? "wrong" : "info"}
      title={title}
      {...(ours ? { tone: "critical" as const } : {})}
      acts={
        <>
          {retry ? (
            <button type="button" className="btn plain s" onClick={retry}>
              {screens.kit.retry}
            </button>
          ) : null}
          {ours ? (
            <a className="s" href="/stato">
              {screens.kit.status}
            </a>
          ) : (
            <Link className="s" to="/enti">
              {screens.kit.backToInstitutions}
            </Link>
          )}
        </>
      }
    >
      <p role="alert">{detail}</p>
      {ours && traceId ? (
        <p className="xs quiet">
          {screens.kit.supportCode} <span className="code">{traceId}</span> ·{" "}
          <a href={`/aiuto?pagina=${encodeURIComponent(location.pathname)}&codice=${encodeURIComponent(traceId)}`}>
            {screens.kit.askHelp}
          </a>
        </p>
      ) : null}
    </StateBox>
  );
};

/** The permission that a refusal of an institution is about, if it is about one. */
const missing = (error: unknown): { permission: Permission; productId?: string } | null =>
  isProblem(error) &&
  error.code === "permission-missing" &&
  typeof error.facts.permission === "string" &&
  !error.facts.staff
    ? {
        permission: error.facts.permission as Permission,
        ...(typeof error.facts.productId === "string" ? { productId: error.facts.productId } : {}),
      }
    : null;

/** A write that was refused, said beside what was typed. A missing permission is asked for from here. */
export const RefusalNote = ({ error, level = 3 }: { error: unknown; level?: 2 | 3 }) => {
  const { kit } = useWords().screens;
  const say = useProblemText();
  const [asking, setAsking] = useState(false);
  const permission = missing(error);
  return (
    <>
      <Note
        tone="critical"
        icon="wrong"
        role="alert"
        level={level}
        title={say(error).title}
        act={
          permission ? (
            <button type="button" className="btn plain s" onClick={() => setAsking(true)}>
              {kit.whyNot}
            </button>
          ) : undefined
        }
      >
        <p>{say(error).detail}</p>
      </Note>
      {permission ? <WhyNotDialog {...permission} open={asking} onClose={() => setAsking(false)} /> : null}
    </>
  );
};

/** Not allowed: the rule, the missing permission, who has it; inside an institution also who can give it, and the way to ask. */
export const Locked = ({
  permission,
  productId,
  detail,
}: {
  permission: Permission;
  productId?: string;
  detail?: string;
}) => {
  const { screens } = useWords();
  const { institutionId } = useParams({ strict: false });
  const name = screens.kit.permissionName[permission] ?? permission;
  const who = profilesWith(permission)
    .map((profile) => screens.profiles[profile])
    .join(", ");
  return (
    <StateBox icon="lock" title={screens.kit.refusedTitle(name)}>
      {institutionId ? (
        <Suspense fallback={null}>
          <WhyNot institutionId={institutionId} permission={permission} {...(productId ? { productId } : {})} />
        </Suspense>
      ) : (
        <p>{detail ?? screens.kit.refused(who)}</p>
      )}
    </StateBox>
  );
};
