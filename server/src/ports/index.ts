import type { Act } from "../platform/act.ts";
import type { Cipher } from "../platform/cipher.ts";
import type { Config } from "../platform/config.ts";
import type { Database } from "../platform/database/transaction.ts";
import type { Log } from "../platform/log.ts";
import type { Federation } from "./identity/federation/index.ts";
import type { ServiceProvider } from "./identity/index.ts";
import type { IdentityProviders } from "./identity/providers.ts";
import type { StaffProvider } from "./identity/staff-provider.ts";
import type { Mail } from "./mail/index.ts";
import type { Probe } from "./outside/probe.ts";
import type { BusinessRegister } from "./registry/index.ts";
import type { RemoteSignature, Seal, SignatureChecker, TrustedList } from "./signature/index.ts";
import type { Storage } from "./storage/index.ts";

export type TrustedLists = {
  /** The document, as text. Throws when it does not come. */
  fetch(address: string): Promise<string>;
  /** Verified and read. Throws `ListProblem`. */
  read(xml: string, signers: readonly Uint8Array[], now: Date): Promise<TrustedList>;
  /** Certificates in DER that may sign the list of lists: the operator pinned them (Official Journal C 276 of 2019). */
  signers(): Uint8Array[];
};

/** Where the house meets the world. Each has a default that works offline. */
export type Ports = {
  storage: Storage;
  mail: Mail;
  businessRegister: BusinessRegister;
  /** Looks at signed files: in threads of its own, and asking the authorities. */
  signatures: SignatureChecker;
  /** Signing inside the portal; absent where no service is set, and files are uploaded. */
  remoteSignature?: RemoteSignature;
  /** The company's seal; absent where none is set, and nothing can be countersigned. */
  seal?: Seal;
  /** The European trusted lists: where they come from, and who may sign the list of lists. */
  trustedLists: TrustedLists;
  /** Tries an address of a station, step by step. */
  probe: Probe;
  identityProviders: IdentityProviders;
  serviceProvider: ServiceProvider;
  /** CIE by OpenID; absent when the settings name no provider. */
  federation?: Federation;
  /** The staff's own provider; null where none is set, and their door stays closed. */
  staffProvider: StaffProvider | null;
};

/** What a room may use: main makes it once and hands it in. */
export type Parts = {
  config: Config;
  cipher: Cipher;
  database: Database;
  act: Act;
  log: Log;
  clock: () => Date;
  ports: Ports;
};
