import type { Assignment } from '#domain/assignment/assignment.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { Person } from '#domain/people/person.ts';
import { longDate, type Translate, translate } from '#i18n/translate.ts';
import type { Mail } from '#ports/mailer.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { letterTo } from './letter.ts';
import { invitationTexts } from './reminder-mails.ts';

type Needs = Pick<Services, 'publicUrl' | 'municipality'>;

/**
 * The first that anybody hears from here: who asks for what, why, by when, whom to ring, and a link with its last day.
 *
 * @param assignment what is to be taken first; absent for who is to have an account and no course
 */
export function invitationMail(
  needs: Needs & Pick<Services, 'course' | 'clock'>,
  person: Person,
  assignment: Assignment | undefined,
  token: string,
): Omit<Mail, 'id'> {
  const { municipality, course, clock } = needs;
  const values = { municipality: municipality.name };
  return letterTo(needs, person, (t, language) => ({
    subject: t(assignment ? 'mail.invitation.subject' : 'mail.invitation.accountSubject', values),
    parts: [
      t(assignment ? 'mail.invitation.why' : 'mail.invitation.account', values),
      ...(assignment ? [t('mail.invitation.course', { minutes: course.tracks[assignment.track].atMostMinutes })] : []),
      ...(assignment ? [byWhen(assignment, dateOf(clock()), t, (day) => longDate(day, language))] : []),
      ...invitationTexts(needs, person, token, t, language),
    ],
  }));
}

/** Through when a course is to be done, and whether somebody may work alone before. */
export function byWhen(
  { due, isDueOpen, beforeAlone }: Assignment,
  today: string,
  t: Translate,
  date: (day: string) => string,
): string {
  const day = isDueOpen || due < today ? t('mail.invitation.soon') : t('mail.invitation.due', { date: date(due) });
  return beforeAlone ? `${day} ${t('mail.invitation.beforeAlone')}` : day;
}

export function passwordResetMail({ publicUrl, municipality }: Needs, person: Person, token: string): Mail {
  const t = translate(person.language);
  const values = {
    name: person.name,
    municipality: municipality.name,
    link: new URL(paths.newPassword(token), publicUrl).href,
  };
  return { to: person.email ?? '', subject: t('mail.reset.subject', values), text: t('mail.reset.text', values) };
}
