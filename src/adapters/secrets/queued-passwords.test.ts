import { describe, expect, test } from 'vitest';
import type { HashJob } from './hash-threads.ts';
import { createPasswords } from './queued-passwords.ts';

/** Threads that answer when they are told to. A job's password says what comes out of it. */
function heldThreads() {
  const begun: { readonly job: HashJob; readonly end: () => void; readonly fail: (error: Error) => void }[] = [];
  const run = (job: HashJob) =>
    new Promise<string | boolean>((resolve, reject) =>
      begun.push({
        job,
        end: () => resolve(job.isNew ? `hash of ${job.password}` : job.password === 'right'),
        fail: reject,
      }),
    );
  return { begun, run, close: async () => undefined };
}

const limits = { atOnce: 2, waiting: { known: 3, stranger: 2 } };
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('security F4: passwords are judged few at a time', () => {
  test('two at once, and the next when one has ended', async () => {
    const threads = heldThreads();
    const passwords = createPasswords(threads, limits);
    const all = ['right', 'wrong', 'right'].map((password) => passwords.verify('hash', password, 'stranger'));
    await turn();
    expect(threads.begun).toHaveLength(2);
    threads.begun[0]?.end();
    await turn();
    expect(threads.begun).toHaveLength(3);
    for (const { end } of threads.begun) end();
    expect(await Promise.all(all)).toEqual(['right', 'wrong', 'right']);
  });

  test('of four hundred at once, those who find no room are told at once, before any work', async () => {
    const threads = heldThreads();
    const passwords = createPasswords(threads, limits);
    const all = Array.from({ length: 400 }, () => passwords.verify(undefined, 'wrong', 'stranger'));
    const busy = await Promise.all(all.slice(4));
    expect(busy).toEqual(Array(396).fill('too-busy'));
    expect(threads.begun).toHaveLength(2);
  });

  test('who is known waits in a queue of their own, and goes first', async () => {
    const threads = heldThreads();
    const passwords = createPasswords(threads, limits);
    const strangers = Array.from({ length: 10 }, () => passwords.verify('hash', 'wrong', 'stranger'));
    const known = passwords.verify('hash', 'right', 'known');
    const chosen = passwords.hash('new');
    await turn();
    for (const { end } of threads.begun.slice(0, 2)) end();
    await turn();
    expect(threads.begun.slice(2).map(({ job }) => job.password)).toEqual(['right', 'new']);
    for (const { end } of threads.begun) end();
    expect(await known).toBe('right');
    expect(await chosen).toEqual({ ok: true, hash: 'hash of new' });
    await turn();
    for (const { end } of threads.begun) end();
    expect((await Promise.all(strangers)).filter((one) => one === 'wrong')).toHaveLength(4);
  });

  test('what fails gives its place to the next', async () => {
    const threads = heldThreads();
    const passwords = createPasswords(threads, { ...limits, atOnce: 1 });
    const failing = passwords.hash('one');
    const next = passwords.hash('two');
    await turn();
    threads.begun[0]?.fail(new Error('the thread ended'));
    await expect(failing).rejects.toThrow('the thread ended');
    await turn();
    threads.begun[1]?.end();
    expect(await next).toEqual({ ok: true, hash: 'hash of two' });
  });
});
