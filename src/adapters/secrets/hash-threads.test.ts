import { readdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { createHashThreads } from './hash-threads.ts';

// Hashing passwords is slow on purpose, and more so on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

test('a thread makes argon2id hashes as OWASP has them, and knows a password again', async () => {
  const threads = createHashThreads();
  const hash = String(await threads.run({ isNew: true, password: 'gurka hatt cykel' }));
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  const ask = (password: string, stored: string | undefined = hash) =>
    threads.run({ isNew: false, password, hash: stored });
  expect(await ask('gurka hatt cykel')).toBe(true);
  expect(await ask('gurka hatt cykel'.normalize('NFD'))).toBe(true);
  expect(await ask('fel')).toBe(false);
  expect(await threads.run({ isNew: false, password: 'fel', hash: undefined })).toBe(false);
  await threads.close();
});

test('ASVS 6.2.8: a password is judged as it was typed: blanks, capitals and every sign of a long one count', async () => {
  const threads = createHashThreads();
  const password = ` Gurka  HATT ${'cykel '.repeat(30)}`;
  const hash = String(await threads.run({ isNew: true, password }));
  const ask = (typed: string) => threads.run({ isNew: false, password: typed, hash });
  expect(await ask(password)).toBe(true);
  for (const other of [
    password.trim(),
    password.toLowerCase(),
    password.replace('  ', ' '),
    password.slice(0, -1),
    password.slice(0, 72),
  ])
    expect(await ask(other)).toBe(false);
  await threads.close();
});

test('jobs at the same moment get threads of their own, which are used again', async () => {
  const threads = createHashThreads();
  const hashes = await Promise.all(['ett', 'två'].map((password) => threads.run({ isNew: true, password })));
  for (let round = 0; round < 3; round++)
    expect(await threads.run({ isNew: false, password: 'två', hash: String(hashes[1]) })).toBe(true);
  await threads.close();
});

test.runIf(process.platform === 'linux')('a closed pool has no thread left', async () => {
  const count = () => readdirSync('/proc/self/task').length;
  const threads = createHashThreads();
  await threads.run({ isNew: true, password: 'ett' });
  const running = count();
  await threads.close();
  await vi.waitFor(() => expect(count()).toBeLessThan(running));
});
