import type { Mail } from '#ports/mailer.ts';
import type { Services } from '#src/services.ts';

/**
 * Sends mail after the reply: a slow or broken mail server neither delays the page nor shows, by the time it takes,
 * whether an account exists. A failure is reported without anything about the person.
 */
export function sendLater({ mailer, reportError }: Pick<Services, 'mailer' | 'reportError'>, mail: Mail): void {
  setImmediate(() => void mailer.send(mail).catch(reportError));
}
