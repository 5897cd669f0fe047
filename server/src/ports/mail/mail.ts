/** Sends one message. The id becomes its Message-ID: who receives it twice can see it. */
export type Message = { id: string; kind: "mail" | "pec"; to: string; subject: string; text: string };
export type Mail = { send(message: Message): Promise<void>; close(): void };
