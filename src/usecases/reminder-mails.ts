import type { Tree } from '#domain/organisation.ts';
import type { Person } from '#domain/person.ts';
import type { Digest, DigestLine, PersonReminder } from '#domain/reminder.ts';
import { longDate, type Translate, translate } from '#i18n/translate.ts';
import type { Mail } from '#ports/mailer.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'publicUrl' | 'municipality'>;

/** A reminder in the person's own language; an invitation has a mail of its own (`invitationMail`). */
export function reminderMail(
  needs: Needs,
  person: Person,
  reminder: Exclude<PersonReminder, { says: 'invitation' }>,
): Omit<Mail, 'id'> {
  const t = translate(person.language);
  const { says } = reminder;
  const { track, date } = subjectOf(reminder);
  const values = { track: t(`track.${track}`), date: longDate(date, person.language) };
  const hasAccount = person.passwordHash !== undefined || person.codeHash !== undefined;
  const link = new URL(paths.myPage(), needs.publicUrl).href;
  return {
    to: person.email ?? '',
    subject: t(`reminder.mail.${says}.subject`, values),
    text: letter(needs, t, person, [
      t(`reminder.mail.${says}.text`, values),
      t('reminder.mail.link', { link }),
      ...(hasAccount ? [] : [t('reminder.mail.noAccount')]),
    ]),
  };
}

function subjectOf(reminder: Exclude<PersonReminder, { says: 'invitation' }>) {
  if (reminder.says === 'certificate') {
    const { track, validUntil } = reminder.certificate;
    return { track, date: validUntil };
  }
  const { track, due, certificate } = reminder.assignment;
  return { track, date: certificate?.validUntil ?? due };
}

/** One mail to a manager about everybody to see to in the week. Who has protected identity is counted, never named. */
export function digestMail(needs: Needs, manager: Person, { lines, unmanaged }: Digest, tree: Tree): Omit<Mail, 'id'> {
  const t = translate(manager.language);
  const hidden = [...lines, ...unmanaged.lines].filter(({ person }) => person.protectedIdentity).length;
  const sections = (some: readonly DigestLine[]) =>
    (['before-alone', 'overdue', 'no-email'] as const).flatMap((why) => {
      const named = some.filter((line) => line.why === why && !line.person.protectedIdentity);
      if (named.length === 0) return [];
      return [
        [t(`reminder.digest.${why}`), ...named.map((line) => `– ${digestText(line, t, manager, tree)}`)].join('\n'),
      ];
    });
  const numbers = unmanaged.counts.map(({ unit, counts }) =>
    t('reminder.digest.unmanagedNumbers', {
      unit: tree.get(unit)?.name ?? '',
      alone: counts['before-alone'],
      overdue: counts.overdue,
      noEmail: counts['no-email'],
    }),
  );
  const takesOver = unmanaged.lines.length + numbers.length > 0;
  return {
    to: manager.email ?? '',
    subject: t('reminder.digest.subject'),
    text: letter(needs, t, manager, [
      ...(lines.length > 0 ? [t('reminder.digest.text'), ...sections(lines)] : []),
      ...(takesOver ? [t('reminder.digest.unmanagedText'), ...sections(unmanaged.lines)] : []),
      ...(numbers.length > 0 ? [numbers.join('\n')] : []),
      ...(hidden > 0 ? [t('reminder.digest.protected', { count: hidden })] : []),
      t('reminder.digest.link', { link: new URL(paths.units(), needs.publicUrl).href }),
    ]),
  };
}

function digestText({ person, why, assignment }: DigestLine, t: Translate, { language }: Person, tree: Tree): string {
  const unit = assignment.units.flatMap((id) => tree.get(id)?.name ?? []).join(', ');
  const text = t('reminder.digest.line', {
    name: unit ? `${person.name} (${unit})` : person.name,
    track: t(`track.${assignment.track}`),
    date: longDate(assignment.due, language),
  });
  return why !== 'no-email' && person.email === undefined ? `${text}. ${t('reminder.digest.noEmail')}` : text;
}

function letter({ municipality }: Needs, t: Translate, { name }: Person, parts: readonly string[]): string {
  return [t('reminder.mail.hello', { name }), ...parts, municipality.name].join('\n\n');
}
