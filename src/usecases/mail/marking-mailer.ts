import { instantOf } from '#domain/kernel/calendar.ts';
import type { Instant } from '#domain/kernel/ids.ts';
import { AddressRefusedError, type Mailer } from '#ports/mailer.ts';
import { NoSuchDocumentError, type PersonStore } from '#ports/store.ts';

/**
 * A mailer that remembers which addresses there are not: whoever is mailed by whatever road, an address that the mail server refuses
 * for good is marked on the person, who is not mailed by itself again until there is another one, or a mail has arrived after all.
 */
export function markingMailer(mailer: Mailer, people: Pick<PersonStore, 'findByEmail' | 'update'>, clock: () => Date) {
  const mark = async (email: string, mailRefusedAt: Instant | undefined): Promise<void> => {
    const holder = await people.findByEmail(email);
    if (!holder || (holder.mailRefusedAt === undefined && mailRefusedAt === undefined)) return;
    try {
      await people.update(holder.id, (person) =>
        // The address may have been changed while the mail was on its way.
        person.email === email ? { save: { ...person, mailRefusedAt }, result: undefined } : { result: undefined },
      );
    } catch (error) {
      // Purged meanwhile.
      if (!(error instanceof NoSuchDocumentError)) throw error;
    }
  };
  return {
    destination: mailer.destination,
    send: async (mail) => {
      try {
        await mailer.send(mail);
      } catch (error) {
        if (error instanceof AddressRefusedError) await mark(mail.to, instantOf(clock()));
        throw error;
      }
      await mark(mail.to, undefined);
    },
  } satisfies Mailer;
}
