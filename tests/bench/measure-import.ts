import { join } from 'node:path';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import { applyImport, openImport, readStaffFile } from '#usecases/people/import/import-staff.ts';
import { administrator, withOrganisation } from '../support/small-organisation.ts';
import { testServices } from '../support/test-services.ts';
import { type Figure, withLimit } from './figure.ts';
import type { Measure } from './measuring.ts';

const rows = 10_000;
const milliseconds = 10_000;
const rounds = 3;

/** A staff list of 10,000 people who are new, and the same list again, on the disk. */
export const measureImport: Measure = async ({ folder }): Promise<readonly Figure[]> => {
  const first: number[] = [];
  const again: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const store = await openLowdbStore({ dataDir: join(folder, `import-${round}`) });
    const world = testServices();
    const services = { ...world.services, store };
    await withOrganisation({ ...world, services });
    const ada = await administrator({ ...world, services }, 'everything');
    first.push(await timed(services, ada));
    again.push(await timed(services, ada));
    if ((await store.people.count()) !== rows + 1) throw new Error('not everybody was imported');
    await store.close();
  }
  const count = rows.toLocaleString('en');
  return [
    withLimit(`import of ${count} rows, all new`, 'ms', first, milliseconds),
    withLimit(`the same ${count} rows again`, 'ms', again, milliseconds),
  ];
};

async function timed(
  services: Parameters<typeof readStaffFile>[0] & Parameters<typeof applyImport>[0],
  actor: Parameters<typeof readStaffFile>[1],
): Promise<number> {
  const began = performance.now();
  const read = await readStaffFile(services, actor, staffList(), { full: true });
  if (!read.ok) throw new Error(read.reason);
  const shown = await openImport(services, actor, read.id);
  const { plan, fingerprint = '' } = shown?.dryRun ?? {};
  if (plan && plan.changes.length > 0) {
    const applied = await applyImport(services, { person: actor, strongAt: services.clock().toISOString() }, read.id, {
      fingerprint,
      missing: true,
    });
    if (!applied.ok) throw new Error(applied.reason);
  }
  return performance.now() - began;
}

function staffList(): Uint8Array {
  const people = Array.from({ length: rows }, (_, number) => {
    const code = String(number).padStart(6, '0');
    return `${code};Åsa Öberg ${number};asa.${number}@lindala.example;${number % 2 ? 'Vikarie' : 'Tillsvidare'};H${1 + (number % 2)};2026-01-01;`;
  });
  return new TextEncoder().encode(['Anstnr;Namn;E-post;Kategori;Enhetskod;Från;Till', ...people, ''].join('\r\n'));
}
