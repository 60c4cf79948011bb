import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { type Mailer, MailNotSentError } from '#ports/mailer.ts';

/** Without SMTP settings each mail becomes an `.eml` file, which any mail program opens. */
export function createFolderMailer(folder: string, from: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' }, { from });
  return {
    destination: folder,
    send: async (mail) => {
      const { message } = await transport.sendMail(mail);
      const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.eml`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(join(folder, name), message as Buffer, { mode: 0o600 });
      } catch (cause) {
        throw new MailNotSentError('mail could not be written to the folder', { cause });
      }
    },
  };
}
