import type { ReactNode } from "react";
import { useEffect, useId, useRef, useState } from "react";
import { useWords } from "./words.tsx";

export type Tone = "positive" | "attention" | "critical" | "progress" | "neutral";

export const Icon = ({ name, small }: { name: string; small?: boolean }) => (
  <span className={`i i-${name}${small ? " sm" : ""}`} aria-hidden="true" />
);

/** A status: a shape, a word, a ground. */
export const Chip = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span className={`chip ${tone}`}>{children}</span>
);

export const Hidden = ({ children }: { children: ReactNode }) => <span className="hidden">{children}</span>;

/** The one container. Sheets never nest. */
export const Sheet = ({
  title,
  count,
  hot,
  beside,
  className,
  children,
}: {
  title: string;
  count?: number | undefined;
  hot?: boolean;
  beside?: ReactNode;
  className?: string;
  children: ReactNode;
}) => {
  const id = useId();
  return (
    <section className={`sheet${className ? ` ${className}` : ""}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {count === undefined ? null : <span className={`count${hot ? " hot" : ""}`}>{count}</span>}
        {beside}
      </header>
      {children}
    </section>
  );
};

/** Empty: what will be here, why it is empty, the first act. */
export const StateBox = ({
  icon,
  title,
  tone,
  children,
  acts,
}: {
  icon: string;
  title: string;
  tone?: Tone;
  children?: ReactNode;
  acts?: ReactNode;
}) => (
  <div className={`state-box${tone ? ` ${tone}` : ""}`}>
    <Icon name={icon} />
    <h3>{title}</h3>
    {children}
    {acts ? <div className="row">{acts}</div> : null}
  </div>
);

/** A message that stays in the page. */
export const Note = ({
  tone,
  icon,
  title,
  act,
  role,
  level = 3,
  children,
}: {
  tone: Tone;
  icon: string;
  title: string;
  act?: ReactNode;
  role?: "alert" | "status";
  /** 2 where it stands before any sheet: headings come in order. */
  level?: 2 | 3;
  children?: ReactNode;
}) => (
  <div className={`note ${tone}`} role={role}>
    <Icon name={icon} />
    <div>
      {level === 2 ? <h2>{title}</h2> : <h3>{title}</h3>}
      {children}
    </div>
    {act ? <div className="act row">{act}</div> : null}
  </div>
);

/** Bones of the same shape, after 200 ms: what is quick never blinks. */
export const Bones = ({ what, rows = 3 }: { what: string; rows?: number }) => {
  const { screens } = useWords();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true">
      <span className="hidden" role="status">
        {late ? screens.kit.loading(what.toLocaleLowerCase()) : ""}
      </span>
      <ul className={`rows bones${late ? "" : " early"}`} aria-hidden="true">
        {Array.from({ length: rows }, (_, n) => n).map((n) => (
          <li key={n}>
            <span className={`bone w${n % 3}`} />
            <span className="bone w3" />
          </li>
        ))}
      </ul>
    </div>
  );
};

/** Title of the page, and the place where focus lands on arrival. */
export const PageTitle = ({
  title,
  documentTitle,
  before,
  acts,
  children,
}: {
  title: string;
  documentTitle?: string;
  before?: ReactNode;
  acts?: ReactNode;
  children?: ReactNode;
}) => {
  const { screens } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const full = `${documentTitle ?? title} · ${screens.shell.product}`;
  useEffect(() => {
    document.title = full;
  }, [full]);
  useArrival(heading);
  return (
    <div className="title">
      <div className={before ? "id" : undefined}>
        {before}
        <div>
          <h1 tabIndex={-1} ref={heading}>
            {title}
          </h1>
          {children}
        </div>
      </div>
      {acts ? <div className="row">{acts}</div> : null}
    </div>
  );
};

let arrivedAt: string | null = null;
/** After a navigation focus goes to the title; on the first opening it stays where the browser puts it. */
const useArrival = (heading: React.RefObject<HTMLHeadingElement | null>) => {
  useEffect(() => {
    const step = new URLSearchParams(location.search).get("passo") ?? "";
    const here = location.pathname + step;
    const first = arrivedAt === null;
    const moved = arrivedAt !== here;
    arrivedAt = here;
    if (first || !moved) return;
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  });
};
