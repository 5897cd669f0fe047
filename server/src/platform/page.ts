import type { Language } from "@area/words";
import type { UploadedFile } from "./pipeline.ts";

/** A page written by the server, which needs no script: what it is given and what it answers. No framework seen. */
export type PageRequest = {
  params: Record<string, string>;
  query: Record<string, string>;
  form: Record<string, string>;
  file?: UploadedFile;
  /** An upload that could not be read: too large, cut short, missing. */
  uploadProblem?: "file-too-large" | "upload-truncated" | "file-missing";
  cookies: Record<string, string | undefined>;
  language: Language;
  sessionHash?: Buffer;
  traceId: string;
  /** What the browser says of itself. */
  userAgent?: string;
  /** The address as asked, for language links and for coming back. */
  path: string;
  wantsJson: boolean;
};

export type Cookie = { name: string; value: string; sameSite: "Lax" | "None"; maxAge?: number };
export type PageAnswer = {
  status?: number;
  html?: string;
  text?: { body: string; mediaType: string };
  json?: unknown;
  file?: { name: string; mediaType: string; bytes: AsyncIterable<Uint8Array> | Uint8Array; length?: number };
  redirect?: string;
  cookies?: Cookie[];
  /** Origins that a form of this page may post to, besides our own. */
  formTargets?: string[];
  cache?: string;
};

export type Page = {
  method: "GET" | "POST";
  path: string;
  upload?: { maxBytes: number };
  /** Posts that come from elsewhere by design (the response of an identity provider). */
  crossSite?: boolean;
  /** Where a login begins: its cookies hold for one host name, so in development another name of this machine is sent to ours. */
  ownHost?: boolean;
  /** Counts against the limit of logins per minute. */
  login?: boolean;
  answer(request: PageRequest): Promise<PageAnswer>;
};

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
export const escapeHtml = (value: unknown): string => String(value ?? "").replace(/[&<>"']/g, (c) => escapes[c]!);

/** Markup already safe. Anything else put into a template is escaped. */
export type Html = { readonly markup: string };
const isHtml = (value: unknown): value is Html => typeof value === "object" && value !== null && "markup" in value;
const write = (value: unknown): string =>
  value === null || value === undefined || value === false
    ? ""
    : Array.isArray(value)
      ? value.map(write).join("")
      : isHtml(value)
        ? value.markup
        : escapeHtml(value);

/** A tagged template whose values are escaped. */
export const html = (strings: TemplateStringsArray, ...values: unknown[]): Html => ({
  markup: strings.reduce((text, part, i) => text + part + (i < values.length ? write(values[i]) : ""), ""),
});
/** Our own constant markup (an icon). Never for what comes from outside. */
export const trusted = (markup: string): Html => ({ markup });
