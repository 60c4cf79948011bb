import { createTransport } from 'nodemailer';
import { type Mailer, MailNotSentError } from '#ports/mailer.ts';

/** @param url as nodemailer takes it: `smtps://user:password@host:465` */
export function createSmtpMailer(url: string, from: string): Mailer {
  const transport = createTransport(url, { from });
  return {
    destination: `SMTP ${new URL(url).host}`,
    send: async (mail) => {
      try {
        await transport.sendMail(mail);
      } catch (cause) {
        throw new MailNotSentError('mail was not accepted by the SMTP server', { cause });
      }
    },
  };
}
