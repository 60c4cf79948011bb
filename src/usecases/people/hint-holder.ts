import { can } from '#domain/access/access.ts';
import { personSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import { treeOf } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import { translate } from '#i18n/translate.ts';
import type { Services } from '#src/services.ts';
import { sendLater } from '#usecases/shared/send-later.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock' | 'mailer' | 'municipality' | 'reportError' | 'throttle'>;

/**
 * Whether the actor may know that somebody is there: reaches them, and may be shown the name. Whoever may not is answered as if
 * nobody had the address or the number, above all where the identity is protected (OSL 21:3, 22:1).
 */
export async function mayKnowOf(
  { store, clock }: Pick<Needs, 'store' | 'clock'>,
  actor: ActingPerson,
  person: Person,
): Promise<boolean> {
  const subject = personSubject(person, treeOf(await store.organisation.get()), clock());
  return can(actor, 'edit:person', subject) && can(actor, 'name:person', subject);
}

/**
 * Somebody has tried to add a person with an address that somebody else has, whom they may not know of. The try is in the log about
 * the holder, who gets a mail about it: they alone can say that they are here already.
 */
export async function hintHolder(needs: Needs, actor: ActingPerson, email: string): Promise<void> {
  const { store, audit, clock, throttle, municipality } = needs;
  const now = clock();
  const holder = await store.people.findByEmail(email);
  const entry = { at: instantOf(now), actor: actor.pseudonym, subject: holder?.pseudonym, action: 'refused' } as const;
  await audit.append(entry);
  if (!holder || !(await throttle.count([{ rule: 'reset', key: `hint:${email}` }], now)).ok) return;
  const t = translate(holder.language);
  const values = { name: holder.name, municipality: municipality.name };
  sendLater(needs, { to: email, subject: t('mail.alreadyHere.subject'), text: t('mail.alreadyHere.text', values) });
}
