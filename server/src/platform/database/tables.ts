// Printed from server/migrations by tools/print-tables.ts; do not edit.
import type { ColumnType, Generated } from "kysely";

/** jsonb: read as a value, written as its JSON text. */
type Json = ColumnType<unknown, string, string>;

export interface AccessRequestsTable {
  id: Generated<string>;
  institution_id: string;
  person_id: string;
  /** membership: somebody who does not work there yet asks for a profile; permission: a colleague asks for one permission. */
  kind: string;
  product_id: string;
  profile: string | null;
  permission: string | null;
  wanted_until: Date | null;
  message: Generated<string>;
  asked_of: string | null;
  /** The address that who asks to join gave, encrypted; it becomes the contact at this institution. */
  email: Buffer | null;
  state: Generated<string>;
  asked_at: Date;
  answered_at: Date | null;
  answered_by: string | null;
  note: Generated<string>;
  membership_id: string | null;
  version: Generated<number>;
}

export interface AccessReviewLinesTable {
  id: Generated<string>;
  review_id: string;
  institution_id: string;
  membership_id: string;
  person_id: string;
  answer: string | null;
  answered_at: Date | null;
  answered_by: string | null;
  outcome: string | null;
}

export interface AccessReviewRulesTable {
  id: Generated<string>;
  institution_id: string;
  /** Empty: never by itself. A row is made for each institution that joined, with the default of six months. */
  every_months: number | null;
  days_to_answer: Generated<number>;
  /** The institution chose that what nobody confirms ends; never the last administrator. */
  ends_unanswered: Generated<boolean>;
  next_at: Date | null;
  version: Generated<number>;
}

export interface AccessReviewsTable {
  id: Generated<string>;
  institution_id: string;
  state: Generated<string>;
  opened_at: Date;
  /** Empty: the calendar did. */
  opened_by: string | null;
  due_at: Date;
  ends_unanswered: boolean;
  /** How many warnings left: one a week before the end, one a day before. */
  warned: Generated<number>;
  closed_at: Date | null;
  version: Generated<number>;
}

/** What an OpenID provider gave us for the person of a session, encrypted. Revoked there when the session is over, then deleted. */
export interface AccessTokensTable {
  session_hash: Buffer;
  identity_provider: string;
  token: Buffer;
}

/** What an aggregator uploaded. Signed for by the onboarding; applied_at when the last accepted row was. */
export interface AggregateFilesTable {
  id: Generated<string>;
  institution_id: string;
  product_id: string;
  uploaded_by: string;
  uploaded_at: Date;
  name: string;
  sha256: Buffer;
  rows: number;
  accepted: number;
  onboarding_id: string | null;
  applied_at: Date | null;
}

/** One row of the file with its verdict: no row is dropped. skipped: accepted when checked, impossible when its turn came. */
export interface AggregateRowsTable {
  file_id: string;
  line: number;
  institution_id: string;
  tax_code: string;
  unit_kind: string | null;
  unit_code: string | null;
  vat_number: string | null;
  recipient_code: string | null;
  name: string | null;
  state: string;
  problem: string | null;
  facts: ColumnType<unknown, string | undefined, string>;
}

/** Which institution was asked to accept which version, and what became of it. */
export interface AgreementAcceptancesTable {
  id: Generated<string>;
  institution_id: string;
  product_id: string;
  template_id: string;
  from_version: string;
  version: string;
  agreement_id: string | null;
  state: Generated<string>;
  asked_at: Date;
  due_at: Date;
  /** The fewest days that a reminder spoke of. */
  reminded_left: number | null;
  accepted_at: Date | null;
  /** The name of who confirmed, or signed. */
  accepted_by: string | null;
  row_version: Generated<number>;
}

/** Whose signature an agreement wants, in order: who signed, whose turn it is and since when. */
export interface AgreementSignaturesTable {
  agreement_id: string;
  position: number;
  institution_id: string;
  requested_by: string;
  party: string;
  name: string;
  /** Encrypted; of a person. The company seals with its certificate. */
  fiscal_code: Buffer | null;
  /** Since when it is their turn; null while others come first. */
  since: Date | null;
  signed_at: Date | null;
  form: string | null;
  sha256: Buffer | null;
}

export interface AgreementTemplatesTable {
  id: string;
  version: string;
  language: string;
  content: Json;
  digest: Buffer;
  published_at: Date;
}

export interface AgreementsTable {
  id: Generated<string>;
  institution_id: string;
  product_id: string;
  onboarding_id: string | null;
  requested_by: string;
  template_id: string;
  template_version: string;
  template_language: string;
  state: string;
  file_name: string;
  length: number;
  sha256: Buffer;
  storage_key: string;
  written_at: Date;
  /** In force since: by the last signature, or by a confirmation in the portal (then without a form). */
  signed_at: Date | null;
  signed_form: string | null;
  signed_sha256: Buffer | null;
  signed_length: number | null;
  signed_storage_key: string | null;
  signers: ColumnType<unknown, string | undefined, string>;
  version: Generated<number>;
  /** When an agreement that was in force ended, because its product was left. */
  ended_at: Date | null;
  proof_sha256: Buffer | null;
  proof_length: number | null;
  /** A ZIP with the document, the signed file, certificates, answers on revocation, time stamps, the verification report and the digests of all. Null for what was signed before packages were written. */
  proof_storage_key: string | null;
  product_version: number;
  /** When the staff were told that the company's seal is late; once. */
  countersignature_late_at: Date | null;
  /** adhesion: by an onboarding; version: a new text accepted later; convention: stands on a product that is active. */
  kind: Generated<string>;
  convention_id: string | null;
  /** Until when it can be signed; of an adhesion its onboarding knows. */
  expires_at: Date | null;
}

/** A request for help carries the page and the code of what went wrong, so that nobody has to describe them. */
export interface AssistanceRequestsTable {
  id: Generated<string>;
  number: Generated<number>;
  person_id: string;
  institution_id: string | null;
  page: string;
  /** The code that the page showed: it finds the case in the log. */
  trace_id: string | null;
  language: string;
  /** Encrypted, as the answer: people write anything there. */
  message: Buffer;
  email: Buffer;
  state: Generated<string>;
  asked_at: Date;
  answer: Buffer | null;
  answered_at: Date | null;
  answered_by: string | null;
  version: Generated<number>;
}

/** The head of each chain: an institution's id, or "portal". Locked by whoever appends. */
export interface AuditChainsTable {
  chain: string;
  sequence: Generated<number>;
  digest: Generated<Buffer>;
}

/** Append-only. digest = sha256(previous_digest || sequence || newline || body); personal data stands in the body as a salted commitment. */
export interface AuditLinesTable {
  chain: string;
  sequence: number;
  at: Date;
  institution_id: string | null;
  action: string;
  outcome: string;
  /** Canonical JSON of the line, exactly as it was hashed. */
  body: string;
  previous_digest: Buffer;
  digest: Buffer;
  /** The delegation under which it was done, as the body says; empty: by own right. */
  delegation_id: string | null;
  partner_id: string | null;
}

/** What the commitments commit to, encrypted. Erasing a person deletes rows here and leaves the chain whole. */
export interface AuditPersonalTable {
  chain: string;
  sequence: number;
  field: string;
  salt: Buffer;
  sealed: Buffer;
}

/** Each test of an endpoint with its steps: the last one of each address is shown, and the rules of a change ask for it. */
export interface ConnectionTestsTable {
  id: Generated<string>;
  institution_id: string;
  environment: string;
  station_id: string;
  endpoint: string;
  url: string;
  outcome: string;
  steps: Json;
  at: Date;
  by: string | null;
}

/** Addresses that wait for the code mailed to them. The code is derived from id with our key: it is nowhere, not even as a digest. */
export interface ContactChangesTable {
  id: Generated<string>;
  person_id: string;
  institution_id: string;
  email: Buffer;
  asked_at: Date;
  expires_at: Date;
  attempts: Generated<number>;
  ended_at: Date | null;
}

/** One mail address of a person at each institution, encrypted. */
export interface ContactsTable {
  person_id: string;
  institution_id: string;
  email: Buffer;
  email_index: Buffer;
  /** Empty while somebody else declared the address and its owner has not yet answered from it. */
  verified_at: Date | null;
}

/** Which people of a partner serve which institutions: a person, a group, or (both empty) whoever has a profile on the product; one delegation, or (empty) all of them. */
export interface DelegationAssignmentsTable {
  id: Generated<string>;
  partner_id: string;
  product_id: string;
  person_id: string | null;
  group_id: string | null;
  delegation_id: string | null;
  made_by: string;
  made_at: Date;
}

/** A plan that the institution and both partners see. planned: both act; cut-over: the first is suspended and may come back; completed: its rights are over; returned: as before. */
export interface DelegationMovesTable {
  id: Generated<string>;
  institution_id: string;
  product_id: string;
  from_delegation_id: string;
  to_delegation_id: string;
  from_partner_id: string;
  to_partner_id: string;
  cut_over_at: Date;
  state: Generated<string>;
  moved_at: Date | null;
  reason: Generated<string>;
  planned_by: string;
  planned_at: Date;
}

/** One row per delegation, kept by triggers: what the partner's table and the switcher show without reading the institution. Findings are those of the product delegated, their kind, gravity, environment and date alone. */
export interface DelegationPortfolioTable {
  delegation_id: string;
  institution_id: string;
  partner_id: string;
  product_id: string;
  environment: string;
  state: string;
  begins_at: Date | null;
  ends_at: Date | null;
  name: string;
  tax_code: string;
  ipa_code: string | null;
  city: string | null;
  partner_name: string;
  partner_tax_code: string;
  findings: ColumnType<unknown, string | undefined, string>;
  /** The nearest date: the end of the delegation, or by when a finding must be mended. */
  due_at: Date | null;
}

/** Every word of the name, the codes and the city of an institution in a portfolio: what is typed is a range of this index, however long the portfolio. */
export interface DelegationWordsTable {
  partner_id: string;
  word: string;
  name: string;
  delegation_id: string;
}

/** An institution lets a partner act for it on one product. A row with two sides: both read it, and each does what the state machine in the API gives to its side. */
export interface DelegationsTable {
  id: Generated<string>;
  institution_id: string;
  partner_id: string;
  product_id: string;
  environment: string;
  permissions: string[];
  /** The things (stations, keys) to which it is limited; empty: all of them. */
  resources: string[] | null;
  state: string;
  /** Empty until it is accepted: from that moment. */
  begins_at: Date | null;
  ends_at: Date | null;
  /** Until when it may be accepted. */
  answer_by: Date;
  proposed_by: string;
  proposed_at: Date;
  answered_by: string | null;
  answered_at: Date | null;
  moved_by: string | null;
  moved_at: Date;
  /** Why it was changed, suspended, refused or revoked: the last one; the others stand in the trail. */
  reason: Generated<string>;
  version: Generated<number>;
  /** Its two bits in the status list. Numbers that were skipped read as not valid. */
  status_index: Generated<number>;
  /** It holds also for the institutions that the delegator aggregated on the product, as long as they are. */
  aggregates: Generated<boolean>;
}

/** Which reaction still owes what to which event. Claimed with FOR UPDATE SKIP LOCKED, retried with growing pauses, dead after ten. */
export interface DeliveriesTable {
  event_id: number;
  subscriber: string;
  state: Generated<string>;
  attempts: Generated<number>;
  next_at: Generated<Date>;
  last_error: string | null;
  done_at: Date | null;
}

export interface DraftHandOversTable {
  id: Generated<string>;
  draft_id: string;
  email: Buffer;
  made_at: Date;
  expires_at: Date;
  taken_by: string | null;
  taken_at: Date | null;
}

export interface DraftsTable {
  id: Generated<string>;
  product_id: string;
  opened_by: string;
  /** Who may see and go on with it: who opened it and the colleagues who took it. */
  people: string[];
  /** What was typed, encrypted: it may hold fiscal codes. */
  content: Buffer;
  version: Generated<number>;
  opened_at: Date;
  saved_at: Date;
  kept_until: Date;
  /** The request that this draft corrects: sending the draft sends that request again. */
  onboarding_id: string | null;
  /** What the reviewer asked to change, encrypted, for who fills in the draft. */
  revision: Buffer | null;
}

/** The outbox: facts in the order they were announced, written in the transaction that made them true. */
export interface EventsTable {
  id: Generated<number>;
  type: string;
  institution_id: string | null;
  payload: Json;
  trace_id: string;
  at: Date;
}

/** The last good trust chain of an OpenID provider: public documents, each signed; whoever reads them checks them again. */
export interface FederationChainsTable {
  provider: string;
  documents: Json;
  fetched_at: Date;
  /** The earliest end of all that the chain relies on: afterwards nobody enters through it. */
  expires_at: Date;
  refresh_at: Date;
}

export interface FindingsTable {
  id: Generated<string>;
  audience: string;
  institution_id: string | null;
  kind: string;
  severity: string;
  product_id: string | null;
  /** What it is about, so that the same thing is not raised twice. */
  subject: Generated<string>;
  facts: ColumnType<unknown, string | undefined, string>;
  raised_at: Date;
  due_at: Date | null;
  resolved_at: Date | null;
}

/** People of one product who hold the same profile. Each member has a membership that names the group. An administrator is a person with a name, never a group. */
export interface GroupsTable {
  id: Generated<string>;
  institution_id: string;
  product_id: string;
  name: string;
  description: Generated<string>;
  profile: string;
  profile_id: string | null;
  /** Ids of the stations, keys and the like to which the profile is limited; empty: all of them. */
  resources: string[] | null;
  state: Generated<string>;
  version: Generated<number>;
  made_at: Date;
}

/** The file that shows why money may go to an account of somebody else. Without an account it waits for one, thirty days. */
export interface IbanEvidenceTable {
  id: Generated<string>;
  institution_id: string;
  environment: string;
  iban_id: string | null;
  name: string;
  media_type: string;
  length: number;
  sha256: Buffer;
  storage_key: string;
  uploaded_by: string;
  uploaded_at: Date;
}

/** Each row with its verdict: none is dropped. What was accepted is what is applied, byte by byte, when somebody says so. */
export interface IbanImportRowsTable {
  import_id: string;
  number: number;
  institution_id: string;
  environment: string;
  line: number;
  file: string | null;
  operation: string | null;
  iban: string;
  description: string | null;
  valid_from: string | null;
  valid_until: string | null;
  iban_id: string | null;
  verdict: string;
  problem: string | null;
  facts: ColumnType<unknown, string | undefined, string>;
}

/** A file of accounts with its verdicts. A partner's ZIP becomes one import for each institution, under one upload. */
export interface IbanImportsTable {
  id: Generated<string>;
  institution_id: string;
  environment: string;
  upload_id: string;
  name: string;
  sha256: Buffer;
  uploaded_by: string;
  partner_id: string | null;
  partner_name: string | null;
  uploaded_at: Date;
  rows: number;
  to_add: number;
  to_change: number;
  to_retire: number;
  unchanged: number;
  refused: number;
  applied_at: Date | null;
  applied_by: string | null;
}

/** Each label stands on one account of an institution at most: the key says so, and moving it is one statement. */
export interface IbanLabelsTable {
  id: Generated<string>;
  institution_id: string;
  environment: string;
  label: string;
  iban_id: string;
}

/** What an institution asks of its own people: whether a change of its accounts needs a second person. */
export interface IbanRulesTable {
  id: Generated<string>;
  institution_id: string;
  environment: string;
  second_person: boolean;
  version: Generated<number>;
  changed_at: Date;
  changed_by: string;
}

/** One row per account and environment; a retired one stays for the story of payments that knew it. */
export interface IbansTable {
  id: Generated<string>;
  institution_id: string;
  environment: string;
  iban: string;
  description: string;
  valid_from: string;
  valid_until: string | null;
  holder_kind: string;
  holder_tax_code: string | null;
  holder_name: string | null;
  /** Why money goes to an account that is not the institution's own: one of the listed cases. */
  holder_ground: string | null;
  /** The day, in Rome, from which the account is no longer offered to payers. */
  retires_on: string | null;
  retired_at: Date | null;
  version: Generated<number>;
  registered_at: Date;
  registered_by: string;
  changed_at: Date;
  changed_by: string;
}

/** The first answer to a repeated write, kept 24 hours. */
export interface IdempotencyKeysTable {
  actor: string;
  endpoint: string;
  key: string;
  body_digest: Buffer;
  answer: Json;
  at: Generated<Date>;
}

/** One row for each source in the settings. The document is public and signed; whoever reads it checks it again. */
export interface IdentityProviderCopiesTable {
  source: string;
  /** The last one that was believed; a failure never replaces it. */
  document: string | null;
  digest: string | null;
  /** What of each provider is worth a line in the trail when it changes: keys, addresses. */
  providers: ColumnType<unknown, string | undefined, string>;
  asked_since: Date;
  /** When the source last gave something to be believed, changed or not. */
  good_at: Date | null;
  refresh_at: Date;
  failures: Generated<number>;
  last_error: string | null;
  /** The staff were told that no good copy came for too long. */
  alarmed_at: Date | null;
}

/** One line in the inbox of one person. The same cause gives the same person one line, however often it is told. */
export interface InboxItemsTable {
  id: Generated<string>;
  person_id: string;
  institution_id: string | null;
  kind: string;
  /** What it comes from: a fact of the outbox, or a thing that stays open (a finding). */
  cause: string;
  /** Asks for an act of the person, until settled_at. */
  asks: boolean;
  /** What the sentence is filled with. No personal data beyond names that the person may see. */
  facts: ColumnType<unknown, string | undefined, string>;
  at: Date;
  due_at: Date | null;
  read_at: Date | null;
  archived_at: Date | null;
  settled_at: Date | null;
  /** Whether it also travels by mail: chosen when it was written, from the preferences of that moment. */
  mail_state: string;
  mail_attempts: Generated<number>;
  mail_next_at: Date | null;
}

/** What a person wants by mail: for every institution (institution_id empty), or otherwise for one. */
export interface InboxPreferencesTable {
  person_id: string;
  institution_id: string | null;
  topic: string;
  by_mail: boolean;
}

/** In which language a person is written to. Italian for who never chose. */
export interface InboxSettingsTable {
  person_id: string;
  language: string;
}

export interface InstitutionPagesTable {
  id: Generated<string>;
  institution_id: string;
  assistance_email: string | null;
  assistance_phone: string | null;
  /** An office, or who answers: shown to the people of the institution and to the staff. */
  operations_name: string | null;
  operations_email: string | null;
  operations_phone: string | null;
  website: string | null;
  logo_sha256: Buffer | null;
  logo_storage_key: string | null;
  /** Pixels of one side: a logo is square. */
  logo_size: number | null;
  logo_at: Date | null;
  /** Of the contacts, for If-Match. A logo does not move it: 0 until contacts are written. */
  version: Generated<number>;
}

export interface InstitutionProductsTable {
  institution_id: string;
  product_id: string;
  product_version: number;
  kind: string;
  origin: string;
  state: string;
  active_since: Date;
  ended_at: Date | null;
  onboarding_id: string;
  vat_number: string | null;
  recipient_code: string | null;
  invoiced_tax_code: string | null;
  geographic_areas: Json;
  version: Generated<number>;
  /** What the kind and the product asked in more: blocks as in the promise. No account number stands here. */
  details: ColumnType<unknown, string | undefined, string>;
  /** Joined by this aggregator's file, under its agreement. */
  aggregator_id: string | null;
}

/** Unique by tax code and sub-unit. Kind, origin and billing belong to the institution on a product, not here. */
export interface InstitutionsTable {
  id: Generated<string>;
  /** For an insurer without an Italian tax code: its IVASS code, five digits, by which Italy knows it. */
  tax_code: string;
  subunit_kind: string | null;
  subunit_code: string | null;
  parent_id: string | null;
  name: string;
  ipa_code: string | null;
  category: string | null;
  pec: string;
  address: string;
  zip_code: string;
  city: string | null;
  registry: string | null;
  registry_read_at: Date | null;
  version: Generated<number>;
  created_at: Generated<Date>;
  /** The code in the registry named: IVASS code, ANAC code, or the tax code in the business register. The IPA code has its own column. */
  registry_code: string | null;
  county: string | null;
  country: string | null;
}

/** The mailed link is signed and bound to the fiscal code: only who enters with that code accepts it, once. */
export interface InvitationsTable {
  id: Generated<string>;
  institution_id: string;
  given_name: string;
  family_name: string;
  fiscal_code: Buffer;
  fiscal_code_index: Buffer;
  email: Buffer;
  email_index: Buffer;
  /** What the person will hold: [{productId, profile, profileId, beginsAt, endsAt}]. */
  offers: Json;
  state: Generated<string>;
  invited_by: string;
  invited_at: Date;
  /** Also in the link: sending it again moves it, and older links end. */
  expires_at: Date;
  answered_at: Date | null;
  accepted_by: string | null;
  version: Generated<number>;
}

/** One at a time for an institution, the others are its past. From a signed agreement, or declared. */
export interface LegalRepresentativesTable {
  id: Generated<string>;
  institution_id: string;
  given_name: string;
  family_name: string;
  fiscal_code: Buffer;
  fiscal_code_index: Buffer;
  email: Buffer | null;
  source: string;
  onboarding_id: string | null;
  declared_by: string | null;
  since: Date;
  until: Date | null;
  version: Generated<number>;
}

/** Request and response pairs, encrypted, kept 24 months (SPID technical rules). */
export interface LoginRegisterTable {
  id: Generated<string>;
  at: Date;
  request_id: string;
  /** As the response says, verified or not: what was refused must be found too. */
  response_id: string | null;
  assertion_id: string | null;
  identity_provider: string;
  /** Empty for who did not enter. */
  person_id: string | null;
  outcome: string;
  pair: Buffer;
  scheme: string | null;
  /** As the response says; identity_provider is who was asked. */
  response_issuer: string | null;
  /** Keyed equality index of the certified fiscal code; empty when nothing was verified. */
  subject_index: Buffer | null;
}

/** AuthnRequests that wait for their response. browser_hash binds them to the browser that asked. */
export interface LoginRequestsTable {
  id: string;
  browser_hash: Buffer;
  identity_provider: string;
  level: number;
  relay_state: string;
  issued_at: Date;
  expires_at: Date;
  return_to: string;
  used_at: Date | null;
  /** The request as it left, encrypted: half of the pair that the register keeps. */
  document: Buffer | null;
  /** Encrypted, for OpenID alone: nonce, code verifier and the request as it was sent. */
  secrets: Buffer | null;
  /** The session that this login is to confirm; empty for a login that opens one. */
  step_up_of: string | null;
}

/** Who left here and is being brought to their provider to leave there too. ticket_hash is of a cookie of that browser. */
export interface LogoutRequestsTable {
  ticket_hash: Buffer;
  identity_provider: string;
  name_id: string;
  name_qualifier: string;
  session_index: string;
  /** The ID of our LogoutRequest, once it left: the answer names it. */
  message_id: string | null;
  expires_at: Date;
  ended_at: Date | null;
}

/** What was sent, to whom (encrypted) and when. The key is a digest of event, template and recipient: nothing goes twice. */
export interface MailsTable {
  id: string;
  institution_id: string | null;
  kind: string;
  template: string;
  recipient: Buffer;
  sent_at: Date;
}

/** person × institution × product × profile × dates; product "institution" is the pseudo-product of what an institution does for itself. */
export interface MembershipsTable {
  id: Generated<string>;
  person_id: string;
  institution_id: string;
  product_id: string;
  /** The name of a built-in profile; "custom": see profile_id; "granted": see permissions. */
  profile: string;
  state: string;
  begins_at: Date;
  ends_at: Date | null;
  onboarding_id: string | null;
  version: Generated<number>;
  created_at: Generated<Date>;
  profile_id: string | null;
  /** The group that gives it; empty: given to the person alone. */
  group_id: string | null;
  /** Single permissions, given in answer to a request. */
  permissions: string[] | null;
  given_by: string | null;
  ended_at: Date | null;
}

/** Codes by which payers find an institution on paper; each of one institution alone. The GS1-128 bar code is deprecated and not kept. */
export interface NodeEncodingsTable {
  id: Generated<string>;
  institution_id: string;
  environment: string;
  kind: string;
  code: string;
}

/** One row per institution and environment. A creditor institution that is direct is a broker too: it has stations of its own. */
export interface NodeRegistrationsTable {
  id: Generated<string>;
  institution_id: string;
  environment: string;
  capacity: string;
  name: string;
  tax_code: string;
  connection: string;
  /** Who connects an institution that is not direct: a partner it delegated, or another broker. */
  intermediary_id: string | null;
  creditor_broker: boolean;
  psp_broker: Generated<boolean>;
  address: string;
  city: string;
  zip_code: string;
  county: string;
  tax_domicile: string;
  psp_payment: Generated<boolean>;
  cbill_code: string | null;
  version: Generated<number>;
  registered_at: Date;
  /** Empty: an import of the staff, or the portal. */
  registered_by: string | null;
  changed_at: Date;
  changed_by: string | null;
}

/** The membership begins when the signed document comes back and is in order, not before. */
export interface NominationsTable {
  id: Generated<string>;
  institution_id: string;
  product_id: string;
  given_name: string;
  family_name: string;
  fiscal_code: Buffer;
  fiscal_code_index: Buffer;
  email: Buffer;
  ends_at: Date | null;
  representative_id: string;
  state: Generated<string>;
  opened_by: string;
  opened_at: Date;
  file_name: string;
  length: number;
  sha256: Buffer;
  storage_key: string;
  signed_at: Date | null;
  signed_form: string | null;
  signed_sha256: Buffer | null;
  signed_storage_key: string | null;
  membership_id: string | null;
  ended_at: Date | null;
  version: Generated<number>;
}

/** The last base given in a notice number: a row that is locked and counted up, never a clock. */
export interface NoticeSequencesTable {
  id: Generated<string>;
  institution_id: string;
  environment: string;
  segregation_code: string;
  last_base: Generated<number>;
}

export interface OnboardingAdministratorsTable {
  onboarding_id: string;
  institution_id: string;
  position: number;
  given_name: string;
  family_name: string;
  fiscal_code: Buffer;
  fiscal_code_index: Buffer;
  email: Buffer;
  email_index: Buffer;
}

/** What was sent before it came back corrected: the reviewer sees field by field what changed. */
export interface OnboardingRoundsTable {
  onboarding_id: string;
  institution_id: string;
  round: number;
  submitted_by: string;
  submitted_at: Date;
  /** Path and value of every field, encrypted: it holds fiscal codes. */
  fields: Buffer;
}

export interface OnboardingsTable {
  id: Generated<string>;
  institution_id: string;
  product_id: string;
  product_version: number;
  kind: string;
  origin: string;
  state: string;
  requested_by: string;
  submitted_at: Date;
  expires_at: Date | null;
  ended_at: Date | null;
  /** The institution as the registry had it at submission: this goes into the agreement. */
  institution_data: Json;
  billing: Json;
  geographic_areas: Json;
  /** Absent where nobody signs: a technology partner. */
  manager_given_name: string | null;
  manager_family_name: string | null;
  manager_fiscal_code: Buffer | null;
  manager_fiscal_code_index: Buffer | null;
  manager_email: Buffer | null;
  version: Generated<number>;
  workflow: Generated<string>;
  details: ColumnType<unknown, string | undefined, string>;
  /** Where reimbursements go, encrypted. */
  account: Buffer | null;
  /** Why somebody looks at it first, beside what the product wants: a registry that did not answer. */
  review_reasons: ColumnType<unknown, string | undefined, string>;
  /** What the reviewer wrote to the applicant: changes to make, or why not. */
  review_note: string | null;
  reviewed_at: Date | null;
  extended_at: Date | null;
  /** How often it was sent: 1 at first, one more each time it comes back corrected. */
  review_round: Generated<number>;
  /** Since when it waits for a decision, this time. */
  review_queued_at: Date | null;
  /** By when the portal promised to decide: the order of the queue. The clock stands still while the applicant corrects. */
  review_due_at: Date | null;
  /** What was left on the clock when changes were asked for. */
  review_seconds_left: number | null;
  /** Notes on single fields, by path, beside the general note. */
  review_fields: ColumnType<unknown, string | undefined, string>;
  /** Who of the staff works on it; a colleague may take it over. */
  reviewer_id: string | null;
  reviewer_since: Date | null;
  /** The applicant wrote, and nobody of the staff answered yet. */
  unanswered_since: Date | null;
  search_key: string | null;
  /** How many days were left at the last reminder: none is sent twice. */
  reminded_left: number | null;
  /** When the letter to the certified mailbox was last sent again. */
  resent_at: Date | null;
}

/** Whom the platform calls when a station does not answer ("tavolo operativo"). */
export interface OperationsContactsTable {
  id: Generated<string>;
  institution_id: string;
  environment: string;
  /** Referent, mail and telephone, encrypted. */
  sealed: Buffer;
  version: Generated<number>;
  changed_at: Date;
  changed_by: string;
}

export interface PersonsTable {
  id: Generated<string>;
  /** Keyed equality index of the fiscal code. */
  fiscal_code_index: Buffer;
  /** Encrypted. */
  fiscal_code: Buffer;
  given_name: string;
  family_name: string;
  date_of_birth: string | null;
  /** Empty for a person who was named by somebody and has not entered yet: names are declared, not certified. */
  first_entered_at: Date | null;
  last_entered_at: Date | null;
  created_at: Generated<Date>;
  /** Stopped by the staff's security: nobody enters with this fiscal code. */
  blocked_at: Date | null;
}

/** What a product would become. Nobody publishes their own: the table says so too. */
export interface ProductProposalsTable {
  id: Generated<string>;
  product_id: string;
  /** The version it was written on: published only while that is the latest. */
  base_version: number;
  configuration: Json;
  reason: string;
  state: Generated<string>;
  proposed_by: string;
  proposed_at: Date;
  answered_by: string | null;
  answered_at: Date | null;
  note: string | null;
}

/** Immutable once published; an onboarding keeps its version to the end. */
export interface ProductVersionsTable {
  product_id: string;
  version: number;
  configuration: Json;
  published_at: Date;
}

export interface ProductsTable {
  id: string;
  position: number;
}

/** A named subset of the permissions of one product. It gives a permission only while who answers for it holds it through a built-in profile. */
export interface ProfilesTable {
  id: Generated<string>;
  institution_id: string;
  product_id: string;
  name: string;
  description: Generated<string>;
  permissions: string[];
  /** Who answers for it: who made it, changed it last, or took it over. */
  made_by: string;
  state: Generated<string>;
  version: Generated<number>;
  made_at: Date;
}

/** What somebody asked for and a second person must approve. Nobody approves their own: the table says so too. */
export interface ProposalsTable {
  id: Generated<string>;
  institution_id: string;
  /** The dotted name of the endpoint whose verb will run. */
  endpoint: string;
  product_id: string;
  environment: string | null;
  /** Path, query, body and version as they were sent, encrypted. */
  input: Buffer;
  /** SHA-256 of the input: what is approved is what was proposed. */
  digest: Buffer;
  /** What the verb answered and would have announced when it was tried without writing, encrypted. */
  outcome: Buffer;
  reason: string | null;
  state: Generated<string>;
  proposed_by: string;
  proposed_at: Date;
  expires_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  note: string | null;
}

/** Somebody asks to administer an institution that nobody administers. The PEC and the legal representative (or the staff) confirm, then everybody has some days to stop it. */
export interface RecoveriesTable {
  id: Generated<string>;
  institution_id: string;
  person_id: string;
  says: string;
  email: Buffer;
  email_index: Buffer;
  message: Generated<string>;
  state: Generated<string>;
  /** Where the link went: the address of the registry at that moment, never a typed one. */
  pec: string;
  pec_from_registry: boolean;
  /** Who was on record then, by fiscal code; null: nobody was. */
  representative_index: Buffer | null;
  asked_at: Date;
  expires_at: Date;
  pec_confirmed_at: Date | null;
  vouched_at: Date | null;
  vouched_by: string | null;
  vouch_note: Generated<string>;
  waits_until: Date | null;
  ended_at: Date | null;
  stopped_by: string | null;
  stopped_by_person: string | null;
  version: Generated<number>;
}

export interface RegistryBodiesTable {
  ipa_code: string;
  name: string;
  tax_code: string;
  category: string;
  pec: string | null;
  address: string;
  zip_code: string;
  city: string | null;
  state: Generated<string>;
  read_at: Date;
  ended_at: Date | null;
  /** The name in lower case without accents or punctuation: what one types is compared with its start. */
  name_key: string;
  /** The words of the name, city and codes, for a search by the start of each word. */
  words: string;
  responsible_given_name: string | null;
  /** Columns Nome_, Cognome_ and Titolo_responsabile of the open data file "Enti"; many bodies leave them empty. */
  responsible_family_name: string | null;
  responsible_title: string | null;
}

export interface RegistryEntriesTable {
  registry: string;
  code: string;
  name: string;
  tax_code: string | null;
  pec: string | null;
  address: string;
  zip_code: string;
  city: string | null;
  country: string | null;
  /** IVASS: the register it stands in ("Elenco II" is of foreign insurers) and its trade. ANAC: nothing. */
  detail: string | null;
  state: Generated<string>;
  read_at: Date;
  ended_at: Date | null;
  name_key: string;
  words: string;
}

export interface RegistryImportsTable {
  id: Generated<string>;
  registry: string;
  at: Date;
  file_digest: Buffer;
  rows: number;
  added: number;
  changed: number;
  ended: number;
}

/** The name of each body from its second word on, its third, and so on, and the words of its city: what one types may be the start of any. From the first word the name itself serves. */
export interface RegistryStartsTable {
  start: string;
  ipa_code: string;
}

/** Homogeneous areas (AOO) and units (UO) of the bodies in IndicePA. The body may be absent: the files come one by one. */
export interface RegistryUnitsTable {
  code: string;
  kind: string;
  ipa_code: string;
  name: string;
  /** The AOO of a UO. */
  parent_code: string | null;
  pec: string | null;
  address: string;
  zip_code: string;
  /** The unit receives invoices: its code is the recipient code of FatturaPA. */
  invoicing: boolean;
  invoicing_tax_code: string | null;
  state: Generated<string>;
  read_at: Date;
  ended_at: Date | null;
  name_key: string;
}

/** Remote signatures under way, each step by the SHA-256 of its state; browser_hash binds it to the browser that began. Swept when over. */
export interface RemoteSignaturesTable {
  state_hash: Buffer;
  browser_hash: Buffer;
  /** What is signed: an onboarding, or an agreement that stands by itself. */
  subject_id: string;
  /** Encrypted: the mailed link, the PKCE verifier, the step; at the second one also the token of the service, the credential and the moment. */
  secrets: Buffer;
  began_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

/** Every decision, once a round. From here come the times that the portal publishes. */
export interface ReviewDecisionsTable {
  id: Generated<string>;
  onboarding_id: string;
  institution_id: string;
  product_id: string;
  round: number;
  outcome: string;
  staff_id: string | null;
  /** Where two people decide: the first. The table says too that they are two. */
  proposed_by: string | null;
  /** Decided by the published rules, without a person. */
  rules_version: string | null;
  /** What the rules looked at, encrypted: the same inputs under the same version give the same answer. */
  inputs: Buffer | null;
  note: string | null;
  fields: ColumnType<unknown, string | undefined, string>;
  queued_at: Date;
  decided_at: Date;
}

export interface ReviewMessagesTable {
  id: Generated<string>;
  onboarding_id: string;
  institution_id: string;
  at: Date;
  person_id: string | null;
  staff_id: string | null;
  /** Encrypted: people write what they like. */
  text: Buffer;
}

/** Where a product wants two people: what the first would decide, until a second confirms or declines it. */
export interface ReviewProposalsTable {
  id: Generated<string>;
  onboarding_id: string;
  institution_id: string;
  round: number;
  outcome: string;
  note: string | null;
  state: Generated<string>;
  proposed_by: string;
  proposed_at: Date;
  answered_by: string | null;
  answered_at: Date | null;
  answer: string | null;
}

/** Asked once, when a request is sent for the first time. Never changed: anybody can ask the same version again. */
export interface ReviewRuleRunsTable {
  onboarding_id: string;
  institution_id: string;
  rules_version: string;
  /** Everything the rules looked at, encrypted. */
  inputs: Buffer;
  verdict: string;
  rule: string | null;
  because: Json;
  at: Date;
}

/** Kept by triggers: a line with the first membership, the name with the person. */
export interface RosterTable {
  institution_id: string;
  person_id: string;
  /** Surname, then given name: the order of the list. */
  name: string;
  /** Lower case: surname, given name, surname, so that either order is found. */
  searched: string;
}

/** Every version of every row of configuration, with who and when. */
export interface RowVersionsTable {
  table_name: string;
  row_key: string;
  version: number;
  institution_id: string | null;
  row_state: Json;
  changed_at: Date;
  changed_by: string | null;
  removed: Generated<boolean>;
}

/** Work by the clock: whoever moves next_at does the work. */
export interface SchedulesTable {
  name: string;
  next_at: Date;
  last_at: Date | null;
}

export interface SessionsTable {
  /** SHA-256 of the cookie: the cookie itself is nowhere. */
  id_hash: Buffer;
  person_id: string;
  scheme: string;
  identity_provider: string;
  level: number;
  authenticated_at: Date;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  /** The transient NameID of the assertion, for the provider's request to log out. */
  name_id: string | null;
  name_qualifier: string | null;
  /** The provider's own session, when it made one: only at level 1 (SPID technical rules). */
  session_index: string | null;
  /** What the owner calls it by: the same through every change of the cookie, so not unique among those that are over. */
  id: Generated<string>;
  /** Browser and system in a few words, as they presented themselves at the login; nothing finer is kept. */
  device: string | null;
  /** Until when what asks for a fresh confirmation may be done. */
  step_up_until: Date | null;
}

/** Who was named by the command before the groups exist. staff_id is bound at the first login with that verified address; from then on the address alone lets nobody in. */
export interface StaffFirstTable {
  only_one: Generated<boolean>;
  email_index: Buffer;
  staff_id: string | null;
  named_at: Date;
}

/** Logins of the staff under way. browser_hash binds them to the browser that asked. */
export interface StaffLoginRequestsTable {
  state_hash: Buffer;
  browser_hash: Buffer;
  /** Nonce and PKCE code verifier, encrypted. */
  secrets: Buffer;
  return_to: string;
  issued_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

/** Somebody of the staff, known by issuer and subject of their provider and never by name or mail. */
export interface StaffMembersTable {
  id: Generated<string>;
  issuer: string;
  subject: string;
  /** Encrypted. */
  name: Buffer;
  email_index: Buffer | null;
  /** The groups of the last login that give a profile, and no other. Which profile a group gives is a setting, read at each request. */
  groups: ColumnType<unknown, string | undefined, string>;
  first_entered_at: Date;
  last_entered_at: Date;
}

export interface StaffSessionsTable {
  /** SHA-256 of the cookie: the cookie itself is nowhere. */
  id_hash: Buffer;
  staff_id: string;
  authenticated_at: Date;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
}

/** A creditor institution receives through a station. A row with two sides, institution and broker: both read it, and the names of each stand here because neither may read the other's row. */
export interface StationAssociationsTable {
  id: Generated<string>;
  institution_id: string;
  broker_id: string;
  station_id: string;
  environment: string;
  station_code: string;
  station_state: string;
  broker_name: string;
  broker_tax_code: string;
  name: string;
  tax_code: string;
  /** 3 with a segregation code, the only one that is still given; 0, 1 and 2 for what was there before; empty where both codes are used. */
  aux_digit: number | null;
  segregation_code: string | null;
  application_code: string | null;
  broadcast: Generated<boolean>;
  mod4: Generated<boolean>;
  aca: Generated<boolean>;
  stand_in: Generated<boolean>;
  spontaneous_payment: Generated<boolean>;
  valid_from: string;
  state: Generated<string>;
  reason: string | null;
  /** Part of a move between partners: it does not end by itself until the move is over. */
  moving: Generated<boolean>;
  version: Generated<number>;
  made_at: Date;
  made_by: string | null;
  changed_at: Date;
  changed_by: string | null;
}

/** What was asked of a station and what became of it. While one waits, the station stays as it is: the proposal stands here. */
export interface StationChangesTable {
  id: Generated<string>;
  institution_id: string;
  environment: string;
  station_id: string;
  kind: string;
  description: string;
  settings: Json;
  /** Description and settings that were live when it was asked: empty object for a new station. */
  before: Json;
  state: string;
  round: Generated<number>;
  rules_version: string;
  rules: Json;
  proposed_at: Date;
  proposed_by: string | null;
  due_at: Date | null;
  decided_at: Date | null;
  /** Empty with a decision: the published rules decided, all of them passed. */
  decided_by: string | null;
  note: string | null;
  unanswered_since: Date | null;
  version: Generated<number>;
}

export interface StationMessagesTable {
  id: Generated<string>;
  institution_id: string;
  environment: string;
  change_id: string;
  person_id: string | null;
  staff_id: string | null;
  text: string;
  at: Date;
}

/** The endpoint of creditor institutions on the node; institution_id is the broker whose it is. A retired row keeps its code for ever. */
export interface StationsTable {
  id: Generated<string>;
  institution_id: string;
  environment: string;
  code: string;
  prefix: string | null;
  /** The number within the broker's tax code: codes are allocated from these rows under the lock of the registration. */
  number: number | null;
  description: Generated<string>;
  state: string;
  /** What is live, in the shape StationSettings of the API; of a pending station, what was asked. */
  settings: Json;
  /** What only the platform's operators set. */
  operator_settings: ColumnType<unknown, string | undefined, string>;
  connection: string | null;
  primitive_version: number | null;
  /** The station in test from which it was promoted. */
  origin_id: string | null;
  /** How many institutions are associated: kept by a trigger, since lists show it. */
  institutions: Generated<number>;
  activated_at: Date | null;
  retired_at: Date | null;
  version: Generated<number>;
  created_at: Date;
  created_by: string | null;
  changed_at: Date;
  changed_by: string | null;
}

/** What a text would become, and how institutions would accept it. Nobody publishes their own: the table says so too. */
export interface TemplateProposalsTable {
  id: Generated<string>;
  template_id: string;
  base_version: string;
  version: string;
  content: Json;
  summary: string;
  way: string;
  days: number;
  reminder_days: Json;
  overdue: string;
  reason: string;
  state: Generated<string>;
  proposed_by: string;
  proposed_at: Date;
  answered_by: string | null;
  answered_at: Date | null;
  note: string | null;
}

/** How a version published in the portal is accepted, by when, and what happens then. The first version of a text has none. */
export interface TemplatePublicationsTable {
  template_id: string;
  version: string;
  base_version: string;
  summary: string;
  way: string;
  days: number;
  reminder_days: Json;
  overdue: string;
  proposal_id: string;
  published_at: Date;
}

/** The last good copy of each list (ETSI TS 119 612); EU is the list of lists. A list that cannot be fetched or verified leaves this copy in place. */
export interface TrustedListsTable {
  territory: string;
  address: string;
  /** TSLSequenceNumber: a list with a lower one is an old list sent again, and is refused. */
  sequence: number;
  issued_at: Date;
  next_update: Date | null;
  /** Of the document as it arrived. */
  sha256: Buffer;
  /** The services a signature may rest on: certificates in base64, status by periods. */
  services: Json;
  verified_at: Date;
  /** When it was last asked for, whatever came. */
  looked_at: Date;
  /** Why the last look brought nothing usable; null when it did. */
  problem: string | null;
  problem_since: Date | null;
}

/** Assertions already accepted, until they expire by themselves: a replay finds its row. */
export interface UsedAssertionsTable {
  identity_provider: string;
  assertion_id: string;
  expires_at: Date;
}

export interface Tables {
  access_requests: AccessRequestsTable;
  access_review_lines: AccessReviewLinesTable;
  access_review_rules: AccessReviewRulesTable;
  access_reviews: AccessReviewsTable;
  access_tokens: AccessTokensTable;
  aggregate_files: AggregateFilesTable;
  aggregate_rows: AggregateRowsTable;
  agreement_acceptances: AgreementAcceptancesTable;
  agreement_signatures: AgreementSignaturesTable;
  agreement_templates: AgreementTemplatesTable;
  agreements: AgreementsTable;
  assistance_requests: AssistanceRequestsTable;
  audit_chains: AuditChainsTable;
  audit_lines: AuditLinesTable;
  audit_personal: AuditPersonalTable;
  connection_tests: ConnectionTestsTable;
  contact_changes: ContactChangesTable;
  contacts: ContactsTable;
  delegation_assignments: DelegationAssignmentsTable;
  delegation_moves: DelegationMovesTable;
  delegation_portfolio: DelegationPortfolioTable;
  delegation_words: DelegationWordsTable;
  delegations: DelegationsTable;
  deliveries: DeliveriesTable;
  draft_hand_overs: DraftHandOversTable;
  drafts: DraftsTable;
  events: EventsTable;
  federation_chains: FederationChainsTable;
  findings: FindingsTable;
  groups: GroupsTable;
  iban_evidence: IbanEvidenceTable;
  iban_import_rows: IbanImportRowsTable;
  iban_imports: IbanImportsTable;
  iban_labels: IbanLabelsTable;
  iban_rules: IbanRulesTable;
  ibans: IbansTable;
  idempotency_keys: IdempotencyKeysTable;
  identity_provider_copies: IdentityProviderCopiesTable;
  inbox_items: InboxItemsTable;
  inbox_preferences: InboxPreferencesTable;
  inbox_settings: InboxSettingsTable;
  institution_pages: InstitutionPagesTable;
  institution_products: InstitutionProductsTable;
  institutions: InstitutionsTable;
  invitations: InvitationsTable;
  legal_representatives: LegalRepresentativesTable;
  login_register: LoginRegisterTable;
  login_requests: LoginRequestsTable;
  logout_requests: LogoutRequestsTable;
  mails: MailsTable;
  memberships: MembershipsTable;
  node_encodings: NodeEncodingsTable;
  node_registrations: NodeRegistrationsTable;
  nominations: NominationsTable;
  notice_sequences: NoticeSequencesTable;
  onboarding_administrators: OnboardingAdministratorsTable;
  onboarding_rounds: OnboardingRoundsTable;
  onboardings: OnboardingsTable;
  operations_contacts: OperationsContactsTable;
  persons: PersonsTable;
  product_proposals: ProductProposalsTable;
  product_versions: ProductVersionsTable;
  products: ProductsTable;
  profiles: ProfilesTable;
  proposals: ProposalsTable;
  recoveries: RecoveriesTable;
  registry_bodies: RegistryBodiesTable;
  registry_entries: RegistryEntriesTable;
  registry_imports: RegistryImportsTable;
  registry_starts: RegistryStartsTable;
  registry_units: RegistryUnitsTable;
  remote_signatures: RemoteSignaturesTable;
  review_decisions: ReviewDecisionsTable;
  review_messages: ReviewMessagesTable;
  review_proposals: ReviewProposalsTable;
  review_rule_runs: ReviewRuleRunsTable;
  roster: RosterTable;
  row_versions: RowVersionsTable;
  schedules: SchedulesTable;
  sessions: SessionsTable;
  staff_first: StaffFirstTable;
  staff_login_requests: StaffLoginRequestsTable;
  staff_members: StaffMembersTable;
  staff_sessions: StaffSessionsTable;
  station_associations: StationAssociationsTable;
  station_changes: StationChangesTable;
  station_messages: StationMessagesTable;
  stations: StationsTable;
  template_proposals: TemplateProposalsTable;
  template_publications: TemplatePublicationsTable;
  trusted_lists: TrustedListsTable;
  used_assertions: UsedAssertionsTable;
}
