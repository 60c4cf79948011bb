import { hash, verify } from '@node-rs/argon2';
import type { Passwords } from '#ports/secrets.ts';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. The library's default algorithm is argon2id. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Compared with when there is no account, so that the answer takes as long. */
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$c2VrcmV0ZXNza29ya29ydA$5mJDY2u0hDDRbBHbCtgCkzMu3tjiXqqF0FXn3l/dJ0E';

export const argon2Passwords: Passwords = {
  hash: (password) => hash(password.normalize('NFC'), cost),
  verify: async (stored, password) =>
    (await verify(stored ?? nobody, password.normalize('NFC'))) && stored !== undefined,
};
