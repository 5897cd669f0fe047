import {
  type api,
  type FileAnswer,
  isProblem,
  LinkReading,
  Problem,
  SIGNED_FILE_MAX_BYTES,
  type SignatureCheck,
} from "@area/api";
import { problemText } from "@area/words";
import type { z } from "zod";
import type { Signable } from "../agreements/index.ts";
import {
  cancelLandingPage,
  cancelledPage,
  errorPage,
  signedPage,
  signLandingPage,
  signVerdictPage,
} from "../pages/index.ts";
import type { Page, PageAnswer, PageRequest } from "../platform/page.ts";
import type { Handler, Invoke } from "../platform/pipeline.ts";
import type { Parts } from "../ports/index.ts";
import { remoteSigning } from "./remote-signing.ts";

type Links = { [K in keyof typeof api.onboarding.links]: Handler };
type Check = z.output<typeof SignatureCheck>;
const tokenIn = (request: PageRequest) => request.params["token"] ?? "";

/**
 * Where mailed links lead: pages of the server that need no script. GET consumes nothing, whoever opens it (a mail scanner does);
 * only a POST with an accepted file, or a confirmed cancellation, does.
 */
export const linkPages = (parts: Parts, links: Links, invoke: Invoke, signables: Record<string, Signable>): Page[] => {
  const read = async (request: PageRequest): Promise<LinkReading> =>
    LinkReading.parse(
      (await invoke(links.read, { params: {}, query: {}, body: { token: tokenIn(request) }, traceId: request.traceId }))
        .result,
    );

  const refusal = (request: PageRequest, problem: Problem): PageAnswer =>
    request.wantsJson
      ? {
          status: problem.status,
          json: {
            type: `/problemi/${problem.code}`,
            ...problemText(request.language, problem.code, problem.facts),
            status: problem.status,
            code: problem.code,
            facts: problem.facts,
            traceId: request.traceId,
          },
        }
      : {
          status: problem.status,
          html: errorPage({
            language: request.language,
            path: request.path,
            code: problem.code,
            facts: problem.facts,
            traceId: request.traceId,
          }),
        };

  /** A page or, for a program that asks for JSON, the same refusal as problem+json. */
  const guarded = (answer: (request: PageRequest) => Promise<PageAnswer>) => async (request: PageRequest) => {
    try {
      return await answer(request);
    } catch (error) {
      if (isProblem(error)) return refusal(request, error);
      throw error;
    }
  };
  const purposeMustBe = (reading: LinkReading, purpose: LinkReading["purpose"]) => {
    if (reading.purpose !== purpose) throw new Problem("link-invalid");
  };

  /** The name of the service that signs inside the portal; null where there is none, or it does not answer. */
  const remoteName = async (): Promise<string | null> => parts.ports.remoteSignature?.name().catch(() => null) ?? null;

  /** Gives a signed file to the endpoint of uploads, and shows what came of it. */
  const send = async (
    request: PageRequest,
    token: string,
    file: { name: string; bytes: Buffer },
  ): Promise<PageAnswer> => {
    const { language } = request;
    const path = `/accordo/${encodeURIComponent(token)}`;
    const at = { params: {}, query: {}, body: { token }, file, traceId: request.traceId };
    try {
      const done = (await invoke(links.upload, at)).result as {
        kind: LinkReading["kind"];
        productTitle: string;
        institutionName: string;
        signedAt: string;
        completedAt: string | null;
        signer: string;
        signing: LinkReading["signing"];
      };
      return request.wantsJson ? { json: done } : { html: signedPage({ language, path, token, result: done }) };
    } catch (error) {
      if (!isProblem(error) || request.wantsJson || !Array.isArray(error.facts["checks"])) throw error;
      const reading = LinkReading.parse(
        (await invoke(links.read, { params: {}, query: {}, body: { token }, traceId: request.traceId })).result,
      );
      return {
        status: error.status,
        html: signVerdictPage({
          language,
          path,
          reading,
          token,
          checks: error.facts["checks"] as Check[],
          accepted: false,
          fileName: file.name,
          size: file.bytes.length,
        }),
      };
    }
  };

  const upload = async (request: PageRequest): Promise<PageAnswer> => {
    const { language, path, file, uploadProblem } = request;
    const token = tokenIn(request);
    const reading = await read(request);
    purposeMustBe(reading, "sign");
    if (uploadProblem || !file) {
      const problem = new Problem(uploadProblem ?? "file-missing");
      return request.wantsJson
        ? refusal(request, problem)
        : {
            status: problem.status,
            html: signLandingPage({ language, path, reading, token, problem: { code: problem.code, facts: {} } }),
          };
    }
    return send(request, token, file);
  };

  const check = async (request: PageRequest): Promise<PageAnswer> => {
    const { language, path, file, uploadProblem } = request;
    const token = tokenIn(request);
    const reading = await read(request);
    purposeMustBe(reading, "sign");
    if (uploadProblem || !file) {
      const problem = new Problem(uploadProblem ?? "file-missing");
      if (request.wantsJson) return refusal(request, problem);
      return {
        status: problem.status,
        html: signLandingPage({ language, path, reading, token, problem: { code: problem.code, facts: {} } }),
      };
    }
    const report = (
      await invoke(links.check, { params: {}, query: {}, body: { token }, file, traceId: request.traceId })
    ).result as { accepted: boolean; form: "CAdES" | "PAdES" | null; checks: Check[] };
    return request.wantsJson
      ? { json: report }
      : {
          html: signVerdictPage({
            language,
            path,
            reading,
            token,
            checks: report.checks,
            accepted: report.accepted,
            fileName: file.name,
            size: file.bytes.length,
            checkedOnly: true,
          }),
        };
  };

  return [
    {
      method: "GET",
      path: "/accordo/:token",
      answer: guarded(async (request) => {
        const reading = await read(request);
        purposeMustBe(reading, "sign");
        return request.wantsJson
          ? { json: reading }
          : {
              html: signLandingPage({
                language: request.language,
                path: request.path,
                reading,
                token: tokenIn(request),
                remote: await remoteName(),
              }),
            };
      }),
    },
    ...remoteSigning(parts, links, invoke, signables, send).map((page) => ({ ...page, answer: guarded(page.answer) })),
    {
      method: "GET",
      path: "/accordo/:token/documento",
      answer: guarded(async (request) => ({
        file: (
          await invoke(links.document, {
            params: {},
            query: {},
            body: { token: tokenIn(request) },
            traceId: request.traceId,
          })
        ).result as FileAnswer,
      })),
    },
    { method: "POST", path: "/accordo/:token", upload: { maxBytes: SIGNED_FILE_MAX_BYTES }, answer: guarded(upload) },
    {
      method: "POST",
      path: "/accordo/:token/controllo",
      upload: { maxBytes: SIGNED_FILE_MAX_BYTES },
      answer: guarded(check),
    },
    {
      method: "GET",
      path: "/annulla/:token",
      answer: guarded(async (request) => {
        const reading = await read(request);
        purposeMustBe(reading, "cancel");
        return request.wantsJson
          ? { json: reading }
          : {
              html: cancelLandingPage({
                language: request.language,
                path: request.path,
                reading,
                token: tokenIn(request),
              }),
            };
      }),
    },
    {
      method: "POST",
      path: "/annulla/:token",
      answer: guarded(async (request) => {
        const done = (
          await invoke(links.cancel, {
            params: {},
            query: {},
            body: { token: tokenIn(request) },
            traceId: request.traceId,
          })
        ).result as { productTitle: string; institutionName: string; cancelledAt: string };
        return request.wantsJson
          ? { json: done }
          : {
              html: cancelledPage({
                language: request.language,
                path: request.path,
                token: tokenIn(request),
                result: done,
              }),
            };
      }),
    },
  ];
};
