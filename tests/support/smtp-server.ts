import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface ReceivedMail {
  readonly messageId: string;
  readonly to: string;
}

/** What to answer when a mail has come in whole: taken, refused, or nothing at all. */
type Answer = 'take' | 'refuse' | 'never';

/** A mail server of our own, as little of RFC 5321 as nodemailer needs. */
export async function startSmtpServer() {
  const received: ReceivedMail[] = [];
  const open = new Set<Socket>();
  let answer: Answer = 'take';
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    let text = '';
    let isData = false;
    socket.setEncoding('utf8').write('220 test\r\n');
    socket.on('data', (chunk: string) => {
      text += chunk;
      for (;;) {
        const end = text.indexOf(isData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const part = text.slice(0, end);
        text = text.slice(end + (isData ? 5 : 2));
        if (isData) {
          isData = false;
          if (answer !== 'refuse') received.push({ messageId: header(part, 'Message-ID'), to: header(part, 'To') });
          if (answer !== 'never') socket.write(answer === 'take' ? '250 taken\r\n' : '451 not now\r\n');
        } else {
          isData = part.toUpperCase() === 'DATA';
          socket.write(isData ? '354 go on\r\n' : '250 ok\r\n');
        }
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answerWith: (next: Answer) => {
      answer = next;
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
