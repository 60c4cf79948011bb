import { randomBytes } from 'node:crypto';

import type { Grant } from '#domain/people/person.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { nodeId, personId } from '../contract/sample-documents.ts';
import { makeDataDir, type RunningApp, startApp } from './app.ts';
import { introduceLongAgo } from './introduction.ts';
import { goodPassword, type SignedIn } from './people.ts';
import { openPreparedStore } from './prepared-store.ts';
import { addSecondFactor } from './second-factor.ts';
import { hashOf } from './test-services.ts';
import { twoCommittees } from './two-committees.ts';
import { expectStatus, Visitor } from './visitor.ts';

/** Who has which role where in the two committees. */
const given = {
  north: { role: 'unit-manager', place: nodeId('north') },
  south: { role: 'unit-manager', place: nodeId('south') },
  oak: { role: 'unit-manager', place: nodeId('oak') },
  head: { role: 'department-head', place: nodeId('home-care') },
  social: { role: 'administrator', place: nodeId('social') },
  everything: { role: 'administrator', place: 'everything' },
  learner: undefined,
} as const satisfies Record<string, Grant | undefined>;

export type Staff = keyof typeof given;

/** The real server on a data folder with two committees and one signed-in person of each role. */
export async function startManaged(): Promise<{ app: RunningApp; staff: Readonly<Record<Staff, SignedIn>> }> {
  const dataDir = await makeDataDir();
  const passwordHash = await hashOf(goodPassword);
  const store = await openPreparedStore(dataDir);
  await introduceLongAgo(store);
  await store.organisation.update(() => ({ save: twoCommittees(), result: undefined }));
  const who = Object.entries(given).map(([id, grant]) => ({ id, grant, email: `${id}@lindala.example` }));
  for (const { id, grant, email } of who) {
    const grants = grant ? [grant] : [];
    const document = {
      id: personId(id),
      name: `Anställd ${id}`,
      nameGivenBy: 'employer',
      email,
      passwordHash,
    } as const;
    const engagement = { category: 'new-employee', unit: nodeId('north') } as const;
    await store.people.create(newPerson({ ...document, grants }, engagement, new Date(), randomBytes));
  }
  await store.close();
  const app = await startApp({ dataDir });
  const staff = await Promise.all(
    who.map(async ({ id, email, grant }) => {
      const visitor = new Visitor(app.url);
      expectStatus(await visitor.post('/logga-in', { email, password: goodPassword }), 303, `signing in as ${id}`);
      if (grant) await addSecondFactor(visitor);
      return [id, { name: `Anställd ${id}`, category: 'new-employee', visitor }] as const;
    }),
  );
  return { app, staff: Object.fromEntries(staff) as Record<Staff, SignedIn> };
}
