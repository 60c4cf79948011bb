// One thread that hashes passwords, one after another, for hash-threads.ts. In JavaScript, since a thread that reads TypeScript
// loads the compiler, which takes more memory than a hash. The calls wait: they use no thread of libuv's, which fsync needs.
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { hashSync, verifySync } from '@node-rs/argon2';

// On Linux a priority is a thread's own: hashing yields to the thread that answers requests, and to those that fsync.
// Elsewhere it would be the whole process's.
if (process.platform === 'linux') setPriority(10);

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. The library's default algorithm is argon2id. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Compared with when there is no account, so that the answer takes as long. */
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$c2VrcmV0ZXNza29ya29ydA$5mJDY2u0hDDRbBHbCtgCkzMu3tjiXqqF0FXn3l/dJ0E';

parentPort?.on('message', ({ isNew, hash, password }) => {
  const text = password.normalize('NFC');
  parentPort?.postMessage(isNew ? hashSync(text, cost) : verifySync(hash ?? nobody, text) && hash !== undefined);
});
