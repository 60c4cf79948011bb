import { AddressRefusedError, type Mailer, MailNotSentError } from '#ports/mailer.ts';
import { automaticHeaders } from './automatic-headers.ts';
import { messageIdOf } from './message-id.ts';
import { saysNoSuchRecipient } from './refusal.ts';

/** Milliseconds without a sign from the mail server: well within what a reminder may take (content/reminders.yaml). */
const patience = { connectionTimeout: 30_000, greetingTimeout: 30_000, socketTimeout: 60_000 };

/** What `smtp://` asks of the mail server: STARTTLS always, where it is offered, never. */
export type StartTls = 'required' | 'optional' | 'off';

const tlsOptions = { required: { requireTLS: true }, optional: {}, off: { ignoreTLS: true } } as const;

/** @param url as nodemailer takes it: `smtps://user:password@host:465`, which is TLS from the first byte */
export function createSmtpMailer(url: string, from: string, startTls: StartTls): Mailer {
  // Loaded with the first mail: a server that has sent none does without 16 MB. Each mail has a connection of its own anyway.
  const transport = async () =>
    (await import('nodemailer')).createTransport({ url, ...patience, ...tlsOptions[startTls] }, { from });
  const { host } = new URL(url);
  return {
    destination: `SMTP ${host}`,
    send: async ({ id, ...mail }) => {
      const opened = await transport();
      try {
        await opened.sendMail({ ...mail, headers: automaticHeaders, ...(id && { messageId: messageIdOf(id, from) }) });
      } catch (cause) {
        if (saysNoSuchRecipient(cause))
          throw new AddressRefusedError('the mail server knows no such recipient', { cause });
        const isTls = cause instanceof Error && 'code' in cause && cause.code === 'ETLS';
        throw new MailNotSentError(isTls ? noTlsAt(host) : 'mail was not accepted by the SMTP server', { cause });
      }
    },
  };
}

/** For who runs the server: a link to a new password must not pass where others can read it. */
export function noTlsAt(host: string): string {
  return `Mejlservern ${host} tar inte emot krypterat (STARTTLS), så inga mejl går ut. Slå på STARTTLS där, använd smtps://, eller sätt SMTP_TLS=optional om nätet dit är ert eget.`;
}
