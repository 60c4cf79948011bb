import { createTransport } from 'nodemailer';
import { type Mailer, MailNotSentError } from '#ports/mailer.ts';
import { messageIdOf } from './message-id.ts';

/** Milliseconds without a sign from the mail server: well within what a reminder may take (content/reminders.yaml). */
const patience = { connectionTimeout: 30_000, greetingTimeout: 30_000, socketTimeout: 60_000 };

/** @param url as nodemailer takes it: `smtps://user:password@host:465` */
export function createSmtpMailer(url: string, from: string): Mailer {
  const transport = createTransport({ url, ...patience }, { from });
  return {
    destination: `SMTP ${new URL(url).host}`,
    send: async ({ id, ...mail }) => {
      try {
        await transport.sendMail({ ...mail, ...(id && { messageId: messageIdOf(id, from) }) });
      } catch (cause) {
        throw new MailNotSentError('mail was not accepted by the SMTP server', { cause });
      }
    },
  };
}
