import { webcrypto } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";

export type Issued = { key: string; certificate: string; subject: ArrayBuffer; sign: CryptoKey };
const DAY = 86_400_000;
const EC = { name: "ECDSA", namedCurve: "P-256" };

const pem = (label: string, der: ArrayBuffer): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der)
    .toString("base64")
    .match(/.{1,64}/g)!
    .join("\n")}\n-----END ${label}-----\n`;
const named = (name: string): ArrayBuffer =>
  new asn1js.Sequence({
    value: [
      new asn1js.Set({
        value: [
          new asn1js.Sequence({
            value: [new asn1js.ObjectIdentifier({ value: "2.5.4.3" }), new asn1js.Utf8String({ value: name })],
          }),
        ],
      }),
    ],
  }).toBER(false);

/** An invented authority, or a server's certificate by one: with these names and these dates. */
export const issue = async (of: {
  name: string;
  ca?: boolean;
  hosts?: string[];
  by?: Issued;
  from?: Date;
  until?: Date;
}): Promise<Issued> => {
  const crypto = new pkijs.CryptoEngine({ name: "node", crypto: webcrypto as unknown as Crypto });
  const keys = await webcrypto.subtle.generateKey(EC, true, ["sign", "verify"]);
  const subject = named(of.name);
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  const serial = webcrypto.getRandomValues(new Uint8Array(8));
  serial[0] = (serial[0]! & 0x3f) | 0x40;
  certificate.serialNumber = new asn1js.Integer({ valueHex: serial.buffer as ArrayBuffer });
  certificate.subject = pkijs.RelativeDistinguishedNames.fromBER(subject);
  certificate.issuer = pkijs.RelativeDistinguishedNames.fromBER(of.by?.subject ?? subject);
  certificate.notBefore.value = of.from ?? new Date(Date.now() - DAY);
  certificate.notAfter.value = of.until ?? new Date(Date.now() + 365 * DAY);
  const extension = (extnID: string, critical: boolean, value: asn1js.BaseBlock) =>
    new pkijs.Extension({ extnID, critical, extnValue: value.toBER(false) });
  certificate.extensions = [
    extension("2.5.29.19", true, new asn1js.Sequence({ value: of.ca ? [new asn1js.Boolean({ value: true })] : [] })),
    ...(of.hosts
      ? [
          extension(
            "2.5.29.17",
            false,
            new asn1js.Sequence({
              value: of.hosts.map(
                (host) =>
                  new asn1js.Primitive({
                    idBlock: { tagClass: 3, tagNumber: 2 },
                    valueHex: new TextEncoder().encode(host).buffer as ArrayBuffer,
                  }),
              ),
            }),
          ),
        ]
      : []),
  ];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey as CryptoKey, crypto);
  await certificate.sign(of.by?.sign ?? (keys.privateKey as CryptoKey), "SHA-256", crypto);
  return {
    key: pem("PRIVATE KEY", await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)),
    certificate: pem("CERTIFICATE", certificate.toSchema(true).toBER(false)),
    subject,
    sign: keys.privateKey as CryptoKey,
  };
};
