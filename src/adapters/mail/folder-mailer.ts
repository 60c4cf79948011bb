import { randomUUID } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type Mailer, MailNotSentError } from '#ports/mailer.ts';
import { automaticHeaders } from './automatic-headers.ts';
import { messageIdOf } from './message-id.ts';

/**
 * Without SMTP settings each mail becomes an `.eml` file, which any mail program opens. One that has an id is the file of
 * that name: handed over again, it is still one. A file is there whole and on the disk, or not at all.
 */
export function createFolderMailer(folder: string, from: string): Mailer {
  // Loaded with the first mail, as for SMTP.
  const transport = async () =>
    (await import('nodemailer')).createTransport({ streamTransport: true, buffer: true, newline: 'windows' }, { from });
  return {
    destination: folder,
    send: async ({ id, ...mail }) => {
      const { message } = await (await transport()).sendMail({
        ...mail,
        headers: automaticHeaders,
        ...(id && { messageId: messageIdOf(id, from) }),
      });
      const name = id ?? `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeWhole(folder, `${name}.eml`, message as Buffer);
      } catch (cause) {
        throw new MailNotSentError('mail could not be written to the folder', { cause });
      }
    },
  };
}

async function writeWhole(folder: string, name: string, message: Buffer): Promise<void> {
  const temporary = join(folder, `${name}.new`);
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(message);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, join(folder, name));
  const entries = await open(folder, 'r');
  try {
    await entries.sync();
  } finally {
    await entries.close();
  }
}
