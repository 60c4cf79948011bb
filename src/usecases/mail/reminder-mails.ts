import type { NextStep } from '#domain/assignment/next-step.ts';
import type { Course } from '#domain/course/course.ts';
import type { CertificateCode } from '#domain/kernel/ids.ts';
import type { Language } from '#domain/kernel/language.ts';
import type { Tree } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import { isReachedByMail } from '#domain/people/staff-record.ts';
import { type Digest, type DigestLine, digestOrder, type PersonReminder } from '#domain/reminders/reminder.ts';
import { longDate, longTime, type Translate } from '#i18n/translate.ts';
import type { Mail } from '#ports/mailer.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { letterTo } from './letter.ts';

type Needs = Pick<Services, 'publicUrl' | 'municipality' | 'course'>;

/** What the receiver of a mail can do next, and the link that they do it by: it works for who is in just this state. */
export interface MailedStep {
  readonly next: NextStep;
  /** Of the invitation, for who has not signed in yet. */
  readonly token?: string | undefined;
}

/** A reminder: what it is about, then what the person can do now, with the link that does it. An invitation is `invitationMail`. */
export function reminderMail(
  needs: Needs,
  person: Person,
  reminder: Exclude<PersonReminder, { says: 'invitation' }>,
  step: MailedStep,
): Omit<Mail, 'id'> {
  const { says } = reminder;
  const { track, date } = subjectOf(reminder);
  return letterTo(needs, person, (t, language) => {
    const values = { track: t(`track.${track}`), date: longDate(date, language) };
    return {
      subject: t(`reminder.mail.${says}.subject`, values),
      parts: [
        t(`reminder.mail.${says}.text`, values),
        ...(reminder.says === 'certificate'
          ? [certificateText(needs, reminder.certificate.code, t)]
          : stepTexts(needs, person, step, t, language)),
      ],
    };
  });
}

function subjectOf(reminder: Exclude<PersonReminder, { says: 'invitation' }>) {
  if (reminder.says === 'certificate') {
    const { track, validUntil } = reminder.certificate;
    return { track, date: validUntil };
  }
  const { track, due, certificate } = reminder.assignment;
  return { track, date: certificate?.validUntil ?? due };
}

/** Anybody may open it: it works for who has taken the exam on paper and never signed in. */
function certificateText(needs: Needs, code: CertificateCode, t: Translate): string {
  return t('reminder.mail.showCertificate', { link: linkTo(needs, paths.certificate(code)) });
}

/** What can be done now, and the way there. */
function stepTexts(
  needs: Needs,
  person: Person,
  { next, token }: MailedStep,
  t: Translate,
  language: Language,
): readonly string[] {
  if (next.state === 'invited' && token !== undefined) return invitationTexts(needs, person, token, t, language);
  const way = person.codeHash === undefined ? 'page' : 'code';
  const link = linkTo(needs, way === 'page' ? paths.myPage() : paths.returnWithCode());
  return [...doNow(next, needs.course, t, language), t(`reminder.mail.way.${way}`, { link })];
}

function doNow(next: NextStep, { tracks }: Pick<Course, 'tracks'>, t: Translate, language: Language) {
  switch (next.state) {
    case 'reading': {
      if (next.hasBegun) return [t('reminder.mail.step.begun')];
      const minutes = next.task && tracks[next.task.track].atMostMinutes;
      return minutes ? [t('reminder.mail.step.reading', { minutes })] : [];
    }
    case 'ready':
      return [t(next.task?.certificate ? 'reminder.mail.step.renew' : 'reminder.mail.step.ready')];
    case 'under-way':
      return [t('reminder.mail.step.under-way')];
    case 'paused':
      return [t('reminder.mail.step.paused', { until: longTime(next.until, language) })];
    default:
      return [];
  }
}

/** The link of an invitation, through when it holds, and where a new one comes from. */
export function invitationTexts(
  needs: Pick<Needs, 'publicUrl'>,
  { invitation }: Person,
  token: string,
  t: Translate,
  language: Language,
): readonly string[] {
  const until = invitation ? longTime(invitation.expiresAt, language) : '';
  return [
    t('mail.invitation.link', { link: linkTo(needs, paths.welcome(token)) }),
    t('mail.invitation.until', { until, again: linkTo(needs, paths.forgotPassword()) }),
  ];
}

/** One mail to a manager about everybody to see to in the week. Who has protected identity is counted, never named. */
export function digestMail(needs: Needs, manager: Person, { lines, unmanaged }: Digest, tree: Tree): Omit<Mail, 'id'> {
  const hidden = [...lines, ...unmanaged.lines].filter(({ person }) => person.protectedIdentity).length;
  return letterTo(needs, manager, (t, language) => {
    const sections = (some: readonly DigestLine[]) =>
      digestOrder.flatMap((why) => {
        const named = some.filter((line) => line.why === why && !line.person.protectedIdentity);
        if (named.length === 0) return [];
        return [
          [t(`reminder.digest.${why}`), ...named.map((line) => `– ${digestText(line, t, language, tree)}`)].join('\n'),
        ];
      });
    const numbers = unmanaged.counts.map(({ unit, counts }) =>
      t('reminder.digest.unmanagedNumbers', {
        unit: tree.get(unit)?.name ?? '',
        alone: counts['before-alone'],
        overdue: counts.overdue,
        uninvited: counts['not-invited'],
        noEmail: counts['no-email'],
      }),
    );
    const takesOver = unmanaged.lines.length + numbers.length > 0;
    return {
      subject: t('reminder.digest.subject'),
      parts: [
        ...(lines.length > 0 ? [t('reminder.digest.text'), ...sections(lines)] : []),
        ...(takesOver ? [t('reminder.digest.unmanagedText'), ...sections(unmanaged.lines)] : []),
        ...(numbers.length > 0 ? [numbers.join('\n')] : []),
        ...(hidden > 0 ? [t('reminder.digest.protected', { count: hidden })] : []),
        t('reminder.digest.link', { link: linkTo(needs, paths.units()) }),
      ],
    };
  });
}

function digestText(
  { person, why, assignment, isUninvited }: DigestLine,
  t: Translate,
  language: Language,
  tree: Tree,
): string {
  const unit = assignment.units.flatMap((id) => tree.get(id)?.name ?? []).join(', ');
  const text = t('reminder.digest.line', {
    name: unit ? `${person.name} (${unit})` : person.name,
    track: t(`track.${assignment.track}`),
    date: longDate(assignment.due, language),
  });
  const notes = [
    ...(isUninvited && why !== 'not-invited' ? [t('reminder.digest.notInvited')] : []),
    ...(!isReachedByMail(person) && why !== 'no-email' ? [t('reminder.digest.noEmail')] : []),
  ];
  return [text, ...notes].join('. ');
}

function linkTo({ publicUrl }: Pick<Needs, 'publicUrl'>, path: string): string {
  return new URL(path, publicUrl).href;
}
