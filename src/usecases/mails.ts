import type { Person } from '#domain/person.ts';
import { longTime, translate } from '#i18n/translate.ts';
import type { Mail } from '#ports/mailer.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'publicUrl' | 'municipality'>;

export function invitationMail({ publicUrl, municipality }: Needs, person: Person, token: string): Mail {
  const t = translate(person.language);
  const values = {
    name: person.name,
    municipality: municipality.name,
    link: new URL(paths.welcome(token), publicUrl).href,
    until: person.invitation ? longTime(person.invitation.expiresAt, person.language) : '',
  };
  return {
    to: person.email ?? '',
    subject: t('mail.invitation.subject', values),
    text: t('mail.invitation.text', values),
  };
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
