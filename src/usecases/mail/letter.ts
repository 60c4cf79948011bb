import { type Language, languages } from '#domain/kernel/language.ts';
import type { Person } from '#domain/people/person.ts';
import { type Translate, translate } from '#i18n/translate.ts';
import type { Mail } from '#ports/mailer.ts';
import type { Services } from '#src/services.ts';

/** A mail in one language. */
export interface Letter {
  readonly subject: string;
  readonly parts: readonly string[];
}

/**
 * A letter to somebody, with greeting, whom to ring and who writes, in the language that they have chosen. Whoever has never signed
 * in has chosen none: they get it in all of them (learners M5).
 */
export function letterTo(
  { municipality }: Pick<Services, 'municipality'>,
  person: Person,
  write: (t: Translate, language: Language) => Letter,
): Omit<Mail, 'id'> {
  const chosen = languageChosenBy(person);
  const letters = (chosen ? [chosen] : languages).map((language) => {
    const t = translate(language);
    const { subject, parts } = write(t, language);
    const ask = t('mail.ask', { phone: municipality.contact.signInHelp });
    const text = [t('mail.hello', { name: person.name }), ...parts, ask, municipality.name].join('\n\n');
    return { subject, text: chosen ? text : `${t('language.own')}\n\n${text}` };
  });
  return {
    to: person.email ?? '',
    subject: [...new Set(letters.map(({ subject }) => subject))].join(' / '),
    text: letters.map(({ text }) => text).join('\n\n----------\n\n'),
  };
}

/** Chosen with the first password, or when a group was joined. Before that the document says Swedish, which nobody has said. */
export function languageChosenBy({ language, passwordHash, codeHash, invitation }: Person): Language | undefined {
  const hasChosen = passwordHash !== undefined || codeHash !== undefined || invitation?.usedAt !== undefined;
  return hasChosen ? language : undefined;
}
