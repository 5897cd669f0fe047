export { folderMail } from "./folder.ts";
export type { Mail, Message } from "./mail.ts";
export { smtpMail } from "./smtp.ts";
