import type { ReactNode } from "react";
import { Icon } from "./pieces.tsx";

export type Step = {
  name: string;
  state: "done" | "bad" | "current" | "next";
  link: ((content: ReactNode) => ReactNode) | null;
};

/** Bars with words; steps already reached are links. On a phone only the current has words. */
export const Stepper = ({
  label,
  steps,
  current,
  done,
  toMend,
}: {
  label: string;
  steps: Step[];
  current: (step: number, name: string) => string;
  done: string;
  toMend: string;
}) => (
  <ol className="stepper" aria-label={label}>
    {steps.map((step, n) =>
      step.state === "current" ? (
        <li key={step.name} aria-current="step">
          {current(n + 1, step.name)}
        </li>
      ) : (
        <li key={step.name} className={step.state === "next" ? undefined : step.state}>
          {step.state === "done" ? <Icon name="check" /> : null}
          {step.state === "next" ? null : <span className="hidden">{step.state === "done" ? done : toMend} </span>}{" "}
          {step.link ? step.link(step.name) : step.name}
        </li>
      ),
    )}
  </ol>
);
