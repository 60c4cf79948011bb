import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

export interface ReceivedMail {
  readonly messageId: string;
  readonly to: string;
  /** Whether it came over TLS. */
  readonly encrypted: boolean;
  /** As they came. */
  readonly headers: string;
}

/** What to answer when a mail has come in whole: taken, refused, or nothing at all. */
type Answer = 'take' | 'refuse' | 'never';

/** A mail server of our own, as little of RFC 5321 and RFC 3207 as nodemailer needs. */
export async function startSmtpServer({ startTls = false }: { readonly startTls?: boolean } = {}) {
  const received: ReceivedMail[] = [];
  const heard: string[] = [];
  const open = new Set<Socket>();
  let answer: Answer = 'take';
  const replies = new Map<string, string>();
  const recipients: string[] = [];
  const talk = (socket: Socket, encrypted: boolean) => {
    let text = '';
    let isData = false;
    const listen = (chunk: string) => {
      text += chunk;
      for (;;) {
        const end = text.indexOf(isData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const part = text.slice(0, end);
        text = text.slice(end + (isData ? 5 : 2));
        if (!isData) heard.push(part.split(' ', 1)[0]?.toUpperCase() ?? '');
        if (isData) {
          isData = false;
          const headers = part.split('\r\n\r\n', 1)[0] ?? '';
          const mail = { messageId: header(part, 'Message-ID'), to: header(part, 'To'), encrypted, headers };
          if (answer !== 'refuse') received.push(mail);
          if (answer !== 'never') socket.write(answer === 'take' ? '250 taken\r\n' : '451 not now\r\n');
        } else if (/^EHLO/i.test(part) && startTls && !encrypted) socket.write('250-test\r\n250 STARTTLS\r\n');
        else if (/^STARTTLS/i.test(part)) {
          if (!startTls) {
            socket.write('502 not here\r\n');
            continue;
          }
          socket.removeListener('data', listen);
          socket.write('220 go on\r\n');
          const pem = readFileSync('tests/fixtures/proxy-localhost.pem');
          const secure = new TLSSocket(socket, { isServer: true, key: pem, cert: pem });
          secure.on('error', () => undefined);
          talk(secure, true);
          return;
        } else {
          const recipient = /^RCPT TO:<([^>]*)>/i.exec(part)?.[1];
          if (recipient) recipients.push(recipient);
          const reply = recipient && (replies.get(recipient) ?? replies.get('*'));
          if (reply) {
            socket.write(`${reply}\r\n`);
            continue;
          }
          isData = part.toUpperCase() === 'DATA';
          socket.write(isData ? '354 go on\r\n' : '250 ok\r\n');
        }
      }
    };
    socket.setEncoding('utf8').on('data', listen);
  };
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    socket.write('220 test\r\n');
    talk(socket, false);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    /** By the name that its certificate bears. */
    namedUrl: `smtp://localhost:${port}`,
    received,
    /** Whom mail was meant for, refused or not. */
    recipients,
    /** The commands that came, as far as the server could read them. */
    heard,
    answerWith: (next: Answer) => {
      answer = next;
    },
    /** What to say to a recipient, `*` for all; nothing: that they are known here. */
    answerRecipient: (to: string, reply: string | undefined) => {
      if (reply === undefined) replies.delete(to);
      else replies.set(to, reply);
    },
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function header(mail: string, name: string): string {
  return new RegExp(`^${name}: (.*)$`, 'im').exec(mail)?.[1]?.trim() ?? '';
}
