import { type Mailer, MailNotSentError } from '#ports/mailer.ts';
import { messageIdOf } from './message-id.ts';

/** Milliseconds without a sign from the mail server: well within what a reminder may take (content/reminders.yaml). */
const patience = { connectionTimeout: 30_000, greetingTimeout: 30_000, socketTimeout: 60_000 };

/** @param url as nodemailer takes it: `smtps://user:password@host:465` */
export function createSmtpMailer(url: string, from: string): Mailer {
  // Loaded with the first mail: a server that has sent none does without 16 MB. Each mail has a connection of its own anyway.
  const transport = async () => (await import('nodemailer')).createTransport({ url, ...patience }, { from });
  return {
    destination: `SMTP ${new URL(url).host}`,
    send: async ({ id, ...mail }) => {
      const opened = await transport();
      try {
        await opened.sendMail({ ...mail, ...(id && { messageId: messageIdOf(id, from) }) });
      } catch (cause) {
        throw new MailNotSentError('mail was not accepted by the SMTP server', { cause });
      }
    },
  };
}
