import type { Certificate } from '#domain/exam/certificate.ts';
import type { Attempt } from '#domain/exam/exam.ts';
import type { Category } from '#domain/kernel/category.ts';
import type {
  CalendarDate,
  CodeHash,
  GroupId,
  Instant,
  NodeId,
  PersonId,
  Pseudonym,
  TokenHash,
} from '#domain/kernel/ids.ts';
import type { Language } from '#domain/kernel/language.ts';
import type { Staffing } from './staffing.ts';

/** A deputy (ställföreträdare) is appointed by a unit's manager; the others are given by administrators. */
export const roles = ['unit-manager', 'deputy', 'department-head', 'administrator'] as const;
export type Role = (typeof roles)[number];

/**
 * A role above learner, at a place in the organisation: it holds there and for everything below, and nowhere else. On which days
 * it holds is said by `grantState`, never read out of here.
 */
export interface Grant {
  readonly role: Role;
  /** `everything`: given for all committees. */
  readonly place: NodeId | 'everything';
  /** Named to see people with protected identity (skyddade personuppgifter). */
  readonly seesProtected?: true | undefined;
  /** First and last day, both inclusive. Absent: from the day it was given, and for as long as the work lasts. */
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  /** Absent for one from before grants had days. */
  readonly givenAt?: Instant | undefined;
  /** Of a deputy: the manager who appointed them. */
  readonly by?: Pseudonym | undefined;
}

/** A secret link that has been sent out. The token itself is never stored. */
export interface SentLink {
  readonly tokenHash: TokenHash;
  readonly expiresAt: Instant;
  readonly usedAt?: Instant | undefined;
  /** Made on the server for who has lost everything: the second factors go with the password. */
  readonly clearsFactors?: true | undefined;
}

/** A link that opens nothing any more, kept to tell whoever opens it why. */
export interface PastLink extends Pick<SentLink, 'tokenHash' | 'expiresAt' | 'usedAt'> {
  readonly kind: 'invitation' | 'passwordReset';
  readonly ended: 'replaced' | 'withdrawn';
}

interface DecisionBase {
  readonly id: string;
  readonly track: Category;
  readonly at: Instant;
  readonly by: Pseudonym;
  /** As the manager wrote it; shown to the person. */
  readonly reason: string;
  /** The unit whose manager decided it: another committee's manager of the same person does not see it. */
  readonly unit?: NodeId | undefined;
}

/** What a manager has decided about one person's course. Never edited; a later one about the same track goes before. */
export type Decision =
  /** An extra course. */
  | (DecisionBase & { readonly kind: 'assign'; readonly due: CalendarDate })
  /** Another last day for what has to be done. */
  | (DecisionBase & { readonly kind: 'move-due'; readonly due: CalendarDate })
  /** Need not take it, through this day. */
  | (DecisionBase & { readonly kind: 'exempt'; readonly until?: CalendarDate | undefined })
  /** Takes an earlier `assign` or `exempt` back. */
  | (DecisionBase & { readonly kind: 'withdraw'; readonly decision: string });

/** A manager says that this is the person they say they are. */
export interface IdentityConfirmation {
  readonly by: Pseudonym;
  readonly at: Instant;
  /** Vouched for with an exam on paper. */
  readonly onPaper?: true | undefined;
}

/** One message of one rule in one cycle. Claimed before it is sent, so that no restart sends it again. */
export interface SentReminder {
  readonly rule: string;
  /** What it is about, e.g. a track, the day its time began and the last day. */
  readonly cycle: string;
  readonly claimedAt: Instant;
  readonly sentAt?: Instant | undefined;
  /** Times that the mail server has refused it. */
  readonly failures: number;
  readonly lastFailureAt?: Instant | undefined;
  /** Its day came while mail of its kind was paused: it is not sent any more. */
  readonly passedOverAt?: Instant | undefined;
}

export interface Passkey {
  /** Base64url, as the authenticator gave it. */
  readonly id: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly label: string;
  readonly addedAt: Instant;
}

/** What somebody with a role above learner shows beside the password. */
export interface SecondFactors {
  readonly passkeys: readonly Passkey[];
  /** The shared secret, encrypted under the installation's key. */
  readonly totp?:
    | { readonly secret: string; readonly addedAt: Instant; readonly lastStep?: number | undefined }
    | undefined;
  /** Keyed hashes; one that is used goes. */
  readonly recoveryCodes: readonly CodeHash[];
}

/** Nothing about the person is purged as long as it stands. */
export interface LegalHold {
  readonly at: Instant;
  readonly by: Pseudonym;
}

export interface LessonDone {
  readonly at: Instant;
  readonly courseVersion: string;
}

/** One document: everything the platform knows about one person. */
export interface Person {
  readonly id: PersonId;
  readonly pseudonym: Pseudonym;
  readonly name: string;
  /** `self`: typed by the participant of a group, not vouched for by anyone yet. */
  readonly nameGivenBy: 'employer' | 'self';
  /** Lower case. Absent for who came in by a group code. */
  readonly email?: string | undefined;
  /** When a mail server last said that it knows no such address; the next address clears it, and a mail that arrives. */
  readonly mailRefusedAt?: Instant | undefined;
  /** What the payroll system calls them; an import matches on it. Never a personal number. */
  readonly employmentNumber?: string | undefined;
  /** Argon2id in PHC form. */
  readonly passwordHash?: string | undefined;
  readonly codeHash?: CodeHash | undefined;
  /** The last letters of the personal code: what a manager asks by where two have the same name. Absent for codes from before. */
  readonly codeEnding?: string | undefined;
  readonly secondFactors?: SecondFactors | undefined;
  /**
   * How many times what they sign in with, or what they may do by it, has been changed, or they have been signed out. A session is open for as long as it stands at
   * what it was when the session was opened. Absent: never.
   */
  readonly credentialChanges?: number | undefined;
  readonly grants: readonly Grant[];
  readonly language: Language;
  /** Skyddade personuppgifter: by name only to administrators who are named for it. */
  readonly protectedIdentity?: true | undefined;
  /** Oldest first, at least one; the last holds now. */
  readonly staffing: readonly Staffing[];
  /** Oldest first. */
  readonly decisions: readonly Decision[];
  readonly identity?: IdentityConfirmation | undefined;
  readonly reminders: readonly SentReminder[];
  /** The day on which the invitation is to go out. */
  readonly inviteOn?: CalendarDate | undefined;
  readonly legalHold?: LegalHold | undefined;
  readonly groupId?: GroupId | undefined;
  readonly invitation?: SentLink | undefined;
  readonly passwordReset?: SentLink | undefined;
  /** The last of those that came before, oldest first. */
  readonly pastLinks?: readonly PastLink[] | undefined;
  readonly lessonsDone: Readonly<Record<string, LessonDone>>;
  /** The lesson last finished or opened, where “Fortsätt” leads. */
  readonly lastLesson?: string | undefined;
  readonly attempts: readonly Attempt[];
  readonly certificates: readonly Certificate[];
  readonly createdAt: Instant;
}
