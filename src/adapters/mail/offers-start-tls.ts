import { connect } from 'node:net';

const patience = 10_000;

/**
 * Whether a mail server says that it takes STARTTLS (RFC 3207): asked at start, so that nobody waits for a mail that cannot go. By hand,
 * for what sends mail is loaded with the first mail.
 *
 * @returns undefined where it cannot be told: the server is down, or says something else
 */
export function offersStartTls(url: string): Promise<boolean | undefined> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port || 587), hostname.replace(/^\[|\]$/g, ''));
    const end = (answer: boolean | undefined) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(patience, () => end(undefined));
    socket.on('error', () => end(undefined)).on('close', () => end(undefined));
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text = (text + chunk).slice(-10_000);
      const replies = text.split('\r\n').filter((line) => /^\d{3} /.test(line));
      if (replies.length === 1 && replies[0]?.startsWith('220') && chunk.endsWith('\r\n'))
        socket.write('EHLO localhost\r\n');
      if (replies.length > 1) end(replies[1]?.startsWith('250') ? /^250[ -]STARTTLS\r?$/im.test(text) : undefined);
    });
  });
}
