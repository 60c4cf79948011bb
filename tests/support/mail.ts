import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from './app.ts';

/** Links of this kind in the mails to one address, oldest first. */
export async function linksMailedTo(dataDir: string, email: string, path: string): Promise<string[]> {
  const folder = join(dataDir, 'mail');
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const mails = await Promise.all(
    files.map(async (file) => ({
      text: plainText(await readFile(join(folder, file), 'utf8')),
      at: (await stat(join(folder, file))).mtimeMs,
    })),
  );
  // Some are called by what they are about, and not by when they were sent.
  return mails
    .toSorted((one, other) => one.at - other.at)
    .map(({ text }) => text)
    .filter((text) => new RegExp(`^To: .*${escaped(email)}`, 'im').test(text))
    .flatMap((text) => new RegExp(`http\\S+${escaped(path)}[\\w-]{43}`).exec(text)?.[0] ?? []);
}

/** Waits for a link of this kind to come by mail. @param after how many such links have come before */
export async function linkMailedTo(dataDir: string, email: string, path: string, after = 0): Promise<string> {
  return waitFor(async () => (await linksMailedTo(dataDir, email, path))[after]);
}

/** Undoes quoted-printable as far as addresses need it. */
function plainText(mail: string): string {
  return mail.replace(/=\r?\n/g, '').replace(/=3D/g, '=');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
