import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Certificate } from '#domain/exam/certificate.ts';
import { readSettings } from '#src/env.ts';
import { openServices } from '#src/services.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { groupId, nodeId, personId, pseudonymOf, sampleGroup } from '../contract/sample-documents.ts';
import { makeDataDir } from './app.ts';
import { twoCommittees } from './two-committees.ts';

/** Who is in a folder that `makeUsedFolder` made: an administrator, and so many employees. */
export const administratorId = personId('administrator');
export const employeeId = (number: number) => personId(`employee-${String(number).padStart(3, '0')}`);

/** A data folder that has been in use: organisation, people, a group with a seat, keys, stamp, and a line in the audit log. */
export async function makeUsedFolder(
  employees: number,
  { certificates = [] }: { readonly certificates?: readonly Certificate[] } = {},
): Promise<string> {
  const dataDir = await makeDataDir();
  const { store, audit, securityLog, passwords, clock, folder, issued } = await openServices(
    readSettings({ DATA_DIR: dataDir }),
  );
  await store.organisation.update(() => ({ save: twoCommittees(), result: undefined }));
  const engagement = { category: 'new-employee', unit: nodeId('north') } as const;
  const make = (id: string, fields: Parameters<typeof newPerson>[0]) =>
    store.people.create({
      ...newPerson({ ...fields, id: personId(id) }, engagement, clock(), randomBytes),
      pseudonym: pseudonymOf(id),
      certificates: id === employeeId(0) ? certificates : [],
    });
  await make(administratorId, {
    name: 'Maria Ek',
    nameGivenBy: 'employer',
    email: 'maria.ek@lindala.example',
    grants: [{ role: 'administrator', place: 'everything', seesProtected: true }],
  });
  for (let number = 0; number < employees; number += 1) {
    const id = employeeId(number);
    await make(id, { name: `Hemliga Hanna ${number}`, nameGivenBy: 'employer', email: `${id}@lindala.example` });
  }
  await store.groups.create(sampleGroup('g', { id: groupId('g'), unit: nodeId('north'), seats: [employeeId(0)] }));
  await audit.append({ at: clock().toISOString(), actor: pseudonymOf(administratorId), action: 'open-list' });
  await folder.seen(clock().toISOString());
  await securityLog.close();
  await store.close();
  await issued.close();
  await audit.close();
  await passwords.close();
  return dataDir;
}

/** What lies in a folder: each file by its path and what is in it. Without sockets, which come and go with their processes. */
export async function contentsOf(dataDir: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const contents: Record<string, string> = {};
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) {
      contents[relative(dataDir, path)] = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
    } else if (entry.isSymbolicLink()) contents[relative(dataDir, path)] = `→ ${await readlink(path)}`;
  }
  return contents;
}
