import type { Instant, Pseudonym } from '#domain/kernel/ids.ts';

/** The kinds of mail that go out by themselves or at somebody's button, each of which an administrator can pause. */
export const mailKinds = [
  'invitation',
  'assigned',
  'before',
  'due',
  'overdue',
  'expiring',
  'certificate',
  'by-hand',
  'digest',
] as const;
export type MailKind = (typeof mailKinds)[number];

/** What is paused: one kind, or all of them whatever holds for each. */
export type MailSwitch = MailKind | 'everything';
export const mailSwitches = ['everything', ...mailKinds] as const satisfies readonly MailSwitch[];

/** Since when something is paused, and by whom. */
export interface PausedMail {
  readonly what: MailSwitch;
  readonly since: Instant;
  readonly by: Pseudonym;
}

/** Whether mail of a kind is held back. */
export function isPaused(kind: MailKind, paused: readonly Pick<PausedMail, 'what'>[]): boolean {
  return paused.some(({ what }) => what === kind || what === 'everything');
}

/**
 * Whether what a pause has held back goes out when it ends. An invitation does: without it somebody knows nothing of the course.
 * A reminder does not: its day has passed, the next one comes on its own, and nobody is to find ten days' mail on one morning.
 */
export function outlivesPause(kind: MailKind): boolean {
  return kind === 'invitation';
}
