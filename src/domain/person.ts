import type { Certificate } from './certificate.ts';
import type { Attempt } from './exam.ts';
import type { CalendarDate, CodeHash, GroupId, Instant, PersonId, TokenHash } from './ids.ts';
import type { Language } from './language.ts';

/** Employment categories decide the track (DESIGN.md, the words). */
export const categories = ['new-employee', 'temporary-staff', 'student', 'summer-worker', 'unit-manager'] as const;
export type Category = (typeof categories)[number];

export const roles = ['learner', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** A secret link that has been sent out. The token itself is never stored. */
export interface SentLink {
  readonly tokenHash: TokenHash;
  readonly expiresAt: Instant;
  readonly usedAt?: Instant | undefined;
}

export interface Engagement {
  readonly category: Category;
  /** Inclusive; open-ended for employees. */
  readonly to?: CalendarDate | undefined;
}

export interface LessonDone {
  readonly at: Instant;
  readonly courseVersion: string;
}

/** One document: everything the platform knows about one person. */
export interface Person {
  readonly id: PersonId;
  readonly name: string;
  /** `self`: typed by the participant of a group, not vouched for by anyone yet. */
  readonly nameGivenBy: 'employer' | 'self';
  /** Lower case. Absent for who came in by a group code. */
  readonly email?: string | undefined;
  /** Argon2id in PHC form. */
  readonly passwordHash?: string | undefined;
  readonly codeHash?: CodeHash | undefined;
  readonly roles: readonly Role[];
  readonly language: Language;
  readonly engagement: Engagement;
  readonly groupId?: GroupId | undefined;
  readonly invitation?: SentLink | undefined;
  readonly passwordReset?: SentLink | undefined;
  readonly lessonsDone: Readonly<Record<string, LessonDone>>;
  /** The lesson last finished or opened, where “Fortsätt” leads. */
  readonly lastLesson?: string | undefined;
  readonly attempts: readonly Attempt[];
  readonly certificates: readonly Certificate[];
  readonly createdAt: Instant;
}

/** A group that joins by a shared code, “Feriearbetare vecka 25”. */
export interface Group {
  readonly id: GroupId;
  readonly name: string;
  /** Short code on the poster, upper case, without hyphens. */
  readonly code: string;
  readonly category: Category;
  /** Last day of the engagement, and last day to join. Inclusive. */
  readonly lastDay: CalendarDate;
  readonly size: number;
  /**
   * Who has a place. Taken in one step with the check that there is one, before the participant's document is made: a
   * place may be taken by someone whose joining was cut off, never the other way round.
   */
  readonly seats: readonly PersonId[];
  readonly createdBy: PersonId;
  readonly createdAt: Instant;
  readonly closedAt?: Instant | undefined;
}
