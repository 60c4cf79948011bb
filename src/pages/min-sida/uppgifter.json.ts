import type { APIRoute } from 'astro';
import { ownDocument } from '#usecases/account/own-record.ts';

/** Everything stored about the person signed in, but what would open the account: hashes of password, code and links, secrets. */
export const GET: APIRoute = async ({ locals }) => {
  const { person, services } = locals;
  const stored = person && (await ownDocument(services, person));
  const { passwordHash, codeHash, invitation, passwordReset, pastLinks, secondFactors, ...record } = stored ?? {};
  const secrets = {
    passwordSet: passwordHash !== undefined,
    personalCodeSet: codeHash !== undefined,
    secondFactors: secondFactors && {
      passkeys: secondFactors.passkeys.map(({ label, addedAt }) => ({ label, addedAt })),
      app: secondFactors.totp && { addedAt: secondFactors.totp.addedAt },
      recoveryCodesLeft: secondFactors.recoveryCodes.length,
    },
    invitation: invitation && { expiresAt: invitation.expiresAt, usedAt: invitation.usedAt },
    passwordReset: passwordReset && { expiresAt: passwordReset.expiresAt, usedAt: passwordReset.usedAt },
    pastLinks: pastLinks?.map(({ tokenHash, ...link }) => link),
  };
  return new Response(JSON.stringify({ ...record, ...secrets }, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="mina-uppgifter.json"',
    },
  });
};
