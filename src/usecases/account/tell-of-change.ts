import { instantOf } from '#domain/kernel/calendar.ts';
import type { Tree } from '#domain/people/organisation.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import { placeName } from '#i18n/place-name.ts';
import { longTime, translate, type UiKey } from '#i18n/translate.ts';
import type { Services } from '#src/services.ts';
import { sendLater } from '#usecases/shared/send-later.ts';

/** What has happened to how somebody signs in, or to what they may do. */
export type ToldChange =
  | 'account-begun'
  | 'administrator-reset'
  | 'email-changed'
  | 'password-changed'
  | 'password-reset'
  | 'factor-added'
  | 'factor-removed'
  | 'factors-reset'
  | 'recovery-renewed'
  | 'sessions-ended'
  | 'role-given'
  | 'role-taken'
  | 'role-ends'
  | 'role-of-other-ends'
  | 'deputy-appointed'
  | 'deputy-ended'
  | 'code-replaced'
  | 'many-failures';

export interface ToldOf {
  /** The address before it was changed: told as well, and not by name, for it may always have been a stranger's. */
  readonly formerEmail?: string | undefined;
  /** An invitation goes out too: what opened the door before does so no longer. */
  readonly isInvited?: boolean | undefined;
  /** Which role it is about. */
  readonly grant?: Grant | undefined;
  /** To name the role's place by. */
  readonly tree?: Tree | undefined;
}

type Needs = Pick<Services, 'mailer' | 'municipality' | 'clock' | 'reportError'>;

/**
 * Tells a person, by mail and in their own language, what has been changed of their account: what, when, and whom to ring if it
 * is not as it should be (NIST SP 800-63B 4.6; ASVS 6.3.7). Names nobody else and holds no link. Call it once the change is saved.
 *
 * @param person as they are after the change; whoever has no address is not told by mail
 */
export function tellOfChange(
  needs: Needs,
  person: Pick<Person, 'name' | 'email' | 'language'>,
  change: ToldChange,
  { formerEmail, isInvited, grant, tree }: ToldOf = {},
): void {
  const t = translate(person.language);
  const values = {
    name: person.name,
    when: longTime(instantOf(needs.clock()), person.language),
    phone: needs.municipality.contact.signInHelp,
    municipality: needs.municipality.name,
  };
  const send = (to: string | undefined, letter: UiKey, text: UiKey) => {
    if (!to) return;
    const what = t(text, { role: grant ? roleName(grant, tree, person) : '' });
    sendLater(needs, { to, subject: t(`tell.${change}.subject`), text: t(letter, { ...values, what }) });
  };
  const isMoved = change === 'email-changed' && isInvited;
  send(person.email, 'tell.letter', isMoved ? 'tell.email-changed.invited' : `tell.${change}.text`);
  if (change === 'email-changed' && formerEmail !== person.email)
    send(formerEmail, 'tell.letterToFormer', 'tell.email-changed.former');
}

/** @example 'Enhetschef, Björkgården, Äldreomsorgen' */
function roleName({ role, place }: Grant, tree: Tree | undefined, { language }: Pick<Person, 'language'>): string {
  const t = translate(language);
  const where = place === 'everything' ? t('place.everything') : tree ? placeName(tree, place) : '';
  return [t(`role.${role}`), where].filter(Boolean).join(', ');
}
