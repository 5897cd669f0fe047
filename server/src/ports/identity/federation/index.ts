/** CIE by OpenID Federation: our side. Asks outside only through the `Reach` it is given, and remembers nothing. */
export { type Completed, completeLogin, revokeAccessToken } from "./complete-login.ts";
export { keysInFolder } from "./key-folder.ts";
export { makeKeys, type RelyingPartyKeys, readKeys, withKeysTurned, withNextKeys, writeKeys } from "./keys.ts";
export { type Answer, isOutsideAddress, type Question, type Reach, reachOutside } from "./reach.ts";
export {
  coreKeys,
  entityConfiguration,
  loginRequest,
  logo,
  type RelyingParty,
  resolveResponse,
} from "./relying-party.ts";
export { type ChainDocuments, fetchChain, type OpenIdProvider, type Trusted, verifyChain } from "./trust-chain.ts";
export { checkMark } from "./trust-marks.ts";

import type { Reach } from "./reach.ts";
import type { RelyingParty } from "./relying-party.ts";
import type { Trusted } from "./trust-chain.ts";

/** All that a login by OpenID needs from outside the house. */
export type Federation = { rp: RelyingParty; trusted: Trusted; reach: Reach };
