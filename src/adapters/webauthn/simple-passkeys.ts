import { isIP } from 'node:net';
import { z } from 'zod';
import type { Passkey } from '#domain/people/person.ts';
import type { MadePasskey, Passkeys } from '#ports/passkeys.ts';

const encoded = z.string().regex(/^[\w-]{1,4000}$/);
const madeAnswer = z.object({
  id: encoded,
  rawId: encoded,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: encoded,
    attestationObject: z.string().regex(/^[\w-]{1,20000}$/),
    transports: z.array(z.string().regex(/^[a-z-]{1,20}$/)).default([]),
  }),
});
const shownAnswer = z.object({
  id: encoded,
  rawId: encoded,
  type: z.literal('public-key'),
  response: z.object({ clientDataJSON: encoded, authenticatorData: encoded, signature: encoded }),
});

/** Loaded with the first passkey: its readers of certificates take a tenth of a second and ten megabytes. */
const library = () => import('@simplewebauthn/server');

/**
 * Passkeys by @simplewebauthn/server. They stand beside a password, so that a security key without a PIN will do: the
 * authenticator is asked to know its user, not made to.
 */
export function createPasskeys(publicUrl: URL, siteName: string): Passkeys {
  const rpID = publicUrl.hostname;
  const expected = { expectedOrigin: publicUrl.origin, expectedRPID: rpID, requireUserVerification: false };
  return {
    available: rpID === 'localhost' || (publicUrl.protocol === 'https:' && isIP(rpID.replace(/^\[|\]$/g, '')) === 0),
    askToMake: async ({ id, account, name }, existing) => {
      const { generateRegistrationOptions } = await library();
      const options = await generateRegistrationOptions({
        rpName: siteName,
        rpID,
        userID: new TextEncoder().encode(id),
        userName: account,
        userDisplayName: name,
        excludeCredentials: existing.map(described),
      });
      return { challenge: options.challenge, options };
    },
    readMade: async (answer, isAsked) => {
      const parsed = madeAnswer.safeParse(answer);
      if (!parsed.success) return undefined;
      const { verifyRegistrationResponse } = await library();
      const result = await refusedAsUndefined(
        verifyRegistrationResponse({
          response: { ...parsed.data, clientExtensionResults: {} },
          expectedChallenge: isAsked,
          ...expected,
        }),
      );
      if (!result?.verified) return undefined;
      const { id, publicKey, counter } = result.registrationInfo.credential;
      const { transports } = parsed.data.response;
      return { id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports } satisfies MadePasskey;
    },
    askToShow: async (existing) => {
      const { generateAuthenticationOptions } = await library();
      const options = await generateAuthenticationOptions({ rpID, allowCredentials: existing.map(described) });
      return { challenge: options.challenge, options };
    },
    readShown: async (answer, existing, isAsked) => {
      const parsed = shownAnswer.safeParse(answer);
      const passkey = parsed.success ? existing.find(({ id }) => id === parsed.data.id) : undefined;
      if (!parsed.success || !passkey) return undefined;
      const { verifyAuthenticationResponse } = await library();
      const result = await refusedAsUndefined(
        verifyAuthenticationResponse({
          response: { ...parsed.data, clientExtensionResults: {} },
          expectedChallenge: isAsked,
          ...expected,
          credential: {
            ...described(passkey),
            publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
            counter: passkey.counter,
          },
        }),
      );
      return result?.verified ? { ...passkey, counter: result.authenticationInfo.newCounter } : undefined;
    },
  };
}

function described({ id, transports }: Passkey) {
  return { id, transports: [...transports] };
}

/** The library throws a plain Error for whatever is wrong with an answer, and an answer may be anything. */
async function refusedAsUndefined<T>(verifying: Promise<T>): Promise<T | undefined> {
  return verifying.catch(() => undefined);
}
