import type { ActingPerson } from '#domain/access/grant-days.ts';
import { invitationMinutes } from '#domain/account/sent-link.ts';
import type { Assignment } from '#domain/assignment/assignment.ts';
import type { InsideStep } from '#domain/assignment/next-step.ts';
import { addDays, addMinutes, dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, CertificateCode, PersonId } from '#domain/kernel/ids.ts';
import type { Language } from '#domain/kernel/language.ts';
import { noOrganisation, treeOf } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import { staffRecordOf } from '#domain/people/staff-record.ts';
import { type MailKind, mailKinds } from '#domain/settings/mail-switch.ts';
import { translate } from '#i18n/translate.ts';
import { type Mail, MailNotSentError } from '#ports/mailer.ts';
import type { Services } from '#src/services.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { invitationMail, passwordResetMail } from './mails.ts';
import { digestMail, reminderMail } from './reminder-mails.ts';

type Needs = Pick<Services, 'publicUrl' | 'municipality' | 'course' | 'clock' | 'random' | 'secrets'>;

/** Every kind whose text can be read, and the one that answers who has forgotten the password, which cannot be paused. */
export const shownMails = [...mailKinds, 'reset'] as const satisfies readonly (MailKind | 'reset')[];
export type ShownMail = (typeof shownMails)[number];

/**
 * The very text of a kind of mail, made by the functions that make the real ones, for somebody who does not exist.
 *
 * @param language chosen by the receiver; who is invited has chosen none, and gets all of them in one mail
 */
export function exampleMail(needs: Needs, kind: ShownMail, language: Language): Omit<Mail, 'id'> {
  const now = needs.clock();
  const today = dateOf(now);
  const person = somebody(needs, kind, language, now);
  const assignment = taskDue(addDays(today, { overdue: -1, due: 0, before: 7 }[kind as string] ?? 14), today);
  const token = 'EXEMPEL';
  const { track } = assignment;
  const certificate = {
    code: '0'.repeat(20) as CertificateCode,
    track,
    issuedAt: instantOf(now),
    issuedOn: today,
    validUntil: addDays(today, kind === 'expiring' ? 60 : 730),
  };
  const next: InsideStep = { state: 'reading', lesson: '', hasBegun: true, task: assignment };
  const key = { rule: kind, cycle: '' };
  switch (kind) {
    case 'invitation':
      return invitationMail(needs, person, assignment, token);
    case 'reset':
      return passwordResetMail(needs, person, token);
    case 'certificate':
      return reminderMail(needs, person, { ...key, says: kind, certificate }, { next });
    case 'digest': {
      const line = { person: staffRecordOf(person), why: 'overdue', isUninvited: false, assignment } as const;
      const digest = { ...key, lines: [line], unmanaged: { lines: [], counts: [] } };
      return digestMail(needs, person, digest, treeOf(noOrganisation));
    }
    case 'expiring': {
      const renewed = { ...assignment, certificate };
      const step = { state: 'ready', task: renewed } as const;
      return reminderMail(needs, person, { ...key, says: kind, assignment: renewed }, { next: step });
    }
    default:
      return reminderMail(needs, person, { ...key, says: kind, assignment }, { next });
  }
}

/** Sends the example to whoever asks, and to nobody else: also while the kind is paused. The subject says that it is a trial. */
export async function sendExample(
  needs: Needs & Pick<Services, 'mailer'>,
  { email }: Pick<ActingPerson, 'email'>,
  kind: ShownMail,
  language: Language,
): Promise<'sent' | 'failed'> {
  if (email === undefined) return 'failed';
  const { subject, text } = exampleMail(needs, kind, language);
  const trial = translate(language)('reminder.trial.subject', { subject });
  try {
    await needs.mailer.send({ to: email, subject: trial, text });
    return 'sent';
  } catch (error) {
    if (error instanceof MailNotSentError) return 'failed';
    throw error;
  }
}

function somebody({ secrets, random }: Needs, kind: ShownMail, language: Language, now: Date): Person {
  const invitation = { tokenHash: secrets.hashToken(''), expiresAt: addMinutes(instantOf(now), invitationMinutes) };
  const way = kind === 'invitation' ? { invitation } : { passwordHash: '' };
  const who = { id: 'example' as PersonId, name: 'Kim Exempel', email: '', language, nameGivenBy: 'employer' } as const;
  return newPerson({ ...who, ...way }, { category: 'new-employee' }, now, random);
}

function taskDue(due: CalendarDate, today: CalendarDate): Assignment {
  return {
    ...{ track: 'new-employee', accepts: [], cycle: '', mandatory: true, beforeAlone: false, units: [] },
    ...{ since: today, due, certificate: undefined, moved: undefined, state: 'under-way' },
  };
}
