import { describe, expect, it } from "vitest";
import { RefusedToStart, readConfig } from "./config.ts";

const whole = {
  PUBLIC_URL: "https://area.example",
  DATABASE_URL: "postgres://x",
  DATA_KEY: Buffer.alloc(32, 7).toString("base64"),
  IDP_METADATA: "https://idp.example/metadata",
  IDP_METADATA_CERTS: "certs/idp.pem",
  SPID_KEY_FILE: "key.pem",
  SPID_CERTIFICATE_FILE: "cert.pem",
  TRUST_LIST_FILE: "trust.pem",
  SMTP_URL: "smtp://mail.example",
};

describe("strict mode", () => {
  it("starts with everything said", () => {
    expect(readConfig(whole, "strict")).toMatchObject({
      secure: true,
      publicUrl: "https://area.example",
      mode: "strict",
    });
  });
  for (const [what, change, sentence] of [
    ["no public address", { PUBLIC_URL: undefined }, /PUBLIC_URL/],
    ["plain http", { PUBLIC_URL: "http://area.example" }, /https/],
    ["the embedded database unacknowledged", { DATABASE_URL: undefined }, /power cut/],
    ["no data key", { DATA_KEY: undefined }, /DATA_KEY/],
    ["a data key of the wrong length", { DATA_KEY: "YWJj" }, /32 bytes/],
    ["no identity providers", { IDP_METADATA: undefined }, /IDP_METADATA/],
    ["unpinned identity providers", { IDP_METADATA_CERTS: undefined }, /IDP_METADATA_CERTS/],
    ["metadata over plain http", { IDP_METADATA: "http://idp.example/metadata" }, /development only/],
    ["development keys", { SPID_KEY_FILE: undefined }, /SPID_KEY_FILE/],
    ["no trust list", { TRUST_LIST_FILE: undefined }, /TRUST_LIST_FILE/],
    ["no mail server", { SMTP_URL: undefined }, /SMTP_URL/],
    ["a port that is none", { PORT: "many" }, /PORT/],
  ] as const)
    it(`refuses to start with ${what}, and says what to do`, () => {
      expect(() => readConfig({ ...whole, ...change }, "strict")).toThrow(RefusedToStart);
      expect(() => readConfig({ ...whole, ...change }, "strict")).toThrow(sentence);
    });
  it("accepts the embedded database when acknowledged", () => {
    expect(
      readConfig({ ...whole, DATABASE_URL: undefined, EMBEDDED_DATABASE_ACKNOWLEDGED: "true" }, "strict").databaseUrl,
    ).toBeUndefined();
  });
});
