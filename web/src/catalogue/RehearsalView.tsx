import type { Rehearsal, Requirements } from "@area/api";
import { wizardSteps } from "@area/api";
import type { ReactNode } from "react";
import { Chip, Note, Sheet } from "../kit/pieces.tsx";
import { useWords } from "../kit/words.tsx";
import { useCatalogueWords } from "./words.tsx";

const tone = { added: "positive", removed: "critical", changed: "attention", same: "neutral" } as const;
const written = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value, null, 1));

/** What a changed configuration means: faults, differences, and for each way of joining what results. */
export const RehearsalView = ({ one }: { one: Rehearsal }) => {
  const { screens } = useWords();
  const say = useCatalogueWords();
  const { kinds, origins, details } = screens.adhesion;
  const stepName = (step: (typeof wizardSteps)[number]) => screens.onboarding.steps[wizardSteps.indexOf(step)] ?? step;
  const both = (before: string[], after: string[]): ReactNode =>
    before.join() === after.join() ? (
      after.join(", ") || "—"
    ) : (
      <span className="diff">
        <del>
          <span>
            <span className="hidden">{say.before} </span>
            {before.join(", ") || say.none}
          </span>
        </del>
        <ins>
          <span>
            <span className="hidden">{say.after} </span>
            {after.join(", ") || say.none}
          </span>
        </ins>
      </span>
    );
  const steps = (r: Requirements | null) => (r ? r.steps.map(stepName) : []);
  const fields = (r: Requirements | null) => (r ? r.blocks.map((block) => details[block].title) : []);
  if (one.faults.length > 0)
    return (
      <Note level={2} tone="critical" icon="wrong" role="alert" title={say.faults}>
        <ul className="s">
          {one.faults.map((f) => (
            <li key={`${f.path} ${f.message}`}>
              <span className="code">{f.path || "—"}</span>: {f.message}
            </li>
          ))}
        </ul>
      </Note>
    );
  return (
    <>
      <Note
        level={2}
        tone="progress"
        icon="info"
        role="status"
        title={
          one.touched.active + one.touched.open > 0
            ? say.touched(one.touched.active, one.touched.open)
            : say.nobodyTouched
        }
      />
      <Sheet title={say.changes} count={one.changes.length}>
        <div className="body">
          {one.changes.length === 0 ? <p className="s muted">{say.noChanges}</p> : null}
          <dl className="diff">
            {one.changes.map((c) => (
              <div key={c.path}>
                <dt className="code">{c.path}</dt>
                <dd>
                  <del>
                    <span className="as-written">
                      <span className="hidden">{say.before} </span>
                      {c.before === null ? say.none : written(c.before)}
                    </span>
                  </del>
                  <ins>
                    <span className="as-written">
                      <span className="hidden">{say.after} </span>
                      {c.after === null ? say.none : written(c.after)}
                    </span>
                  </ins>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      </Sheet>
      <Sheet title={say.ways} count={one.admissions.filter((a) => a.change !== "same").length}>
        <div className="body stack">
          {one.admissions.map((a) => (
            <details key={`${a.kind} ${a.origin}`} open={a.change !== "same"}>
              <summary>
                {kinds[a.kind].name}, {origins[a.origin].name} <Chip tone={tone[a.change]}>{say.change[a.change]}</Chip>
              </summary>
              <dl className="facts">
                {(
                  [
                    [say.steps, steps(a.before), steps(a.after)],
                    [say.fields, fields(a.before), fields(a.after)],
                    [say.documents, a.documents.before, a.documents.after],
                    [say.roles, a.roles.before, a.roles.after],
                    [
                      say.mails,
                      a.mails.before.map((m) => say.mailNames[m]),
                      a.mails.after.map((m) => say.mailNames[m]),
                    ],
                  ] as const
                ).map(([label, before, after]) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>{both(before, after)}</dd>
                  </div>
                ))}
              </dl>
              {a.active + a.open > 0 ? <p className="s muted">{say.touched(a.active, a.open)}</p> : null}
            </details>
          ))}
        </div>
      </Sheet>
    </>
  );
};
