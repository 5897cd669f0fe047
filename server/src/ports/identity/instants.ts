const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/;

/** An xs:dateTime in UTC as SAML writes it; fractions of any use are accepted (some providers send microseconds). */
export function parseInstant(text: string | undefined): Date | undefined {
  const parts = text === undefined ? null : pattern.exec(text);
  if (!parts) return undefined;
  const whole = `${parts[0].slice(0, 19)}Z`;
  const seconds = Date.parse(whole);
  // Date.parse rolls some impossible days over: only what prints back the same is a moment.
  if (Number.isNaN(seconds) || new Date(seconds).toISOString().slice(0, 19) !== whole.slice(0, 19)) return undefined;
  return new Date(seconds + Number((parts[7] ?? "").padEnd(3, "0").slice(0, 3)));
}

/** Whole seconds: a provider that answers without fractions must not seem to answer before it was asked. */
export function wholeSeconds(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}

export function formatInstant(moment: Date): string {
  return moment.toISOString().replace(/\.\d{3}Z$/, "Z");
}
