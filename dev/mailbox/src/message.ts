import { type Attachment, type ParsedMail, simpleParser } from "mailparser";

export interface Message {
  id: string;
  from: string;
  fromName: string;
  /** Those it was really delivered to (SMTP envelope), blind copies included. */
  to: string[];
  subject: string;
  kind: "pec" | "mail";
  /** When it arrived, ISO 8601. */
  at: string;
  text: string;
  links: string[];
  attachments: { name: string; type: string; size: number }[];
}

/** Reads a message as it was kept: the delivery's own headers first, then what the sender wrote. */
export async function readMessage(id: string, at: number, raw: Buffer): Promise<Message> {
  const mail = await simpleParser(raw, { skipImageLinks: true });
  const from = mail.from?.value[0];
  const text = mail.text?.trim() ?? "";
  return {
    id,
    from: from?.address ?? "",
    fromName: from?.name ?? "",
    to: deliveredTo(mail),
    subject: mail.subject ?? "",
    kind: mail.headers.get("area-mail-kind") === "pec" ? "pec" : "mail",
    at: new Date(at).toISOString(),
    text,
    links: linksOf(text),
    attachments: mail.attachments.map((attachment, index) => ({
      name: nameOf(attachment, index),
      type: attachment.contentType,
      size: attachment.size,
    })),
  };
}

export async function readAttachment(raw: Buffer, index: number): Promise<Attachment | undefined> {
  return (await simpleParser(raw)).attachments[index];
}

export function nameOf(attachment: Attachment, index: number): string {
  return attachment.filename || `allegato-${index + 1}`;
}

/** The headers a delivery adds on top of a message. */
export function deliveryHeaders(from: string, to: readonly string[]): string {
  return [`Return-Path: <${from}>`, ...to.map((address) => `Delivered-To: ${address}`), ""].join("\r\n");
}

function deliveredTo(mail: ParsedMail): string[] {
  // Only the ones on top, right after Return-Path: a sender may have written the same header below.
  const [, ...lines] = mail.headerLines;
  const end = lines.findIndex(({ key }) => key !== "delivered-to");
  return lines.slice(0, end < 0 ? undefined : end).map(({ line }) => line.slice(line.indexOf(":") + 1).trim());
}

const LINK = /https?:\/\/[^\s<>"]+/g;

/** The links of a text, without the punctuation that ends the sentence around them. */
export function linksOf(text: string): string[] {
  return [...new Set((text.match(LINK) ?? []).map(withoutPunctuation))];
}

/** The text cut into plain pieces and links, in order. */
export function pieces(text: string): { text: string; link: boolean }[] {
  const out: { text: string; link: boolean }[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const link = withoutPunctuation(match[0]);
    out.push({ text: text.slice(from, match.index), link: false }, { text: link, link: true });
    from = match.index + link.length;
  }
  out.push({ text: text.slice(from), link: false });
  return out;
}

function withoutPunctuation(link: string): string {
  const trimmed = link.replace(/[.,;:!?'»]+$/, "");
  // A closing bracket belongs to the link only when the link opened it.
  return trimmed.endsWith(")") && !trimmed.includes("(") ? withoutPunctuation(trimmed.slice(0, -1)) : trimmed;
}
