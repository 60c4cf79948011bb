import type { APIRoute } from 'astro';

/** Everything stored about the person signed in, but what would open the account: hashes of password, code and links. */
export const GET: APIRoute = ({ locals }) => {
  const { passwordHash, codeHash, invitation, passwordReset, ...record } = locals.person ?? {};
  const secrets = {
    passwordSet: passwordHash !== undefined,
    personalCodeSet: codeHash !== undefined,
    invitation: invitation && { expiresAt: invitation.expiresAt, usedAt: invitation.usedAt },
    passwordReset: passwordReset && { expiresAt: passwordReset.expiresAt, usedAt: passwordReset.usedAt },
  };
  return new Response(JSON.stringify({ ...record, ...secrets }, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="mina-uppgifter.json"',
    },
  });
};
