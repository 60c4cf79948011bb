import { connect, type Socket } from 'node:net';
import { systemErrorCode } from './durable-fs.ts';
import { withShortSocketPath } from './short-socket-path.ts';

/** What comes of sending one line to a socket and waiting for one line back. */
export type Asked =
  | { readonly outcome: 'answered'; readonly line: string }
  /** No process listens there any more, or nothing is there. */
  | { readonly outcome: 'dead' }
  /** The process closed the connection, or died, without an answer. */
  | { readonly outcome: 'hung-up' }
  /** It is there and does not answer in time: stopped, or very busy. */
  | { readonly outcome: 'silent' };

const failures: Readonly<Record<string, 'dead' | 'hung-up' | 'silent'>> = {
  ECONNREFUSED: 'dead',
  ENOENT: 'dead',
  ECONNRESET: 'hung-up',
  EPIPE: 'hung-up',
  // Linux: more connections are waiting than the listener has room for.
  EAGAIN: 'silent',
};

/** @param patience milliseconds without a sign before the answer is `silent`; 0 waits as long as the process lives. */
export function askLine(path: string, line: string, patience: number): Promise<Asked> {
  return withShortSocketPath(path, (short) => askAt(short, line, patience));
}

function askAt(path: string, line: string, patience: number): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path });
    let text = '';
    socket.setEncoding('utf8');
    socket.setTimeout(patience, () => {
      resolve({ outcome: 'silent' });
      socket.destroy();
    });
    socket.on('connect', () => socket.write(`${line}\n`));
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', (error) => {
      const outcome = failures[systemErrorCode(error) ?? ''];
      if (outcome === undefined) reject(error);
      else resolve({ outcome });
    });
    socket.on('close', () => {
      resolve(text.endsWith('\n') ? { outcome: 'answered', line: text.slice(0, -1) } : { outcome: 'hung-up' });
    });
  });
}

/** A line longer than this, or slower, is not one of ours. */
const limits = { characters: 1_000_000, milliseconds: 10_000 };

/** The first line that comes in, or `undefined` where none does. */
export function readLine(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.setTimeout(limits.milliseconds, () => socket.destroy());
    socket.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) {
        socket.setTimeout(0);
        socket.removeAllListeners('data').resume();
        resolve(text.slice(0, end));
      } else if (text.length > limits.characters) socket.destroy();
    });
    // Someone who asks and goes away is no concern of ours: `close` follows.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(undefined));
  });
}
