import { createLaterQueue } from '#adapters/memory/later-queue.ts';
import { createMemoryAuditLog } from '#adapters/memory/memory-audit-log.ts';
import { createMemoryChallenges } from '#adapters/memory/memory-challenges.ts';
import { createMemoryIssuedCodes } from '#adapters/memory/memory-issued-codes.ts';
import { createMemorySecurityLog } from '#adapters/memory/memory-security-log.ts';
import { createMemoryStore } from '#adapters/memory/memory-store.ts';
import { createMemoryThrottle } from '#adapters/memory/memory-throttle.ts';
import { secretsFrom } from '#adapters/secrets/file-secrets.ts';
import { guessablePasswords } from '#adapters/secrets/guessable-passwords.ts';
import { createHashThreads } from '#adapters/secrets/hash-threads.ts';
import { createPasswords } from '#adapters/secrets/queued-passwords.ts';
import { spreadsheet } from '#adapters/spreadsheet/spreadsheet.ts';
import { createListReader } from '#adapters/staff-lists/list-reader.ts';
import { createPasskeys } from '#adapters/webauthn/simple-passkeys.ts';
import { markedAuditLog } from '#adapters/whereabouts/marked-audit-log.ts';
import { createWhereabouts } from '#adapters/whereabouts/request-whereabouts.ts';
import { createKnownDevices } from '#auth/known-devices.ts';
import { createSessions } from '#auth/sessions.ts';
import { watchedSessions } from '#auth/watched-sessions.ts';
import { watchedThrottle } from '#auth/watched-throttle.ts';
import { loadAssignmentRules } from '#content/assignment-rules.ts';
import { loadReviewRules } from '#content/audit-review.ts';
import { loadCourse } from '#content/load-course.ts';
import { loadMunicipality } from '#content/municipality.ts';
import { loadReminderRules } from '#content/reminder-rules.ts';
import { loadRetentionRules } from '#content/retention-rules.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { leftStanding } from '#domain/account/credentials.ts';
import { forgottenLink } from '#domain/account/sent-link.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate, PersonId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { normalizePersonalCode } from '#domain/people/personal-code.ts';
import type { LooseFiles } from '#ports/loose-files.ts';
import type { Mail } from '#ports/mailer.ts';
import type { Store } from '#ports/store.ts';
import type { Services } from '#src/services.ts';
import { acceptInvitation } from '#usecases/account/accept-invitation.ts';
import { tellOfChange } from '#usecases/account/tell-of-change.ts';
import { type Invitee, invitePerson } from '#usecases/invitations/invite-person.ts';
import { createWatch } from '#usecases/oversight/watch.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { acting } from './acting.ts';
import { introducedLongAgo } from './introduction.ts';
import { seededBytes } from './seeded-bytes.ts';

const course = loadCourse();
const municipality = loadMunicipality();

export const goodPassword = 'gurka hatt cykel';

/** The real hashing, with room for tests that send many at once. */
export const passwords = createPasswords(createHashThreads(), { atOnce: 2, waiting: { known: 100, stranger: 100 } });

/** What is stored of a password. */
export async function hashOf(password: string): Promise<string> {
  const hashed = await passwords.hash(password);
  if (!hashed.ok) throw new Error(hashed.reason);
  return hashed.hash;
}

/** A world in memory has no files. */
const noLooseFiles: LooseFiles = {
  removeMentioning: async () => 0,
  countBefore: async () => 0,
  removeBefore: async () => 0,
};

/**
 * What the use cases need, with everything kept in memory: the real course, the real rules, a store that the contract
 * test holds to the same as the one on disk, and a clock that the test sets.
 */
export function testServices(startsAt = '2026-06-10T12:00:00Z') {
  let now = new Date(startsAt);
  const clock = () => now;
  const store = keepingTheInvariant(createMemoryStore(introducedLongAgo), clock);
  const secrets = secretsFrom(new Uint8Array(32).fill(7));
  const whereabouts = createWhereabouts(secrets, () => now);
  const publicUrl = new URL('https://sekretess.lindala.example');
  const mails: Mail[] = [];
  const reported: unknown[] = [];
  const securityLog = createMemorySecurityLog();
  const mailer = { destination: 'memory', send: async (mail: Mail) => void mails.push(mail) };
  const reportError = (error: unknown) => void reported.push(error);
  const telling = { mailer, municipality, clock: () => now, reportError };
  const watch = createWatch({
    log: securityLog,
    whereabouts,
    people: store.people,
    clock: () => now,
    reportError,
    tellOfFailures: (person: Person) => tellOfChange(telling, person, 'many-failures'),
  });
  const sessions = watchedSessions(
    createSessions(store, secrets, publicUrl, () => now),
    watch,
    store.people,
  );
  const services = {
    store,
    secrets,
    issued: createMemoryIssuedCodes(),
    folder: {
      lastSeenAt: () => undefined,
      seen: async () => undefined,
      markInUse: async () => undefined,
      disk: async () => 'ok' as const,
    },
    random: seededBytes(1),
    passwordQuality: guessablePasswords,
    passwords,
    sessions,
    audit: markedAuditLog(createMemoryAuditLog(), whereabouts),
    whereabouts,
    watch,
    securityLog,
    passkeys: createPasskeys(publicUrl, 'Sekretesskörkortet'),
    challenges: createMemoryChallenges(),
    throttle: watchedThrottle(createMemoryThrottle(), watch),
    knownDevices: createKnownDevices(secrets, publicUrl),
    later: createLaterQueue(200, reportError),
    mailer,
    spreadsheet,
    readStaffList: createListReader(),
    course,
    assignmentRules: loadAssignmentRules(),
    reviewRules: loadReviewRules(),
    retentionMonths: loadRetentionRules(),
    looseFiles: noLooseFiles,
    reminderRules: loadReminderRules(),
    municipality,
    publicUrl,
    clock,
    reportError,
  } satisfies Omit<Services, 'renderCertificate'>;
  return {
    services,
    mails,
    reported,
    /** Lets time go by. */
    pass: ({ minutes }: { minutes: number }) => {
      now = new Date(now.getTime() + minutes * 60_000);
    },
    /** Who a browser with this `Set-Cookie` value is. */
    signedIn: async (setCookie: string): Promise<ActingPerson | undefined> => {
      const token = /^[^=]+=([^;]*)/.exec(setCookie)?.[1] ?? '';
      return (await services.sessions.read(token))?.person;
    },
    person: async (id: PersonId): Promise<Person> => {
      const person = await store.people.get(id);
      if (!person) throw new Error('no such person');
      return person;
    },
    /** Somebody as a session would have them now. */
    acting: async (id: PersonId): Promise<ActingPerson> => {
      const person = await store.people.get(id);
      if (!person) throw new Error('no such person');
      return acting(services, person);
    },
  };
}

export type TestWorld = ReturnType<typeof testServices>;

/**
 * No use case of any test may save an address, a role or a password without taking away what rested on the one before
 * (src/domain/account/credentials.ts).
 */
function keepingTheInvariant(store: Store, clock: () => Date): Store {
  const people: Store['people'] = {
    ...store.people,
    update: (id, change) =>
      store.people.update(id, (person) => {
        const decided = change(person);
        const left = decided.save && leftStanding(person, decided.save);
        if (left) throw new Error(`credentials were changed and left a ${left} standing`);
        const forgotten = decided.save && forgottenLink(person, decided.save, clock());
        if (forgotten) throw new Error(`an open ${forgotten} is gone, and who opens it would not be told why`);
        return decided;
      }),
  };
  return { ...store, people };
}

/** Everything that is stored about people, for “nothing has changed”. */
export function everybody({ services }: TestWorld): Promise<readonly Person[]> {
  return services.store.people.list({ limit: 1000 });
}

/** The token at the end of the link in the newest mail to this address. Mail is sent after the reply. */
export function tokenIn(mails: readonly Mail[], to: string): string {
  return /https:\/\/\S+\/([\w-]+)/.exec(mails.findLast((mail) => mail.to === to)?.text ?? '')?.[1] ?? '';
}

const anna: Invitee = {
  name: 'Anna Andersson',
  email: 'anna@lindala.example',
  category: 'new-employee',
  to: undefined,
};

/** Invites a person. @returns the token of the link in the mail */
export async function invited(
  world: TestWorld,
  fields: Partial<Invitee> = {},
): Promise<{ id: PersonId; token: string; email: string }> {
  const invitee = { ...anna, ...fields };
  const result = await invitePerson(world.services, invitee);
  if (!result.ok) throw new Error(result.reason);
  await afterTheReply();
  return { id: result.id, token: tokenIn(world.mails, invitee.email), email: invitee.email };
}

/** A person who has chosen the password `goodPassword`. */
export async function employee(
  world: TestWorld,
  fields: Partial<Invitee> = {},
): Promise<{ id: PersonId; email: string; cookie: string }> {
  const { id, token, email } = await invited(world, fields);
  const accepted = await acceptInvitation(world.services, token, { password: goodPassword, language: 'sv' });
  if (!accepted.ok) throw new Error(accepted.reason);
  return { id, email, cookie: accepted.cookie };
}

/** Somebody straight into the store: for what comes after the ways in. @param readAll every lesson of the track is read */
export async function learner(
  { services }: TestWorld,
  { category = 'new-employee', to, readAll = true }: { category?: Category; to?: string; readAll?: boolean } = {},
): Promise<PersonId> {
  const id = `${category}-${await services.store.people.count()}` as PersonId;
  const at = services.clock().toISOString();
  const read = course.tracks[category].required.map((slug) => [slug, { at, courseVersion: course.version }] as const);
  const lessonsDone = readAll ? Object.fromEntries(read) : {};
  await services.store.people.create(
    newPerson(
      { id, name: 'Åsa Öberg', nameGivenBy: 'employer', lessonsDone },
      { category, to: to as CalendarDate | undefined },
      services.clock(),
      services.random,
    ),
  );
  return id;
}

/** The same words, typed by somebody in a hurry. */
export function typedCarelessly(code: string): string {
  const typed = `  ${code.toUpperCase().replaceAll(' ', ', ')}. `;
  if (normalizePersonalCode(typed) !== code) throw new Error('that is another code');
  return typed;
}

/** What is done after the reply (`setImmediate`), and what that leads to, is done. */
export async function afterTheReply(): Promise<void> {
  for (let round = 0; round < 10; round++) await new Promise((resolve) => setImmediate(resolve));
}
