/** `npm run demo`: a throw-away folder with a fictional municipality's people, and who can sign in. Then serves it. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { base32Of, newTotpSecret } from '#domain/account/totp.ts';
import { trackOf } from '#domain/assignment/progress.ts';
import { displayGroupCode } from '#domain/groups/group.ts';
import { addDays, addMonths, dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { NodeId, PersonId } from '#domain/kernel/ids.ts';
import { randomCode } from '#domain/kernel/random.ts';
import { addPlace, type NodeKind } from '#domain/people/organisation.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import { actingPerson } from '#ports/acting-person.ts';
import { recoveryCodesFor, totpOf } from '#usecases/account/add-second-factor.ts';
import { currentPolicy } from '#usecases/assignment/assignment-policy.ts';
import { markLessonDone } from '#usecases/course/mark-lesson-done.ts';
import { handInExam, startExam } from '#usecases/exam/take-exam.ts';
import { createGroup } from '#usecases/groups/create-group.ts';
import { joinGroup } from '#usecases/groups/join-group.ts';
import { newTicket } from '#usecases/groups/join-ticket.ts';
import { chooseIntroduction } from '#usecases/settings/choose-introduction.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { environmentWith, readSettings } from '../env.ts';
import { paths } from '../paths.ts';
import { openServices, type Services } from '../services.ts';
import { answersFor } from './demo-answers.ts';

/** The same for all in the demonstration, which holds nothing worth protecting. */
const password = 'gurka hatt cykel';

const dataDir = await mkdtemp(join(tmpdir(), 'sekretess-demo-'));
const settings = readSettings(environmentWith({ DATA_DIR: dataDir }));
const services = await openServices(settings);
const hashed = await services.passwords.hash(password);
if (!hashed.ok) throw new Error(hashed.reason);
const passwordHash = hashed.hash;

const committee = await addUnder(undefined, 'committee', 'Omsorgsnämnden');
const department = await addUnder(committee, 'department', 'Äldreomsorgen');
const unit = await addUnder(department, 'unit', 'Björkgården');
await addUnder(department, 'unit', 'Hemtjänst norr');

const administrator = await addPerson('Maria Ek', 'maria.ek', 'new-employee', [
  { role: 'administrator', place: 'everything', seesProtected: true },
]);
const manager = await addPerson('Samira Holm', 'samira.holm', 'unit-manager', [{ role: 'unit-manager', place: unit }]);
await addPerson('Yusuf Karlsson', 'yusuf.karlsson', 'new-employee');
const nadia = await addPerson('Nadia Lind', 'nadia.lind', 'temporary-staff');
await readLessons(nadia);
const teodor = await addPerson('Teodor Nyberg', 'teodor.nyberg', 'student');
await readLessons(teodor);
await takeExam(teodor, 'wrong');
const ingrid = await addPerson('Ingrid Salonen', 'ingrid.salonen', 'new-employee');
await readLessons(ingrid);
await takeExam(ingrid, 'right');

// Long enough ago that everybody in the demonstration has the days of their own first day of work.
const today = dateOf(services.clock());
await chooseIntroduction(services, await acting(administrator), { on: addDays(today, -90), days: 60 });

const group = await createGroup(services, await acting(administrator), {
  name: 'Feriearbetare på Björkgården',
  unit,
  category: 'summer-worker',
  lastDay: addMonths(dateOf(services.clock()), 2),
  size: 30,
});
if (!group) throw new Error('the administrator may not make a group');
const device = randomCode(26, services.random);
const ali = await joinGroup(services, group, {
  name: 'Ali Hassan',
  language: 'sv',
  isNew: true,
  ticket: newTicket(services, group, device),
  device,
  address: '127.0.0.1',
});
const factors = [
  ['maria.ek', await addSecondFactor(administrator)],
  ['samira.holm', await addSecondFactor(manager)],
] as const;
await services.store.close();
await services.audit.close();
await services.passwords.close();

const base = settings.publicUrl.origin;
console.log(`
Demonstration med påhittade personer i ${services.municipality.name}. Allt försvinner när du stoppar den.

Logga in på ${base}${paths.signIn()} med lösenordet: ${password}
  maria.ek@lindala.example         administratör
  samira.holm@lindala.example      enhetschef på Björkgården
  yusuf.karlsson@lindala.example   nyanställd, har inte börjat
  nadia.lind@lindala.example       vikarie, ska göra provet
  teodor.nyberg@lindala.example    elev, blev inte godkänd
  ingrid.salonen@lindala.example   nyanställd, har intyg

Den som har en roll behöver mer än lösenordet. Skriv en reservkod när sidan frågar; varje kod fungerar en gång.
Eller lägg in nyckeln i en app för engångskoder.
${factors.map(([who, { key, codes }]) => `  ${who}: ${codes.slice(0, 3).join('  ')}   nyckel ${key}`).join('\n')}

Gå med som feriearbetare: ${base}${paths.joinGroup(group.code)}  (kod ${displayGroupCode(group.code)})
Kom tillbaka som Ali Hassan: ${base}${paths.returnWithCode()}  med orden: ${ali.ok ? ali.code : '-'}
`);

const server = spawn(
  process.execPath,
  ['--max-semi-space-size=8', '--heap-growing-percent=40', 'src/cli/serve.js', '--demo'],
  {
    env: environmentWith({ DATA_DIR: dataDir }),
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));
server.once('exit', async (code) => {
  await rm(dataDir, { recursive: true, force: true });
  process.exit(code ?? 0);
});

async function addPerson(
  name: string,
  account: string,
  category: Category,
  grants: readonly Grant[] = [],
): Promise<PersonId> {
  const { store, random, clock } = services;
  const now = clock();
  const person = newPerson(
    {
      name,
      nameGivenBy: 'employer',
      email: `${account}@lindala.example`,
      passwordHash,
      grants,
    },
    { unit, category, to: isOpenEnded(category) ? undefined : addMonths(dateOf(now), 3) },
    now,
    random,
  );
  await store.people.create(person);
  return person.id;
}

function isOpenEnded(category: Category): boolean {
  return category === 'new-employee' || category === 'unit-manager';
}

async function addUnder(parent: NodeId | undefined, kind: NodeKind, name: string): Promise<NodeId> {
  const { store, random, clock } = services;
  const id = randomCode(16, random) as NodeId;
  await store.organisation.update((before) => {
    const change = addPlace(before, { id, kind, name, parent }, instantOf(clock()));
    if (!change.ok) throw new Error(`the place was refused: ${change.reason}`);
    return { save: change.organisation, result: undefined };
  });
  return id;
}

/** What an app for codes takes, and recovery codes: the page shows them once, and so does the demonstration. */
async function addSecondFactor(id: PersonId): Promise<{ key: string; codes: readonly string[] }> {
  const { store, secrets, random, clock } = services;
  const secret = newTotpSecret(random);
  const totp = { secret: secrets.seal(totpOf(id), secret), addedAt: instantOf(clock()) };
  const { codes, hashes } = recoveryCodesFor(id, secrets, random);
  await store.people.update(id, (person) => ({
    save: { ...person, secondFactors: { passkeys: [], totp, recoveryCodes: hashes } },
    result: undefined,
  }));
  return { key: base32Of(secret), codes };
}

async function acting(id: PersonId): Promise<ActingPerson> {
  return actingPerson(services.store, await known(services, id), dateOf(services.clock()));
}

async function readLessons(id: PersonId): Promise<void> {
  const person = await known(services, id);
  for (const slug of trackOf(person, services.course, await currentPolicy(services), services.clock()).required)
    await markLessonDone(services, id, slug);
}

async function takeExam(id: PersonId, way: 'right' | 'wrong'): Promise<void> {
  const started = await startExam(services, id);
  if (!started.ok) throw new Error(`the exam did not start: ${started.reason}`);
  const attempt = (await known(services, id)).attempts.find((candidate) => candidate.id === started.attempt);
  if (attempt) await handInExam(services, id, attempt.id, answersFor(attempt, services.course, way));
}

async function known({ store }: Pick<Services, 'store'>, id: PersonId): Promise<Person> {
  const person = await store.people.get(id);
  if (!person) throw new Error('the person just made is not there');
  return person;
}
