/** `npm run retention`: says what would be purged today; with `-- --run` it is. For cron. See docs/how-to/retention.md. */
import type { RetainedRecord } from '#domain/oversight/retention.ts';
import type { PurgeCounts } from '#usecases/oversight/run-retention.ts';
import { doWhereTheDataIs } from './ask-owner.ts';
import { runCommand, withOwnServices } from './own-services.ts';
import { doRetention, retentionJob, retentionReport } from './retention-job.ts';

const names: Readonly<Record<RetainedRecord, string>> = {
  person: 'Personakter',
  participant: 'Deltagares akter',
  answers: 'Prov vars svar tas bort',
  links: 'Länkar',
  group: 'Grupper',
  'loose-file': 'Mejl i mejlmappen',
  security: 'Dagar i säkerhetsloggen',
};

await runCommand(async (settings) => {
  const request = { job: retentionJob, run: process.argv.includes('--run') };
  const counts = await doWhereTheDataIs(
    settings.dataDir,
    request,
    (reply) => retentionReport.parse(reply),
    () => withOwnServices(settings, (services) => doRetention(services, request)),
  );
  if ('refused' in counts) {
    console.error(
      'Klockan går mer än en månad före den tid då mappen senast användes. Kontrollera den. Inget har gallrats. Stämmer klockan: låt servern vara igång ett dygn och försök igen.',
    );
    process.exitCode = 1;
    return;
  }
  console.log(counts.length === 0 ? 'Inget har stått sin tid.' : counts.map(line).join('\n'));
  if (!request.run && counts.length > 0) console.log('Inget har tagits bort. Gallra med: npm run retention -- --run');
});

function line({ record, count }: PurgeCounts[number]): string {
  return `${names[record]}: ${count}`;
}
