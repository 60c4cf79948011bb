/**
 * `npm run admin:reset`: a one-time link for an administrator who has lost password and factors; with `-- namn@kommunen.se` for one
 * of several. See docs/how-to/locked-out.md.
 */
import { longTime } from '#i18n/translate.ts';
import type { AdministratorReset } from '#usecases/account/reset-administrator.ts';
import { adminResetJob, adminResetReport, doAdminReset } from './admin-reset-job.ts';
import { doWhereTheDataIs } from './ask-owner.ts';
import { runCommand, withOwnServices } from './own-services.ts';

const refusals = {
  which: 'Det finns flera administratörer. Skriv e-postadressen också: npm run admin:reset -- namn@kommunen.se',
  unknown: 'Ingen administratör har den e-postadressen. Inget har ändrats. Kontrollera stavningen.',
} as const;

await runCommand(async (settings) => {
  const request = { job: adminResetJob, email: process.argv[2] ?? '' };
  const done = await doWhereTheDataIs(
    settings.dataDir,
    request,
    (reply) => adminResetReport.parse(reply),
    // It is the way back into a folder whose last administrator is gone.
    () => withOwnServices(settings, (services) => doAdminReset(services, request), { mayLackAdministrator: true }),
  );
  if (done.ok) console.log(lines(done).join('\n'));
  else {
    console.error(refusals[done.reason]);
    process.exitCode = 1;
  }
});

function lines({ link, until, whose }: Extract<AdministratorReset, { readonly ok: true }>): readonly string[] {
  return [
    whose === 'first'
      ? 'Ingen som kan logga in är administratör för alla nämnder. Den som öppnar länken blir det:'
      : 'Öppna länken och välj ett nytt lösenord. Den säkra inloggningen nollställs när det är gjort:',
    link,
    `Länken går att använda en gång och gäller till den ${longTime(until, 'sv')}. Alla administratörer får ett mejl om att den har skapats.`,
  ];
}
