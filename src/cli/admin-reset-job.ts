import { z } from 'zod';
import type { ControlRequest } from '#adapters/lowdb/lock-socket.ts';
import { type AdministratorReset, type ResetNeeds, resetAdministrator } from '#usecases/account/reset-administrator.ts';

/** What `npm run admin:reset` asks the server for: `{"job":"admin-reset","email":"…"}`. */
export const adminResetJob = 'admin-reset';

export const adminResetReport = z.union([
  z.strictObject({ ok: z.literal(true), link: z.string(), until: z.string(), whose: z.enum(['first', 'chosen']) }),
  z.strictObject({ ok: z.literal(false), reason: z.enum(['which', 'unknown']) }),
]) satisfies z.ZodType<AdministratorReset>;

export function doAdminReset(needs: ResetNeeds, request: ControlRequest): Promise<AdministratorReset> {
  const { email } = request;
  return resetAdministrator(needs, typeof email === 'string' && email !== '' ? email : undefined);
}
