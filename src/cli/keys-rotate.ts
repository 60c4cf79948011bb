/**
 * `npm run keys:rotate`: a new key for the installation, and what can be sealed anew is. `-- --status` only says what rests on
 * which key, `-- --drop` takes away older keys that nothing stored rests on. See docs/security/keys.md.
 */
import { doWhereTheDataIs } from './ask-owner.ts';
import { doKeys, keyLines, keysJob, keysReport } from './keys-job.ts';
import { runCommand, withOwnServices } from './own-services.ts';

await runCommand(async (settings) => {
  const ask = (request: Readonly<Record<string, unknown>>) => {
    const whole = { ...request, job: keysJob };
    return doWhereTheDataIs(settings.dataDir, whole, keysReport.parse, () =>
      withOwnServices(settings, (services) => doKeys(services, whole)),
    );
  };
  const before = await ask({});
  const [newest] = before.present;
  const ways = {
    '--status': () => Promise.resolve(before),
    '--drop': () => ask({ reseal: true, drop: true }),
  } as const;
  const option = process.argv[2];
  const isWay = (text: string | undefined): text is keyof typeof ways => text !== undefined && text in ways;
  const report = await (isWay(option) ? ways[option]() : ask({ reseal: true, replaced: newest }));
  if (report.present[0] !== newest) {
    console.log(`Ny nyckel: ${report.present[0]}. Säkerhetskopiera mappen med nycklar.`);
  }
  console.log(keyLines(report).join('\n'));
});
