import { type PasswordRefusal, refusePassword } from '#domain/account/password.ts';
import type { Person } from '#domain/people/person.ts';
import { translate } from '#i18n/translate.ts';
import type { Services } from '#src/services.ts';

/**
 * Why somebody may not have a password: its length, or that it can be guessed, by lists of what has leaked and of what is common and
 * by what stands around it: the name and address, the municipality and the product (ASVS 6.2.4, 6.2.11, 6.2.12).
 */
export async function refuseNewPassword(
  { passwordQuality, municipality }: Pick<Services, 'passwordQuality' | 'municipality'>,
  password: string,
  { name, email = '' }: Pick<Person, 'name' | 'email'>,
): Promise<PasswordRefusal | undefined> {
  const own = [name, email, email.split('@', 1)[0] ?? ''];
  const refusal = refusePassword(password, own);
  if (refusal) return refusal;
  const around = [municipality.name, municipality.issuer, translate('sv')('site.name'), email.split('@')[1] ?? ''];
  const words = [...own, ...around].flatMap((text) => [text, ...text.split(/[\s.,@_-]+/)]);
  const plain = words.flatMap((word) => [word, word.normalize('NFD').replace(/\p{M}/gu, '')]);
  const context = [...new Set(plain.map((word) => word.toLowerCase()))].filter((word) => word.length >= 3);
  return (await passwordQuality.isGuessable(password, context)) ? 'password-guessable' : undefined;
}
