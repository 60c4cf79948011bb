import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AddressRefusedError, MailNotSentError } from '#ports/mailer.ts';
import { startSmtpServer } from '../../../tests/support/smtp-server.ts';
import { createFolderMailer } from './folder-mailer.ts';
import { offersStartTls } from './offers-start-tls.ts';
import { createSmtpMailer, type StartTls } from './smtp-mailer.ts';

const mail = { to: 'anna@lindala.example', subject: 'Nytt lösenord', text: 'https://x.example/nytt-losenord/hemlig' };

async function server(startTls: boolean) {
  const smtp = await startSmtpServer({ startTls });
  onTestFinished(() => smtp.stop());
  return smtp;
}

const send = (url: string, startTls: StartTls) => createSmtpMailer(url, 'kurs@lindala.example', startTls).send(mail);

/** In a process of its own that trusts the test's certificate, as an operating system trusts its authorities. @returns its exit code */
async function sendTrusting(url: string, startTls: StartTls): Promise<number> {
  const script = `import { createSmtpMailer } from '#adapters/mail/smtp-mailer.ts';
    await createSmtpMailer(${JSON.stringify(url)}, 'kurs@lindala.example', '${startTls}').send(${JSON.stringify(mail)});`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: 'tests/fixtures/proxy-localhost.pem' },
    stdio: 'ignore',
  });
  const [code] = await once(child, 'close');
  return code;
}

describe('security F17: smtp:// without STARTTLS', () => {
  test('sends nothing, not even a recipient, and says in Swedish what to do', async () => {
    const smtp = await server(false);
    const error = await send(smtp.url, 'required').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MailNotSentError);
    expect(String(error)).toContain('SMTP_TLS=optional');
    expect(String(error)).not.toContain('anna@');
    expect(smtp.received).toEqual([]);
    expect(smtp.heard).not.toContain('RCPT');
    expect(smtp.heard).not.toContain('MAIL');
  });

  test.for(['optional', 'off'] as const)('is taken where the owner has said %s', async (startTls) => {
    const smtp = await server(false);
    await send(smtp.url, startTls);
    expect(smtp.received).toMatchObject([{ to: mail.to, encrypted: false }]);
  });
});

describe('smtp:// with STARTTLS', () => {
  test('sends encrypted', { timeout: 60_000 }, async () => {
    const smtp = await server(true);
    expect(await sendTrusting(smtp.namedUrl, 'required')).toBe(0);
    expect(smtp.received).toMatchObject([{ to: mail.to, encrypted: true }]);
  });

  test('refuses a certificate that nobody vouches for', async () => {
    const smtp = await server(true);
    await expect(send(smtp.namedUrl, 'required')).rejects.toBeInstanceOf(MailNotSentError);
    expect(smtp.received).toEqual([]);
  });
});

describe('what a mail server says of itself at start', () => {
  test('is that it takes STARTTLS, or not, or nothing', async () => {
    expect(await offersStartTls((await server(true)).url)).toBe(true);
    expect(await offersStartTls((await server(false)).url)).toBe(false);
    expect(await offersStartTls('smtp://127.0.0.1:1')).toBeUndefined();
  });

  test('is not waited for without end', async () => {
    const silent = createServer((socket) => void setTimeout(() => socket.destroy(), 50)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await offersStartTls(`smtp://127.0.0.1:${port}`)).toBeUndefined();
  });
});

describe('bugs F18: every mail says that a program wrote it', () => {
  const marks = /^Auto-Submitted: auto-generated\r?$[\s\S]*^X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\r?$/m;

  test('over SMTP', async () => {
    const smtp = await server(false);
    await send(smtp.url, 'off');
    expect(smtp.received[0]?.headers).toMatch(marks);
  });

  test('in the folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mail-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await createFolderMailer(folder, 'kurs@lindala.example').send(mail);
    const [file = ''] = await readdir(folder);
    expect(await readFile(join(folder, file), 'utf8')).toMatch(marks);
  });
});

describe('a recipient that the mail server says no to', () => {
  test.for([
    '550 5.1.1 no such user here',
    '550-5.1.1 no such user\r\n550 5.1.1 here',
    '550 5.2.1 the mailbox is disabled',
    '553 that is no mailbox name',
    '550 user unknown',
  ])('does not exist: %s', async (reply) => {
    const smtp = await server(false);
    smtp.answerRecipient(mail.to, reply);
    const error = await send(smtp.url, 'off').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(AddressRefusedError);
    expect(String(error)).not.toContain('anna@');
  });

  test.for([
    '450 4.2.1 try later',
    '451 greylisted',
    '552 5.2.2 the mailbox is full',
    '550 5.7.1 you may not send here',
    '550 relay not permitted',
    '554 5.4.1 no route',
  ])('may exist: %s', async (reply) => {
    const smtp = await server(false);
    smtp.answerRecipient(mail.to, reply);
    const error = await send(smtp.url, 'off').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MailNotSentError);
    expect(error).not.toBeInstanceOf(AddressRefusedError);
  });
});
