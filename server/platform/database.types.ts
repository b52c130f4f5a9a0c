// Generated from the migrated schema by `npm run db:types`. Do not edit.
import type { ColumnType } from "kysely";

export type ArrayType<T> = ArrayTypeImpl<T> extends (infer U)[]
  ? U[]
  : ArrayTypeImpl<T>;

export type ArrayTypeImpl<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S[], I[], U[]>
  : T[];

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Int8 = ColumnType<string, bigint | number | string, bigint | number | string>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface AuditEntry {
  action: string;
  actor_id: string;
  actor_kind: string;
  actor_name: string;
  address: string | null;
  at: Timestamp;
  code: string | null;
  details: Json;
  hash: Buffer;
  object_id: string | null;
  object_kind: string;
  previous_hash: Buffer;
  request_id: string;
  result: string;
  seq: Int8;
  unit_id: Int8 | null;
}

export interface AuditHead {
  hash: Buffer;
  only_row: Generated<boolean>;
  seq: Int8;
}

export interface DescribingCountedText {
  resource_id: Int8;
  revision_id: Int8;
}

export interface DescribingWordFrequency {
  documents: number;
  word: string;
}

export interface ExchangeAccessKey {
  column_ids: ArrayType<Int8> | null;
  created_at: Timestamp;
  created_by: Int8 | null;
  created_by_name: string;
  digest: Buffer;
  expires_at: Timestamp | null;
  full_text: boolean;
  holder: string;
  id: Generated<Int8>;
  name: string;
  per_day: number;
  per_minute: number;
  prefix: string;
  revocation_reason: string | null;
  revoked_at: Timestamp | null;
  types: string[] | null;
  unit_ids: ArrayType<Int8> | null;
  version: Generated<number>;
}

export interface ExchangePace {
  day: Timestamp;
  day_used: number;
  key_id: Int8;
  last_used_at: Timestamp;
  minute: Timestamp;
  minute_used: number;
}

export interface ExchangeUsage {
  bytes: Generated<Int8>;
  day: Timestamp;
  key_id: Int8;
  operation: string;
  refused: Generated<Int8>;
  requests: Generated<Int8>;
}

export interface FollowingFile {
  asset_id: Int8;
  digest: string;
  file_name: string;
  subscription_id: Int8;
}

export interface FollowingItem {
  awaits: Generated<string[]>;
  column_id: Int8 | null;
  digest: string | null;
  index_number: string | null;
  is_down: Generated<boolean>;
  mark: string | null;
  pass: number;
  problem: string | null;
  problem_code: string | null;
  resource_id: Int8 | null;
  retry_at: Timestamp | null;
  set_aside_at: Timestamp | null;
  source_id: string;
  state: string;
  subscription_id: Int8;
  title: string;
  tries: Generated<number>;
  updated_at: Timestamp;
  url: string | null;
}

export interface FollowingSubscription {
  address: string;
  caught_up_at: Timestamp | null;
  column_id: Int8;
  created_at: Timestamp;
  created_by: Int8 | null;
  created_by_name: string;
  cursor: string | null;
  failures: Generated<number>;
  id: Generated<Int8>;
  idle_pages: Generated<number>;
  instance: string;
  item_count: Generated<number>;
  last_change_at: Timestamp | null;
  mode: string;
  most_items: number;
  name: string;
  next_at: Timestamp;
  pass: Generated<number>;
  platform: string;
  reach: string;
  rules: Json;
  sealed_key: Buffer | null;
  source_column_ids: string[] | null;
  source_types: string[] | null;
  source_unit_ids: string[] | null;
  state: string;
  trouble: string | null;
  trouble_code: string | null;
  trouble_since: Timestamp | null;
  unit_id: Int8;
  version: Generated<number>;
}

export interface FulltextEntry {
  folded: string;
  id: Int8;
  version: Int8;
}

export interface FulltextGeneration {
  number: Int8;
  only_one: Generated<boolean>;
}

export interface FulltextPosting {
  block: number;
  ids: Buffer;
  token: string;
}

export interface IdentityAccount {
  created_at: Timestamp;
  disabled_at: Timestamp | null;
  id: Generated<Int8>;
  last_seen_at: Timestamp | null;
  login: string;
  must_change_password: Generated<boolean>;
  password_changed_at: Timestamp;
  password_hash: string;
  phone: string | null;
  real_name: string;
  unit_id: Int8;
  version: Generated<number>;
}

export interface IdentityAccountRole {
  account_id: Int8;
  role: string;
}

export interface IdentityFailedSignIn {
  attempts: number;
  last_at: Timestamp;
  locked_until: Timestamp | null;
  login: string;
}

export interface IdentityFormerName {
  basis: string;
  ended_at: Timestamp;
  name: string;
  short_name: string;
  unit_id: Int8;
}

export interface IdentityFormerPassword {
  account_id: Int8;
  id: Generated<Int8>;
  password_hash: string;
  replaced_at: Timestamp;
}

export interface IdentityOneTimeSecret {
  account_id: Int8;
  begun_at: Timestamp;
  confirmed_at: Timestamp | null;
  last_step: Int8 | null;
  sealed_secret: Buffer;
}

export interface IdentityRecoveryCode {
  account_id: Int8;
  digest: Buffer;
  used_at: Timestamp | null;
}

export interface IdentityReorganization {
  after_id: Generated<Int8>;
  basis: string;
  confirmed_at: Timestamp | null;
  confirmed_by: Int8 | null;
  confirmed_by_name: string | null;
  ended_at: Timestamp | null;
  id: Generated<Int8>;
  kind: Generated<string>;
  moved: Generated<Json>;
  name: string;
  new_name: string | null;
  new_short_name: string | null;
  note: string | null;
  planned_at: Timestamp;
  planned_by: Int8;
  planned_by_name: string;
  rest_to: number | null;
  split_rules: Json | null;
  started_at: Timestamp | null;
  starts_at: Timestamp;
  state: Generated<string>;
  step: Generated<number>;
  successor_id: Int8;
  version: Generated<number>;
}

export interface IdentityReorganizationUnit {
  reorganization_id: Int8;
  unit_id: Int8;
}

export interface IdentitySession {
  account_id: Int8;
  address: string | null;
  created_at: Timestamp;
  csrf_token: string;
  expires_at: Timestamp;
  last_seen_at: Timestamp;
  token_digest: Buffer;
  user_agent: string | null;
}

export interface IdentitySignatureImage {
  account_id: Int8;
  begun_at: Timestamp;
  content: Buffer;
  digest: Buffer;
  ended_at: Timestamp | null;
  id: Generated<Int8>;
}

export interface IdentitySplitReceiver {
  account_ids: ArrayType<Int8>;
  moved: Generated<Json>;
  new_unit: Json | null;
  position: number;
  reorganization_id: Int8;
  unit_id: Int8 | null;
}

export interface IdentityUnit {
  closed_at: Timestamp | null;
  id: Generated<Int8>;
  index_number_template: Generated<string>;
  keeps_code9: Generated<boolean>;
  kind: string;
  name: string;
  /**
   * First part of every index number of the unit (rules 5.4): 9 or 18 characters.
   */
  organisation_code: string;
  parent_id: Int8 | null;
  position: Generated<number>;
  short_name: string;
  successor_id: Int8 | null;
  version: Generated<number>;
}

export interface IdentityUnitAncestor {
  ancestor_id: Int8;
  unit_id: Int8;
}

export interface IdentityUnitSplit {
  at: Timestamp;
  basis: string;
  position: number;
  receiver_id: Int8;
  unit_id: Int8;
}

export interface IntakeImport {
  attempts: Generated<number>;
  checked: Json | null;
  column_id: Int8 | null;
  created_at: Timestamp;
  created_by: Int8;
  created_by_name: string;
  digest: string;
  file_name: string;
  format: string | null;
  id: Generated<Int8>;
  imported: Json | null;
  mapping: Generated<Json>;
  mode: string;
  problem_code: string | null;
  problem_message: string | null;
  sample: Generated<Json>;
  size: Int8;
  sources: Generated<string[]>;
  stage: Generated<string>;
  type: string;
  unit_id: Int8;
  updated_at: Timestamp;
  version: Generated<number>;
}

export interface IntakeOutcome {
  import_id: Int8;
  key: string;
  old_address: string | null;
  ordinal: number;
  pass: string;
  place: string;
  problems: Generated<Json>;
  resource_id: Int8 | null;
  result: string;
  title: string;
}

export interface InteractionAddressDay {
  acts: Generated<number>;
  day: Timestamp;
  digest: Buffer;
}

export interface InteractionCorrection {
  answer_days: number;
  answered_at: Timestamp | null;
  answered_by: Int8 | null;
  answered_by_name: string | null;
  code: string;
  column_id: Int8 | null;
  contact: string | null;
  description: string;
  id: Generated<Int8>;
  kind: string;
  page_name: string;
  path: string;
  quote: string | null;
  reply: string | null;
  reported_at: Timestamp;
  reported_on: Timestamp;
  resource_id: Int8 | null;
  same_digest: Buffer;
  site_id: Int8;
  state: Generated<string>;
  times: Generated<number>;
  unit_id: Int8;
  version: Generated<number>;
}

export interface InteractionCorrectionTransfer {
  at: Timestamp;
  correction_id: Int8;
  from_unit_id: Int8;
  id: Generated<Int8>;
  reason: string;
  to_unit_id: Int8;
  transferred_by: Int8;
  transferred_by_name: string;
}

export interface InteractionRating {
  column_id: Int8 | null;
  id: Generated<Int8>;
  page_name: string;
  path: string;
  rated_at: Timestamp;
  reason: string | null;
  remark: string | null;
  resource_id: Int8 | null;
  site_id: Int8;
  unit_id: Int8;
  useful: boolean;
}

export interface LibraryAsset {
  alt: Generated<string>;
  copyright: Generated<string>;
  digest: string;
  file_name: string;
  height: number | null;
  id: Generated<Int8>;
  media_type: string;
  replaces_id: Int8 | null;
  size: Int8;
  source: Generated<string>;
  unit_id: Int8;
  uploaded_at: Timestamp;
  uploaded_by: Int8 | null;
  width: number | null;
}

export interface LibraryChange {
  at: Timestamp;
  digest: Buffer | null;
  kind: string;
  position: Int8;
  resource_id: Int8;
  revision_id: Int8 | null;
}

export interface LibraryCorrectionNote {
  corrected_at: Timestamp;
  id: Generated<Int8>;
  note: string;
  resource_id: Int8;
  revision_id: Int8;
  unit_name: string;
}

export interface LibraryDocument {
  issuer: string;
  name: string;
  resource_id: Int8;
  revision_id: Int8;
  written_on: Timestamp | null;
}

export interface LibraryDocumentMention {
  before: Timestamp | null;
  confidence: number;
  evidence: string;
  issued_on: Timestamp | null;
  kind: string;
  name: string;
  resource_id: Int8;
}

export interface LibraryFile {
  avif: string | null;
  digest: string;
  infection: string | null;
  media_type: string;
  noted_at: Generated<Timestamp>;
  preview: string | null;
  scan: Generated<string>;
  scan_after: Timestamp | null;
  scanned_at: Timestamp | null;
  scanned_with: string | null;
  size: Int8;
  sizes: Generated<string>;
  sizes_attempts: Generated<number>;
  words: Generated<string>;
}

export interface LibraryFilePreview {
  body: Json | null;
  digest: string;
  findings: string[];
  is_whole: boolean;
  kind: string;
  made_at: Timestamp;
  total_pages: number | null;
}

export interface LibraryFileText {
  digest: string;
  findings: string[];
  read_at: Timestamp;
  text: string;
}

export interface LibraryFingerprint {
  bands: number[];
  compared: Generated<boolean>;
  minhash: Buffer;
  resource_id: Int8;
  revision_id: Int8;
}

export interface LibraryIndexCounter {
  last: number;
  unit_id: Int8;
  year: number;
}

export interface LibraryIndexNumber {
  given_at: Timestamp;
  index_number: string;
  resource_id: Int8;
  serial: number;
  unit_id: Int8;
  year: number;
}

export interface LibraryLikeness {
  found_at: Timestamp;
  one_id: Int8;
  other_id: Int8;
  similarity: number;
}

export interface LibraryLikenessDismissal {
  dismissed_at: Timestamp;
  dismissed_by: Int8 | null;
  one_id: Int8;
  other_id: Int8;
}

export interface LibraryOrigin {
  chain: Json;
  instance: string;
  resource_id: Int8;
  source_id: string;
}

export interface LibraryPictureSize {
  bytes: Int8;
  digest: string;
  height: number;
  media_type: Generated<string>;
  size_digest: string;
  width: number;
}

export interface LibraryPreviewPage {
  bytes: Int8;
  digest: string;
  height: number;
  number: number;
  page_digest: string;
  width: number;
}

export interface LibraryQuarantine {
  cleared_at: Timestamp | null;
  digest: string;
  file_name: string;
  found_at: Timestamp;
  found_by: string;
  id: Generated<Int8>;
  infection: string;
  unit_id: Int8;
  uploaded_by: Int8 | null;
}

export interface LibraryRelabelling {
  id: Generated<Int8>;
  resource_ids: ArrayType<Int8>;
}

export interface LibraryRelation {
  kind: string;
  place: number;
  resource_id: Int8;
  target_id: Int8;
}

export interface LibraryRelationProposal {
  confidence: number;
  decided_at: Timestamp | null;
  decided_by: Int8 | null;
  evidence: string;
  found_at: Timestamp;
  from_id: Int8;
  id: Generated<Int8>;
  kind: string;
  name: string;
  reason: string;
  state: Generated<string>;
  to_id: Int8;
  /**
   * That of the naming document, with which it moves.
   */
  unit_id: Int8;
}

export interface LibraryResource {
  created_at: Timestamp;
  created_by: Int8 | null;
  discarded_at: Timestamp | null;
  /**
   * Of the head revision, as typed, like title.
   */
  document_number: string | null;
  expire_at: Timestamp | null;
  /**
   * Set by the system at the first release, never typed, never changed (rules R10).
   */
  first_published_at: Timestamp | null;
  head_revision_id: Int8 | null;
  id: Generated<Int8>;
  imported_from: string | null;
  index_number: string | null;
  last_published_at: Timestamp | null;
  live_revision_id: Int8 | null;
  /**
   * References to terms in the live revision; still there when it was taken down.
   */
  live_terms: string[] | null;
  open_mode: string | null;
  release_at: Timestamp | null;
  /**
   * Somebody else says when it goes out: the due query leaves it alone.
   */
  release_held: Generated<boolean>;
  ruled_validity: string | null;
  /**
   * The ruling in force; null while the revision says it.
   */
  ruling_id: Int8 | null;
  signed_revision_id: Int8 | null;
  stage: string;
  taken_down: Generated<boolean>;
  /**
   * References to terms (topic:0201) in the newest revision.
   */
  terms: string[] | null;
  title: string;
  type: string;
  unit_id: Int8;
  updated_at: Timestamp;
  validity: string | null;
  /**
   * Optimistic lock: every change of head, stage or schedule counts one up.
   */
  version: Generated<number>;
  withdrawal_reason: string | null;
  withdrawn_at: Timestamp | null;
  /**
   * Of the day on which it was written or produced; null when nobody knows.
   */
  year: number | null;
}

export interface LibraryResourceType {
  created_at: Timestamp;
  current: number;
  key: string;
}

export interface LibraryResourceTypeVersion {
  definition: Json;
  note: string;
  number: number;
  published_at: Timestamp;
  published_by: Int8 | null;
  published_by_name: string;
  type: string;
}

export interface LibraryRevision {
  content: Json;
  created_at: Timestamp;
  created_by: Int8 | null;
  created_by_name: string;
  digest: Buffer;
  id: Generated<Int8>;
  number: number;
  origin: string;
  resource_id: Int8;
}

export interface LibraryRevisionAsset {
  asset_id: Int8;
  revision_id: Int8;
  role: string;
}

export interface LibrarySavedView {
  account_id: Int8;
  created_at: Timestamp;
  id: Generated<Int8>;
  name: string;
  search: string;
}

export interface LibraryTextWaiting {
  id: Generated<Int8>;
  is_imported: boolean;
  resource_id: Int8;
}

export interface LibraryValidityRuling {
  basis: Generated<string>;
  basis_resource_id: Int8 | null;
  effective_on: Timestamp;
  id: Generated<Int8>;
  ordered_at: Timestamp;
  ordered_by: Int8 | null;
  ordered_by_name: string;
  replaced_by_id: Int8 | null;
  resource_id: Int8;
  settled_at: Timestamp | null;
  settled_by_name: string | null;
  state: string;
  validity: string;
  validity_before: string | null;
}

export interface PackagingExport {
  attempts: Generated<number>;
  digest: string | null;
  expires_at: Timestamp | null;
  finished_at: Timestamp | null;
  id: Generated<Int8>;
  problem_code: string | null;
  problem_message: string | null;
  requested_at: Timestamp;
  requested_by: Int8;
  requested_by_name: string;
  selection: Json;
  size: Int8 | null;
  stage: Generated<string>;
  written: Generated<Int8>;
}

export interface PlatformCalendarDay {
  day: Timestamp;
  works: boolean;
  year: Generated<number | null>;
}

export interface PlatformCalendarYear {
  source: string;
  year: number;
}

export interface PlatformEvent {
  at: Timestamp;
  id: Generated<Int8>;
  name: string;
  payload: Generated<Json>;
  priority: Generated<number>;
  tags: string[];
  xid: Generated<string>;
}

export interface PlatformEventDelivery {
  event_id: Int8;
  /**
   * The event's own, kept here too.
   */
  priority: Generated<number>;
  queue: string;
}

export interface PlatformSetting {
  name: string;
  value: string;
}

export interface PlatformWorkingHours {
  afternoon_from: Generated<string>;
  afternoon_to: Generated<string>;
  morning_from: Generated<string>;
  morning_to: Generated<string>;
  single: Generated<boolean>;
}

export interface ProofreadingApprovedEmblem {
  digest: string;
  end_reason: string | null;
  ended_at: Timestamp | null;
  ended_by_name: string | null;
  id: Generated<Int8>;
  made_at: Timestamp;
  made_by_name: string;
  name: string;
  reason: string;
}

export interface ProofreadingCheckedRevision {
  checked_at: Timestamp;
  complete: boolean;
  findings: Json;
  generation: Int8;
  resource_id: Int8;
  revision_id: Int8;
}

export interface ProofreadingCheckStanding {
  changed_at: Timestamp;
  changed_by: Int8;
  changed_by_name: string;
  check_key: string;
  effective_from: Timestamp;
  number: number;
  reason: string;
  rule: string;
  standing: string;
}

export interface ProofreadingFinding {
  check_key: string;
  closed_at: Timestamp | null;
  end_at: number;
  found: string;
  id: Generated<Int8>;
  ignore_reason: string | null;
  ignored_at: Timestamp | null;
  ignored_by: Int8 | null;
  ignored_by_name: string | null;
  message: string;
  nth: number;
  opened_at: Timestamp;
  part: string;
  reopen_reason: string | null;
  reopened_at: Timestamp | null;
  reopened_by_name: string | null;
  resource_id: Int8;
  rule: string;
  rule_name: string;
  severity: string;
  start_at: number;
  state: string;
  suggestion: string | null;
  unit_id: Int8;
}

export interface ProofreadingFindingTask {
  days: number;
  due_on: Timestamp | null;
  ended_at: Timestamp | null;
  finding_id: Int8;
  given_at: Timestamp;
  given_by_name: string | null;
  given_on: Timestamp;
  id: Generated<Int8>;
  note: string;
  outcome: string | null;
  resource_id: Int8;
  unit_id: Int8;
}

export interface ProofreadingHostRuling {
  agreed_by: string;
  agreed_on: Timestamp;
  end_reason: string | null;
  ended_at: Timestamp | null;
  ended_by_name: string | null;
  host: string;
  id: Generated<Int8>;
  made_at: Timestamp;
  made_by_name: string;
  reason: string;
  standing: string;
}

export interface ProofreadingKnownWord {
  added_at: Timestamp;
  added_by: Int8;
  added_by_name: string;
  id: Generated<Int8>;
  word: string;
}

export interface ProofreadingLinkState {
  address: string;
  due_at: Timestamp | null;
  failed_days: Generated<number>;
  failed_on: Timestamp | null;
  host: string;
  problem: string | null;
  status: number | null;
  tried_at: Timestamp | null;
}

export interface ProofreadingLinkUse {
  address: string;
  resource_id: Int8;
}

export interface ProofreadingNight {
  after_id: Int8;
  closed: number;
  day: Timestamp;
  ended_at: Timestamp | null;
  opened: number;
  resources: number;
  started_at: Timestamp;
}

export interface ProofreadingOverride {
  finding: Json;
  given_at: Timestamp;
  given_by: Int8;
  given_by_name: string;
  id: Generated<Int8>;
  reason: string;
  resource_id: Int8;
  revision_id: Int8;
}

export interface ProofreadingRule {
  content: Json;
  id: Generated<Int8>;
  key: string;
  rank: Generated<number>;
  set_id: Int8;
  since: number;
  until: number | null;
}

export interface ProofreadingRuleSet {
  effective_from: Timestamp | null;
  effective_to: Timestamp | null;
  enabled: boolean;
  id: Generated<Int8>;
  kind: string;
  name: string;
  rules: number;
  severity: string;
  version: number;
}

export interface ProofreadingRuleSetVersion {
  added: number;
  changed_at: Timestamp;
  changed_by: Int8 | null;
  changed_by_name: string;
  effective_from: Timestamp | null;
  effective_to: Timestamp | null;
  enabled: boolean;
  name: string;
  note: string;
  number: number;
  removed: number;
  set_id: Int8;
  severity: string;
}

export interface ProofreadingSpellingTraining {
  characters: number;
  digest: string | null;
  measured: number;
  only_row: Generated<boolean>;
  resources: number;
  texts: number;
  threshold: number | null;
  trained_at: Timestamp;
}

export interface ProofreadingState {
  generation: Int8;
  only_row: Generated<boolean>;
}

export interface PublishingAlarm {
  at: Generated<Timestamp>;
  healed_at: Timestamp | null;
  id: Generated<Int8>;
  path: string;
  problem: string;
  site: string;
}

export interface PublishingBackground {
  id: Generated<number>;
  paused_at: Timestamp | null;
  started_at: Timestamp | null;
  total: Generated<Int8>;
}

export interface PublishingDirty {
  failures: Generated<number>;
  forced: Generated<boolean>;
  generation: Generated<Int8>;
  page_key: string;
  priority: number;
  problem: string | null;
  rank: number;
  retry_at: Generated<Timestamp>;
  since: Generated<Timestamp>;
}

export interface PublishingExpectedTag {
  page_key: string;
  tags: string[];
}

export interface PublishingIntent {
  digests: string[];
  id: Int8;
  keys: string[];
  media_types: string[];
  outcomes: string[];
  paths: string[];
  recovered: Generated<boolean>;
  sites: string[];
  started_at: Generated<Timestamp>;
}

export interface PublishingPace {
  minute: Timestamp;
  pages: number;
}

export interface PublishingPage {
  built_at: Generated<Timestamp>;
  digest: Buffer;
  first_built_at: Generated<Timestamp>;
  key: string;
  kind: string;
  media_type: string;
  outcome: string;
  path: string;
  rank: number;
  site: string;
  size: Int8;
  tags: string[];
  target: string | null;
}

export interface PublishingReceipt {
  event: string;
  id: Generated<Int8>;
  live_at: Timestamp | null;
  pages: Generated<number>;
  requested_at: Timestamp;
  sites: Generated<number>;
  subject: string;
  verified_at: Timestamp | null;
}

export interface PublishingReceiptPage {
  live_at: Timestamp | null;
  page_key: string;
  receipt_id: Int8;
}

export interface PublishingRedirect {
  changed_at: Generated<Timestamp>;
  from_path: string;
  settled: Generated<boolean>;
  site: string;
  to_url: string;
}

export interface RelocationCopyFile {
  address: string;
  digest: string;
  project_id: Int8;
  size: Int8;
}

export interface RelocationMapping {
  column_id: Int8 | null;
  key: string;
  project_id: Int8;
}

export interface RelocationPage {
  address: string;
  asset_id: Int8 | null;
  asset_of: string | null;
  column_key: string | null;
  column_name: string | null;
  content_digest: string | null;
  depth: number;
  digest: string | null;
  etag: string | null;
  id: Generated<Int8>;
  imported_digest: string | null;
  kind: string | null;
  last_modified: string | null;
  media_type: string | null;
  moved_to: string | null;
  problem: string | null;
  problem_detail: string | null;
  produced_on: Timestamp | null;
  project_id: Int8;
  redirected_at: Timestamp | null;
  resource_id: Int8 | null;
  run: number;
  source: string | null;
  state: Generated<string>;
  target: string | null;
  title: string | null;
}

export interface RelocationProject {
  checked: Generated<boolean>;
  created_at: Timestamp;
  default_column_id: Int8 | null;
  ended_at: Timestamp | null;
  goal: Generated<string>;
  hosts: string[];
  id: Generated<Int8>;
  limits: Json;
  name: string;
  phase: Generated<string>;
  problem: string | null;
  progress_at: Timestamp | null;
  rules: Json;
  run: Generated<number>;
  site_id: Int8;
  source: string;
  start_addresses: Generated<string[]>;
  started_at: Timestamp | null;
  state: Generated<string>;
  unit_id: Int8;
  updated_at: Timestamp;
  version: Generated<number>;
}

export interface ReviewApproval {
  account_id: Int8;
  review_id: Int8;
  step: number;
}

export interface ReviewChain {
  column_id: Int8 | null;
  created_at: Timestamp;
  id: Generated<Int8>;
  type: string | null;
  unit_id: Int8 | null;
  version: number;
}

export interface ReviewChainVersion {
  chain_id: Int8;
  effective_on: Timestamp;
  few_people_reason: string | null;
  made_at: Timestamp;
  made_by: Int8 | null;
  made_by_name: string;
  name: string;
  note: string;
  number: number;
  steps: Json | null;
}

export interface ReviewComment {
  anchor: Json;
  id: Generated<Int8>;
  quote: string;
  review_id: Int8;
  settled_at: Timestamp | null;
  settled_by: Int8 | null;
  settled_by_name: string | null;
  settled_note: string | null;
  text: string;
  written_at: Timestamp;
  written_by: Int8;
  written_by_name: string;
}

export interface ReviewDecision {
  back_to: number | null;
  decided_at: Timestamp;
  decided_by: Int8;
  decided_by_name: string;
  id: Generated<Int8>;
  on_behalf_of: Int8 | null;
  on_behalf_of_name: string | null;
  openness: string | null;
  openness_checked: Generated<boolean>;
  outcome: string;
  reason: string | null;
  review_id: Int8;
  revision_digest: Buffer;
  secrecy_checked: Generated<boolean>;
  step: number;
  step_name: string;
}

export interface ReviewDelegation {
  account_id: Int8;
  account_name: string;
  created_at: Timestamp;
  delegate_id: Int8;
  delegate_name: string;
  ends_on: Timestamp;
  id: Generated<Int8>;
  reason: string;
  revoked_at: Timestamp | null;
  starts_on: Timestamp;
}

export interface ReviewDisclosureRule {
  /**
   * When this instance, or the one whose package it was made of, came under the rule: what was signed before needs no assessment.
   */
  assessed_since: Timestamp;
  is_only: Generated<boolean>;
  reassess_months: Generated<number>;
}

export interface ReviewOpening {
  account_id: Int8;
  opened_at: Timestamp;
  review_id: Int8;
  revision_digest: Buffer;
}

export interface ReviewOpennessAssessment {
  answers: Json;
  assessed_at: Timestamp;
  assessed_by: Int8;
  assessed_by_name: string;
  id: Generated<Int8>;
  open_mode: string;
  reason_key: string | null;
  reason_note: string | null;
  review_id: Int8;
  revision_digest: Buffer;
  revision_id: Int8;
  step_name: string;
}

export interface ReviewOpennessReason {
  article: string;
  key: string;
  name: string;
  open_modes: string[];
  position: number;
  statute: string;
  valid_from: Timestamp;
  valid_to: Timestamp | null;
}

export interface ReviewOpinion {
  answer: string | null;
  asked_at: Timestamp;
  asked_by: Int8 | null;
  asked_by_name: string;
  due_on: Timestamp | null;
  end_reason: string | null;
  ended_at: Timestamp | null;
  ended_by: Int8 | null;
  ended_by_name: string | null;
  id: Generated<Int8>;
  on_behalf_of: Int8 | null;
  on_behalf_of_name: string | null;
  question: string;
  review_id: Int8;
  revision_digest: Buffer | null;
  stance: string | null;
  state: string;
  step: number;
  step_name: string;
  unit_id: Int8;
  unit_name: string;
}

export interface ReviewReassessment {
  assessed_at: Timestamp;
  assessed_by: Int8;
  assessed_by_name: string;
  id: Generated<Int8>;
  next_due_on: Timestamp | null;
  note: string;
  open_mode: string;
  outcome: string;
  reason_key: string | null;
  review_id: Int8;
}

export interface ReviewReminder {
  given_at: Timestamp;
  given_by: Int8 | null;
  given_by_name: string | null;
  id: Generated<Int8>;
  kind: string;
  note: string | null;
  review_id: Int8;
  step_name: string;
  step_since: Timestamp;
  to_names: string | null;
}

export interface ReviewResponsibilityRecord {
  account_id: Int8 | null;
  at: Timestamp;
  duty: string;
  on_behalf_of_name: string | null;
  person_name: string;
  place: Generated<number>;
  resource_id: Int8;
  review_id: Int8;
  revision_id: Int8;
  step_name: string | null;
  unit_id: Int8;
  unit_name: string;
}

export interface ReviewRetrospectiveReminder {
  given_at: Timestamp;
  kind: string;
  review_id: Int8;
}

export interface ReviewReview {
  asked_ids: ArrayType<Int8> | null;
  asked_unit_ids: ArrayType<Int8> | null;
  author_ids: ArrayType<Int8>;
  /**
   * When the clock has to do something next about the step that runs; null: never.
   */
  call_at: Timestamp | null;
  chain: Json;
  chain_name: string | null;
  due_at: Timestamp | null;
  ended_at: Timestamp | null;
  escalate_at: Timestamp | null;
  /**
   * Who sees the review and may urge because its step is overdue. It lets nobody decide.
   */
  escalated_ids: ArrayType<Int8> | null;
  id: Generated<Int8>;
  last_step: number | null;
  next_id: Int8 | null;
  resource_id: Int8;
  revision_digest: Buffer;
  revision_id: Int8;
  soon_at: Timestamp | null;
  state: string;
  step: number;
  step_since: Timestamp;
  submitted_at: Timestamp;
  submitted_by: Int8;
  submitted_by_name: string;
  title: string;
  type: string;
  unit_id: Int8;
  urgent_wish: string | null;
  waiting_ids: ArrayType<Int8> | null;
}

export interface ReviewSecrecyItem {
  key: string;
  name: string;
  position: number;
  question: string;
  valid_from: Timestamp;
  valid_to: Timestamp | null;
}

export interface ReviewSignature {
  id: Generated<Int8>;
  image_digest: Buffer | null;
  method: string;
  /**
   * In whose place, where the signer was a delegate.
   */
  on_behalf_of: Int8 | null;
  on_behalf_of_name: string | null;
  opinion: string | null;
  resource_id: Int8;
  review_id: Int8;
  revision_digest: Buffer;
  revision_id: Int8;
  signed_at: Timestamp;
  signed_by: Int8;
  signed_by_name: string;
  signed_for: string;
  urgent: Generated<boolean>;
}

export interface ReviewUndisclosed {
  due_on: Timestamp | null;
  ended_as: string | null;
  found_at: Timestamp;
  open_mode: string;
  reason_key: string;
  resource_id: Int8;
  review_id: Int8;
}

export interface ReviewUrgentRelease {
  due_at: Timestamp;
  reason: string;
  released_at: Timestamp;
  released_by: Int8;
  released_by_name: string;
  resource_id: Int8;
  review_id: Int8;
  settled_as: string | null;
  settled_at: Timestamp | null;
}

export interface ReviewUrgentRule {
  account_ids: ArrayType<Int8>;
  covers_below: boolean;
  note: string;
  review_hours: number;
  set_at: Timestamp;
  set_by: Int8 | null;
  set_by_name: string;
  unit_id: Int8;
  version: number;
}

export interface SearchDirty {
  failures: Generated<number>;
  generation: Generated<Int8>;
  key: string;
  retry_at: Generated<Timestamp>;
  since: Generated<Timestamp>;
}

export interface SearchDocument {
  deleted_at: Timestamp | null;
  digest: Buffer | null;
  index_id: string;
  key: string;
  site: string;
  unit: string;
  version: Int8;
}

export interface SearchState {
  index_id: string;
  rebuilt_at: Generated<Timestamp>;
  singleton: Generated<boolean>;
}

export interface SitesAddress {
  column_id: Int8;
  path: string;
  resource_id: Int8;
  site_id: Int8;
}

export interface SitesBulkAct {
  account_id: Int8;
  category: string | null;
  column_id: Int8 | null;
  created_at: Timestamp;
  finished_at: Timestamp | null;
  id: Generated<Int8>;
  kind: string;
  reason: string | null;
}

export interface SitesBulkItem {
  bulk_act_id: Int8;
  message: string | null;
  outcome: Generated<string>;
  place: number;
  resource_id: Int8;
  version: number;
}

export interface SitesColumn {
  closed_at: Timestamp | null;
  /**
   * A changed text that was public is handed in with a note of what it corrects.
   */
  correction_required: Generated<boolean>;
  /**
   * Of columns from before there was a catalogue: the day on which it began.
   */
  created_at: Generated<Timestamp>;
  description: string;
  /**
   * How its pages show entries: lines, or pictures with titles where entries have a cover.
   */
  display: Generated<string>;
  hidden_when_empty: Generated<boolean>;
  home_position: number | null;
  id: Generated<Int8>;
  in_navigation: Generated<boolean>;
  keywords: string;
  kind: string;
  last_sequence: Generated<Int8>;
  name: string;
  parent_id: Int8 | null;
  path: string;
  position: Generated<number>;
  reprint_sources: Generated<string[]>;
  site_id: Int8;
  slug: string;
  unit_id: Int8;
  /**
   * Longest time without a new entry before the column counts as overdue (rules R03, R04, R06); null: no duty.
   */
  update_days: number | null;
  update_event: string | null;
  update_months: number | null;
  version: Generated<number>;
}

export interface SitesColumnLink {
  checked_at: Timestamp | null;
  column_id: Int8;
  failing_since: Timestamp | null;
  reason: string | null;
  set_at: Timestamp;
  set_by_name: string;
  trouble: string | null;
  url: string;
}

export interface SitesColumnWriters {
  /**
   * The column.
   */
  id: Int8;
  unit_ids: ArrayType<Int8>;
  version: Generated<number>;
}

export interface SitesEntryRemoval {
  column_id: Int8;
  id: Generated<Int8>;
  reason: string;
  removed_at: Timestamp;
  removed_by_name: string;
  resource_id: Int8;
  title: string;
  unit_id: Int8;
}

export interface SitesExposure {
  column_id: Int8;
  resource_id: Int8;
}

export interface SitesJointRelease {
  end_reason: string | null;
  ended_at: Timestamp | null;
  ended_by_name: string | null;
  id: Generated<Int8>;
  lead_resource_id: Int8;
  made_at: Timestamp;
  made_by_name: string;
  name: string;
  /**
   * Null: as soon as all are signed.
   */
  release_at: Timestamp | null;
  state: Generated<string>;
  unit_id: Int8;
  version: Generated<number>;
}

export interface SitesJointReleaseMember {
  added_at: Timestamp;
  added_by_name: string;
  id: Generated<Int8>;
  release_id: Int8;
  removal_reason: string | null;
  removed_at: Timestamp | null;
  removed_by_name: string | null;
  resource_id: Int8;
  waits: Generated<boolean>;
}

export interface SitesListing {
  column_id: Int8;
  listed_at: Timestamp;
  pinned_until: Timestamp | null;
  resource_id: Int8;
  sequence: Int8;
  title_override: string | null;
  via_column_id: Int8 | null;
}

export interface SitesMapping {
  column_id: Int8;
  source_column_id: Int8;
}

export interface SitesMappingMatch {
  decided_at: Timestamp | null;
  decided_by_name: string | null;
  found_at: Timestamp;
  reason: string | null;
  resource_id: Int8;
  rule_id: Int8;
  state: string;
}

export interface SitesMappingRule {
  changed_at: Timestamp;
  changed_by_name: string;
  column_id: Int8;
  ended_at: Timestamp | null;
  filled_sources: string | null;
  filled_version: number | null;
  id: Generated<Int8>;
  keyword: string | null;
  mode: string;
  source_column_id: Int8 | null;
  term: string | null;
  types: Generated<string[]>;
  /**
   * Every column of this unit is a source.
   */
  unit_id: Int8 | null;
  /**
   * Every column of every unit of this kind is a source.
   */
  unit_kind: string | null;
  version: Generated<number>;
}

export interface SitesMappingRuleVersion {
  changed_at: Timestamp;
  changed_by_name: string;
  rule_id: Int8;
  state: Json;
  version: number;
}

export interface SitesMappingTurn {
  position: Int8;
  resource_id: Int8;
  rule_id: Int8;
}

export interface SitesPlacement {
  column_id: Int8;
  created_at: Timestamp;
  id: Generated<Int8>;
  is_main: Generated<boolean>;
  /**
   * Of a placement that a mapping rule made.
   */
  mapping_rule_id: Int8 | null;
  pinned_until: Timestamp | null;
  resource_id: Int8;
  /**
   * Of a placement that another unit made; null for those that the resource's own unit chose.
   */
  reuse_id: Int8 | null;
  title_override: string | null;
  visible_from: Timestamp | null;
  visible_until: Timestamp | null;
}

export interface SitesResponsibilityEntry {
  column_id: Int8;
  contact_id: Int8 | null;
  id: Generated<Int8>;
  requirement: Generated<string>;
  responsible_id: Int8 | null;
  /**
   * The units that supply the column.
   */
  unit_ids: Generated<ArrayType<Int8>>;
  version: Generated<number>;
  ways: Generated<string[]>;
}

export interface SitesResponsibilityPast {
  column_id: Int8;
  state: Json;
  until: Timestamp;
}

export interface SitesReuse {
  column_id: Int8;
  end_reason: string | null;
  ended_at: Timestamp | null;
  ended_by_name: string | null;
  id: Generated<Int8>;
  made_at: Timestamp;
  made_by_name: string;
  resource_id: Int8;
}

export interface SitesReuseAddress {
  column_id: Int8;
  path: string;
  resource_id: Int8;
  site_id: Int8;
}

export interface SitesSite {
  address: string;
  changed_at: Generated<Timestamp>;
  contact: string;
  demonstration: Generated<boolean>;
  description: string;
  /**
   * The live resource that is composed as the home page; null: composed from the columns by itself.
   */
  home_resource_id: Int8 | null;
  icp_number: string;
  id: Generated<Int8>;
  identity_code: string;
  is_portal: Generated<boolean>;
  key: string;
  name: string;
  /**
   * What citizens read under the addresses of a site that is offline or closed.
   */
  notice: Generated<string>;
  organiser: string;
  police_number: string;
  short_name: string;
  state: string;
  state_since: Generated<Timestamp>;
  theme: Json;
  unit_id: Int8;
  version: Generated<number>;
}

export interface SitesSiteDomain {
  domain: string;
  is_primary: Generated<boolean>;
  site_id: Int8;
}

export interface SitesSubmission {
  column_id: Int8;
  decided_at: Timestamp | null;
  decided_by_name: string | null;
  id: Generated<Int8>;
  note: Generated<string>;
  offered_at: Timestamp;
  offered_by_name: string;
  reason: string | null;
  resource_id: Int8;
  reuse_id: Int8 | null;
  /**
   * prepared: waits for the resource to be published, and is offered in that moment.
   */
  state: string;
  /**
   * Whose the resource is: its figures.
   */
  unit_id: Int8;
}

export interface SitesTakeDown {
  answered_at: Timestamp | null;
  answered_by_name: string | null;
  id: Generated<Int8>;
  reason: string;
  reply: string | null;
  resource_id: Int8;
  taken_down_at: Timestamp;
  taken_down_by: Int8;
  taken_down_by_name: string;
  title: string;
  unit_id: Int8;
}

export interface SitesTopic {
  /**
   * Set by the due clock once the last day has passed in China, by a release, and by whoever ends it.
   */
  ended: boolean;
  ends_on: Timestamp | null;
  /**
   * By which topics go from unit to unit, as all holdings do.
   */
  id: Generated<Int8>;
  /**
   * Who looks after it: an account of its unit.
   */
  keeper_id: Int8 | null;
  resource_id: Int8;
  unit_id: Int8;
  version: Generated<number>;
  /**
   * The last day that its released text says. A release with another one sets ends_on; what people decided since stays otherwise.
   */
  written_ends_on: Timestamp | null;
}

export interface SitesUpdateReminder {
  column_id: Int8;
  /**
   * Names the time that the column waited: a new entry moves it.
   */
  due_at: Timestamp;
  given_at: Timestamp;
  kind: string;
}

export interface SitesUpdateWarning {
  escalate_days: Generated<number>;
  fortnight_days: Generated<number>;
  single: Generated<boolean>;
  soon_percent: Generated<number>;
  /**
   * So many days before the end of a topic its unit is told.
   */
  topic_days: Generated<number>;
}

export interface SitesUrgentNotice {
  end_reason: string | null;
  ended_at: Timestamp | null;
  ended_by_name: string | null;
  id: Generated<Int8>;
  level: string;
  raised_at: Timestamp;
  raised_by: string;
  raised_by_name: string;
  reason: string | null;
  resource_id: Int8;
  text: string;
  until: Timestamp | null;
}

export interface TransparencyEntry {
  digest: Buffer | null;
  first_published_at: Timestamp | null;
  id: Generated<Int8>;
  imported: boolean;
  outcome: string;
  path: string;
  resource: string | null;
  revision: string | null;
  site: string;
}

export interface TransparencyHead {
  at: Timestamp;
  note: string;
  root: Buffer;
  size: Int8;
}

export interface TransparencyLeaf {
  body: string;
  digest: Buffer | null;
  index: Int8;
  path: string;
  site: string;
}

export interface TransparencyLog {
  only_row: Generated<boolean>;
  origin: string;
}

export interface TransparencyNode {
  hash: Buffer;
  index: Int8;
  level: number;
}

export interface TransparencyResource {
  first_published_at: Timestamp;
  leaf: Int8;
  resource: string;
}

export interface VocabularySpreading {
  after_resource_id: Generated<Int8>;
  asked_at: Timestamp;
  is_renamed: boolean;
  term_id: Int8;
}

export interface VocabularyTerm {
  code: string;
  created_at: Timestamp;
  id: Generated<Int8>;
  label: string;
  parent_id: Int8 | null;
  reference: Generated<string>;
  replaced_by_id: Int8 | null;
  synonyms: Generated<string[]>;
  updated_at: Timestamp;
  valid_from: Timestamp | null;
  valid_until: Timestamp | null;
  version: Generated<number>;
  vocabulary: string;
}

export interface VocabularyTermChange {
  act: string;
  changed_at: Timestamp;
  changed_by: Int8 | null;
  changed_by_name: string;
  note: string;
  number: number;
  state: Json;
  term_id: Int8;
}

export interface WebhookAttempt {
  answer: string | null;
  at: Timestamp;
  id: Generated<Int8>;
  message_id: Int8;
  milliseconds: number;
  problem: string | null;
  status: number | null;
}

export interface WebhookEndpoint {
  column_ids: ArrayType<Int8> | null;
  created_at: Timestamp;
  created_by: Int8 | null;
  created_by_name: string;
  dead_again_until: Timestamp | null;
  failing_since: Timestamp | null;
  failures: Generated<number>;
  held_until: Timestamp | null;
  holder: string;
  id: Generated<Int8>;
  last_attempt_at: Timestamp | null;
  last_problem: string | null;
  last_status: number | null;
  last_success_at: Timestamp | null;
  name: string;
  pause_cause: string | null;
  pause_reason: string | null;
  paused_at: Timestamp | null;
  position: Int8;
  types: string[] | null;
  unit_ids: ArrayType<Int8> | null;
  url: string;
  version: Generated<number>;
}

export interface WebhookMessage {
  created_at: Timestamp;
  due_at: Timestamp;
  endpoint_id: Int8;
  id: Generated<Int8>;
  position: Int8 | null;
  resource_id: Int8 | null;
  settled_at: Timestamp | null;
  state: string;
  told_id: string | null;
  told_type: string | null;
  tries: Generated<number>;
}

export interface WebhookSecret {
  created_at: Timestamp;
  endpoint_id: Int8;
  ends_at: Timestamp | null;
  id: Generated<Int8>;
  sealed: Buffer;
}

export interface DB {
  "audit.entry": AuditEntry;
  "audit.head": AuditHead;
  "describing.counted_text": DescribingCountedText;
  "describing.word_frequency": DescribingWordFrequency;
  "exchange.access_key": ExchangeAccessKey;
  "exchange.pace": ExchangePace;
  "exchange.usage": ExchangeUsage;
  "following.file": FollowingFile;
  "following.item": FollowingItem;
  "following.subscription": FollowingSubscription;
  "fulltext.entry": FulltextEntry;
  "fulltext.generation": FulltextGeneration;
  "fulltext.posting": FulltextPosting;
  "identity.account": IdentityAccount;
  "identity.account_role": IdentityAccountRole;
  "identity.failed_sign_in": IdentityFailedSignIn;
  "identity.former_name": IdentityFormerName;
  "identity.former_password": IdentityFormerPassword;
  "identity.one_time_secret": IdentityOneTimeSecret;
  "identity.recovery_code": IdentityRecoveryCode;
  "identity.reorganization": IdentityReorganization;
  "identity.reorganization_unit": IdentityReorganizationUnit;
  "identity.session": IdentitySession;
  "identity.signature_image": IdentitySignatureImage;
  "identity.split_receiver": IdentitySplitReceiver;
  "identity.unit": IdentityUnit;
  "identity.unit_ancestor": IdentityUnitAncestor;
  "identity.unit_split": IdentityUnitSplit;
  "intake.import": IntakeImport;
  "intake.outcome": IntakeOutcome;
  "interaction.address_day": InteractionAddressDay;
  "interaction.correction": InteractionCorrection;
  "interaction.correction_transfer": InteractionCorrectionTransfer;
  "interaction.rating": InteractionRating;
  "library.asset": LibraryAsset;
  "library.change": LibraryChange;
  "library.correction_note": LibraryCorrectionNote;
  "library.document": LibraryDocument;
  "library.document_mention": LibraryDocumentMention;
  "library.file": LibraryFile;
  "library.file_preview": LibraryFilePreview;
  "library.file_text": LibraryFileText;
  "library.fingerprint": LibraryFingerprint;
  "library.index_counter": LibraryIndexCounter;
  "library.index_number": LibraryIndexNumber;
  "library.likeness": LibraryLikeness;
  "library.likeness_dismissal": LibraryLikenessDismissal;
  "library.origin": LibraryOrigin;
  "library.picture_size": LibraryPictureSize;
  "library.preview_page": LibraryPreviewPage;
  "library.quarantine": LibraryQuarantine;
  "library.relabelling": LibraryRelabelling;
  "library.relation": LibraryRelation;
  "library.relation_proposal": LibraryRelationProposal;
  "library.resource": LibraryResource;
  "library.resource_type": LibraryResourceType;
  "library.resource_type_version": LibraryResourceTypeVersion;
  "library.revision": LibraryRevision;
  "library.revision_asset": LibraryRevisionAsset;
  "library.saved_view": LibrarySavedView;
  "library.text_waiting": LibraryTextWaiting;
  "library.validity_ruling": LibraryValidityRuling;
  "packaging.export": PackagingExport;
  "platform.calendar_day": PlatformCalendarDay;
  "platform.calendar_year": PlatformCalendarYear;
  "platform.event": PlatformEvent;
  "platform.event_delivery": PlatformEventDelivery;
  "platform.setting": PlatformSetting;
  "platform.working_hours": PlatformWorkingHours;
  "proofreading.approved_emblem": ProofreadingApprovedEmblem;
  "proofreading.check_standing": ProofreadingCheckStanding;
  "proofreading.checked_revision": ProofreadingCheckedRevision;
  "proofreading.finding": ProofreadingFinding;
  "proofreading.finding_task": ProofreadingFindingTask;
  "proofreading.host_ruling": ProofreadingHostRuling;
  "proofreading.known_word": ProofreadingKnownWord;
  "proofreading.link_state": ProofreadingLinkState;
  "proofreading.link_use": ProofreadingLinkUse;
  "proofreading.night": ProofreadingNight;
  "proofreading.override": ProofreadingOverride;
  "proofreading.rule": ProofreadingRule;
  "proofreading.rule_set": ProofreadingRuleSet;
  "proofreading.rule_set_version": ProofreadingRuleSetVersion;
  "proofreading.spelling_training": ProofreadingSpellingTraining;
  "proofreading.state": ProofreadingState;
  "publishing.alarm": PublishingAlarm;
  "publishing.background": PublishingBackground;
  "publishing.dirty": PublishingDirty;
  "publishing.expected_tag": PublishingExpectedTag;
  "publishing.intent": PublishingIntent;
  "publishing.pace": PublishingPace;
  "publishing.page": PublishingPage;
  "publishing.receipt": PublishingReceipt;
  "publishing.receipt_page": PublishingReceiptPage;
  "publishing.redirect": PublishingRedirect;
  "relocation.copy_file": RelocationCopyFile;
  "relocation.mapping": RelocationMapping;
  "relocation.page": RelocationPage;
  "relocation.project": RelocationProject;
  "review.approval": ReviewApproval;
  "review.chain": ReviewChain;
  "review.chain_version": ReviewChainVersion;
  "review.comment": ReviewComment;
  "review.decision": ReviewDecision;
  "review.delegation": ReviewDelegation;
  "review.disclosure_rule": ReviewDisclosureRule;
  "review.opening": ReviewOpening;
  "review.openness_assessment": ReviewOpennessAssessment;
  "review.openness_reason": ReviewOpennessReason;
  "review.opinion": ReviewOpinion;
  "review.reassessment": ReviewReassessment;
  "review.reminder": ReviewReminder;
  "review.responsibility_record": ReviewResponsibilityRecord;
  "review.retrospective_reminder": ReviewRetrospectiveReminder;
  "review.review": ReviewReview;
  "review.secrecy_item": ReviewSecrecyItem;
  "review.signature": ReviewSignature;
  "review.undisclosed": ReviewUndisclosed;
  "review.urgent_release": ReviewUrgentRelease;
  "review.urgent_rule": ReviewUrgentRule;
  "search.dirty": SearchDirty;
  "search.document": SearchDocument;
  "search.state": SearchState;
  "sites.address": SitesAddress;
  "sites.bulk_act": SitesBulkAct;
  "sites.bulk_item": SitesBulkItem;
  "sites.column": SitesColumn;
  "sites.column_link": SitesColumnLink;
  "sites.column_writers": SitesColumnWriters;
  "sites.entry_removal": SitesEntryRemoval;
  "sites.exposure": SitesExposure;
  "sites.joint_release": SitesJointRelease;
  "sites.joint_release_member": SitesJointReleaseMember;
  "sites.listing": SitesListing;
  "sites.mapping": SitesMapping;
  "sites.mapping_match": SitesMappingMatch;
  "sites.mapping_rule": SitesMappingRule;
  "sites.mapping_rule_version": SitesMappingRuleVersion;
  "sites.mapping_turn": SitesMappingTurn;
  "sites.placement": SitesPlacement;
  "sites.responsibility_entry": SitesResponsibilityEntry;
  "sites.responsibility_past": SitesResponsibilityPast;
  "sites.reuse": SitesReuse;
  "sites.reuse_address": SitesReuseAddress;
  "sites.site": SitesSite;
  "sites.site_domain": SitesSiteDomain;
  "sites.submission": SitesSubmission;
  "sites.take_down": SitesTakeDown;
  "sites.topic": SitesTopic;
  "sites.update_reminder": SitesUpdateReminder;
  "sites.update_warning": SitesUpdateWarning;
  "sites.urgent_notice": SitesUrgentNotice;
  "transparency.entry": TransparencyEntry;
  "transparency.head": TransparencyHead;
  "transparency.leaf": TransparencyLeaf;
  "transparency.log": TransparencyLog;
  "transparency.node": TransparencyNode;
  "transparency.resource": TransparencyResource;
  "vocabulary.spreading": VocabularySpreading;
  "vocabulary.term": VocabularyTerm;
  "vocabulary.term_change": VocabularyTermChange;
  "webhook.attempt": WebhookAttempt;
  "webhook.endpoint": WebhookEndpoint;
  "webhook.message": WebhookMessage;
  "webhook.secret": WebhookSecret;
}
