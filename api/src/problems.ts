/**
 * Every way to say no: code → HTTP status. One page.
 * Each code has words in every language (`words/src/problems`), or the project does not compile.
 */
export const problems = {
  // — of the request —
  "input-invalid": 400,
  "not-found": 404,
  "method-not-allowed": 405,
  "media-type-unsupported": 415,
  "body-too-large": 413,
  "too-many-requests": 429,
  "internal-error": 500,
  "temporarily-unavailable": 503,
  // — of the caller —
  "session-missing": 401,
  "session-expired": 401,
  "request-forged": 403,
  "permission-missing": 403,
  "step-up-needed": 403,
  "not-a-member": 403,
  // — of repetition and races —
  "idempotency-key-reused": 422,
  "idempotency-key-running": 409,
  "version-missing": 428,
  "version-stale": 412,
  // — entry (the whole table of SPID errors is worded by number) —
  "login-provider-unknown": 404,
  "login-response-malformed": 400,
  "login-response-untrusted": 403,
  "login-response-not-for-us": 403,
  "login-response-out-of-time": 403,
  "login-response-unexpected": 403,
  "login-response-replayed": 403,
  "login-other-browser": 403,
  "login-level-insufficient": 403,
  "login-fiscal-code-missing": 403,
  "login-identity-mismatch": 403,
  "login-provider-error": 403,
  "step-up-session-over": 403,
  "step-up-other-person": 403,
  "step-up-not-fresh": 403,
  "login-person-blocked": 403,
  "session-unknown": 404,
  // — the door of the staff —
  "staff-door-closed": 404,
  "staff-login-refused": 403,
  "staff-without-profile": 403,
  "staff-provider-unavailable": 503,
  // — a person's own address —
  "contact-changes-too-many": 429,
  "contact-code-wrong": 422,
  "contact-code-over": 410,
  // — registries —
  "registry-body-unknown": 404,
  "registry-body-ended": 409,
  "registry-file-malformed": 422,
  // — products —
  "product-unknown": 404,
  "institution-unknown": 404,
  // — onboarding —
  "draft-unknown": 404,
  "draft-expired": 410,
  "hand-over-link-invalid": 403,
  "onboarding-unknown": 404,
  "institution-kind-not-admitted": 422,
  "institution-data-differ": 422,
  "already-active": 409,
  "already-awaiting-signature": 409,
  "manager-among-administrators": 422,
  "administrator-repeated": 422,
  "onboarding-not-cancellable": 409,
  // — a second person —
  "second-person-needed": 409,
  "second-person-missing": 409,
  "proposal-unknown": 404,
  "proposal-closed": 409,
  "proposal-own": 403,
  "proposal-of-another": 403,
  "proposal-outdated": 409,
  "proposal-not-possible": 422,
  // — pagoPA —
  "product-not-active": 409,
  "iban-unknown": 404,
  "iban-already-registered": 409,
  "iban-of-another-institution": 409,
  "iban-dates": 422,
  "iban-retiring": 409,
  "iban-not-retiring": 409,
  "iban-last": 409,
  "iban-labelled": 409,
  // — people, profiles, groups —
  "person-unknown": 404,
  "membership-unknown": 404,
  "profile-unknown": 404,
  "group-unknown": 404,
  "grant-exceeds-own": 403,
  "last-administrator": 409,
  "membership-repeated": 409,
  "membership-from-group": 409,
  "profiles-not-combinable": 409,
  "nothing-to-change": 409,
  "dates-out-of-order": 422,
  "profile-exceeds-maker": 403,
  "profile-name-taken": 409,
  "profile-of-group": 409,
  "permission-of-another-product": 422,
  "group-name-taken": 409,
  "group-suspended": 409,
  "group-of-administrators": 422,
  // — agreements and their links —
  "agreement-unknown": 404,
  "link-invalid": 403,
  "link-expired": 410,
  "link-used": 409,
  "onboarding-cancelled": 410,
  "onboarding-superseded": 409,
  "agreement-not-ready": 409,
  "file-missing": 400,
  "file-too-large": 413,
  "upload-truncated": 400,
  // — signatures, each its own sentence —
  "not-a-signature": 422,
  "signature-of-another-document": 422,
  "signature-of-older-version": 422,
  "signature-before-issue": 422,
  "signature-nested-too-deep": 422,
  "signed-copy-to-review": 422,
  "signed-copy-active-content": 422,
  "signature-altered": 422,
  "signature-content-missing": 422,
  "signature-incomplete-coverage": 422,
  "signature-weak-algorithm": 422,
  "signed-file-truncated": 422,
  "signer-not-legal-representative": 422,
  "signer-identity-missing": 422,
  "signer-certificate-expired": 422,
  "signer-certificate-not-yet-valid": 422,
  "signer-certificate-untrusted": 422,
  "signer-certificate-revoked": 422,
  "signer-certificate-status-unknown": 422,
  "signer-certificate-not-qualified": 422,
  "signer-certificate-not-for-signing": 422,
} as const satisfies Record<string, number>;

export type ProblemCode = keyof typeof problems;
export const problemCodes = Object.keys(problems) as ProblemCode[];

/** What the pipeline itself may answer to any call; endpoints declare only their own. */
export const pipelineProblems = [
  "input-invalid",
  "not-found",
  "media-type-unsupported",
  "body-too-large",
  "too-many-requests",
  "internal-error",
  "temporarily-unavailable",
] as const satisfies readonly ProblemCode[];
export const callerProblems = [
  "session-missing",
  "session-expired",
  "request-forged",
  "permission-missing",
  "not-a-member",
] as const satisfies readonly ProblemCode[];
export const stepUpProblems = ["step-up-needed"] as const satisfies readonly ProblemCode[];
export const writeProblems = [
  "idempotency-key-reused",
  "idempotency-key-running",
] as const satisfies readonly ProblemCode[];
export const versionProblems = ["version-missing", "version-stale"] as const satisfies readonly ProblemCode[];

/** Rules that a field can break; worded like the problems. */
export const fieldRules = [
  "required",
  "too-short",
  "too-long",
  "wrong-format",
  "wrong-length",
  "wrong-check-digit",
  "wrong-type",
  "not-allowed",
  "unknown-field",
  "too-few",
  "too-many",
  "pec-not-personal",
  "not-a-pec",
  "name-disagrees",
  "iban-not-sepa",
  "wrong-cin",
] as const;
export type FieldRule = (typeof fieldRules)[number];
