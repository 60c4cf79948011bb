import { z } from 'zod';
import type { ControlRequest } from '#adapters/lowdb/lock-socket.ts';
import { clockDoubt } from '#domain/kernel/clock.ts';
import { retainedRecords } from '#domain/oversight/retention.ts';
import {
  type PurgeCounts,
  planRetention,
  type RetentionNeeds,
  runRetention,
} from '#usecases/oversight/run-retention.ts';
import type { Services } from '../services.ts';

/** What `npm run retention` asks the server for: `{"job":"retention","run":true}`; without `run` nothing is purged. */
export const retentionJob = 'retention';

/** How many of each kind, and never who. */
export const retentionReport = z.union([
  z.array(z.strictObject({ record: z.enum(retainedRecords), count: z.int() })),
  z.strictObject({ refused: z.literal('clock') }),
]) satisfies z.ZodType<RetentionReply>;

/** A purge cannot be taken back, so that it is not done by a clock that may have run away. */
export type RetentionReply = PurgeCounts | { readonly refused: 'clock' };

export async function doRetention(
  needs: RetentionNeeds & Pick<Services, 'folder'>,
  request: ControlRequest,
): Promise<RetentionReply> {
  const seenAt = needs.folder.lastSeenAt();
  if (request['run'] === true && seenAt && clockDoubt(seenAt, needs.clock()) === 'ahead') return { refused: 'clock' };
  return request['run'] === true ? runRetention(needs, 'system') : (await planRetention(needs, 'system')).counts;
}
