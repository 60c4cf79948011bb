/** Ids are branded strings: parsed once at the edge, trusted inside. */
export type PersonId = string & { readonly brand: 'PersonId' };
export type GroupId = string & { readonly brand: 'GroupId' };
export type AttemptId = string & { readonly brand: 'AttemptId' };
/** 20 characters of Crockford base32 without hyphens (100 bits), upper case. */
export type CertificateCode = string & { readonly brand: 'CertificateCode' };
/** Hex SHA-256 of a random token that is sent to a person and never stored. */
export type TokenHash = string & { readonly brand: 'TokenHash' };
/** Hex HMAC-SHA-256, under one of the installation's keys, of a code that a person types; `k2:…` says which (key-id.ts). */
export type CodeHash = string & { readonly brand: 'CodeHash' };
/** One of the installation's keys: `k1`, `k2`… */
export type KeyId = string & { readonly brand: 'KeyId' };

/** A moment in UTC, ISO 8601 as `Date.prototype.toISOString` gives it. */
export type Instant = string;
/** A calendar date in Europe/Stockholm, `YYYY-MM-DD`. */
export type CalendarDate = string & { readonly brand: 'CalendarDate' };

/** Source of randomness as an argument: n fresh bytes from a cryptographic generator. */
export type RandomBytes = (count: number) => Uint8Array;
/** A place in the organisation: a committee, a department or a unit. */
export type NodeId = string & { readonly brand: 'NodeId' };
/**
 * What the audit log calls a person, and what other people's documents do. Drawn at random and kept only in the person's own
 * document: when that is purged, nobody can tell any more whom the log speaks of.
 */
export type Pseudonym = string & { readonly brand: 'Pseudonym' };
