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
    [
      "the list of trusted lists over plain http",
      { LOTL_URL: "http://lists.example/lotl.xml", LOTL_CERTIFICATES_FILE: "lotl.pem" },
      /LOTL_URL must be https/,
    ],
    ["the list of trusted lists unpinned", { LOTL_URL: "https://lists.example/lotl.xml" }, /LOTL_CERTIFICATES_FILE/],
    ["no mail server", { SMTP_URL: undefined }, /SMTP_URL/],
    [
      "the staff's provider over plain http",
      { STAFF_ISSUER: "http://staff.example", STAFF_CLIENT_ID: "x", STAFF_CLIENT_SECRET: "y" },
      /STAFF_ISSUER must be https/,
    ],
    ["the staff's provider without a client", { STAFF_ISSUER: "https://staff.example" }, /STAFF_CLIENT_ID/],
    [
      "two ways to be the staff's client",
      {
        STAFF_ISSUER: "https://staff.example",
        STAFF_CLIENT_ID: "x",
        STAFF_CLIENT_SECRET: "y",
        STAFF_CLIENT_KEY_FILE: "z",
      },
      /one of/,
    ],
    ["a staff profile that does not exist", { STAFF_GROUPS: "all=root" }, /STAFF_GROUPS/],
    ["a reviewer of nothing", { STAFF_GROUPS: "all=reviewer" }, /per product/],
    ["support of one product", { STAFF_GROUPS: "all=support:pagopa" }, /every product/],
    ["a port that is none", { PORT: "many" }, /PORT/],
  ] as const)
    it(`refuses to start with ${what}, and says what to do`, () => {
      expect(() => readConfig({ ...whole, ...change }, "strict")).toThrow(RefusedToStart);
      expect(() => readConfig({ ...whole, ...change }, "strict")).toThrow(sentence);
    });
  it("reads which groups of the staff give which profile", () => {
    expect(
      readConfig({ ...whole, STAFF_GROUPS: "cn=rev,ou=x=reviewer:pagopa; all=reviewer:*; help=support" }, "strict")
        .staff.groups,
    ).toEqual([
      { group: "cn=rev,ou=x", holding: { profile: "reviewer", productId: "pagopa" } },
      { group: "all", holding: { profile: "reviewer", productId: null } },
      { group: "help", holding: { profile: "support", productId: null } },
    ]);
  });
  it("accepts the embedded database when acknowledged", () => {
    expect(
      readConfig({ ...whole, DATABASE_URL: undefined, EMBEDDED_DATABASE_ACKNOWLEDGED: "true" }, "strict").databaseUrl,
    ).toBeUndefined();
  });
});
