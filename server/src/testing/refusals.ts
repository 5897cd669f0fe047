import { isProblem, type Problem } from "@area/api";

/** The refusal of a call that must be refused. Anything else, an answer above all, fails the test. */
export const refusalOf = (call: Promise<unknown>): Promise<Problem> =>
  call.then(
    (answer) => {
      throw new Error(`accepted: ${JSON.stringify(answer)}`);
    },
    (error: unknown) => {
      if (isProblem(error)) return error;
      throw error;
    },
  );

export const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call)).code;
