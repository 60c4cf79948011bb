import { z } from 'zod';
import type { ControlRequest } from '#adapters/lowdb/lock-socket.ts';
import { retainedRecords } from '#domain/retention.ts';
import { type PurgeCounts, planRetention, type RetentionNeeds, runRetention } from '#usecases/run-retention.ts';

/** What `npm run retention` asks the server for: `{"job":"retention","run":true}`; without `run` nothing is purged. */
export const retentionJob = 'retention';

/** How many of each kind, and never who. */
export const retentionReport = z.array(
  z.strictObject({ record: z.enum(retainedRecords), count: z.int() }),
) satisfies z.ZodType<PurgeCounts>;

export async function doRetention(needs: RetentionNeeds, request: ControlRequest): Promise<PurgeCounts> {
  return request['run'] === true ? runRetention(needs, 'system') : (await planRetention(needs, 'system')).counts;
}
