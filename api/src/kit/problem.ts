import type { ProblemCode } from "../problems.ts";
import { problems } from "../problems.ts";

/** Facts that explain a refusal: plain values, never personal data of others. */
export type ProblemFacts = Record<string, unknown>;

/** A place in the input that is wrong: where (`body/administrators/0/email`) and which rule it breaks. */
export type FieldProblem = { path: string; code: string; facts?: ProblemFacts };

/** RFC 9457 "problem details", as it travels. */
export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  facts?: ProblemFacts;
  fields?: FieldProblem[];
  traceId?: string;
};

/** An expected refusal. Thrown by `fail`, answered as problem+json, thrown again as the same by the client. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  constructor(
    readonly code: ProblemCode,
    readonly facts: ProblemFacts = {},
    readonly fields: FieldProblem[] = [],
    readonly body?: ProblemBody,
  ) {
    super(code);
    this.status = problems[code];
  }
}

export const isProblem = (error: unknown): error is Problem => error instanceof Error && error.name === "Problem";
