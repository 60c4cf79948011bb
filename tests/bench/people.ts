import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeDocument } from '#adapters/lowdb/document-format.ts';
import { personDocument, sessionDocument } from '#adapters/lowdb/document-schemas.ts';
import type { Course } from '#domain/course/course.ts';
import { issueCertificate } from '#domain/exam/certificate.ts';
import { gradeAttempt, startAttempt } from '#domain/exam/exam.ts';
import { addMinutes, dateOf } from '#domain/kernel/calendar.ts';
import { categories } from '#domain/kernel/category.ts';
import type { PersonId, Pseudonym } from '#domain/kernel/ids.ts';
import { certificateHolder } from '#domain/people/certificate-holder.ts';
import type { Person } from '#domain/people/person.ts';
import { rightAnswer } from '../support/answers.ts';
import { introduceLongAgo } from '../support/introduction.ts';
import { openPreparedStore } from '../support/prepared-store.ts';
import { sessionOf } from '../support/ready-people.ts';
import { seededBytes } from '../support/seeded-bytes.ts';

export interface KnownPerson {
  readonly cookie: string;
  readonly certificate: string;
}

/**
 * Fills a data folder that no server is using with people who have passed their exam, about 4 kB each, in a
 * municipality that has chosen when the course began. The files are
 * written as they are, without the store's fsyncs, or 10,000 of them would take half a minute.
 *
 * @param signedIn so many of them have a session
 */
export async function writePeople(
  dataDir: string,
  course: Course,
  { count, signedIn }: { readonly count: number; readonly signedIn: number },
): Promise<readonly KnownPerson[]> {
  const store = await openPreparedStore(dataDir, { administrator: true });
  await introduceLongAgo(store);
  await store.close();
  await mkdir(join(dataDir, 'people'), { recursive: true, mode: 0o700 });
  await mkdir(join(dataDir, 'sessions'), { recursive: true, mode: 0o700 });
  const known: KnownPerson[] = [];
  for (let number = 0; number < count; number += 1) {
    const person = certifiedPerson(course, number);
    await writeFile(join(dataDir, 'people', `${person.id}.json`), encodeDocument(personDocument, person), {
      mode: 0o600,
    });
    if (number >= signedIn) continue;
    const { session, cookie } = sessionOf(person.id);
    await writeFile(join(dataDir, 'sessions', `${session.id}.json`), encodeDocument(sessionDocument, session), {
      mode: 0o600,
    });
    known.push({ cookie, certificate: person.certificates[0]?.code ?? '' });
  }
  return known;
}

function certifiedPerson(course: Course, number: number): Person {
  const random = seededBytes(number);
  const category = categories[number % categories.length] ?? 'new-employee';
  const now = new Date();
  const at = now.toISOString();
  const track = course.tracks[category];
  const person = {
    id: `person-${String(number).padStart(6, '0')}` as PersonId,
    name: `Åsa Öberg-Ängström ${number}`,
    nameGivenBy: 'employer',
    email: `asa.oberg.${number}@exempelkommun.example`,
    passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2VrcmV0ZXNza29ya29ydA$5mJDY2u0hDDRbBHbCtgCkzMu3tjiXqqF0FXn3l/dJ0E',
    pseudonym: `alias-${number}` as Pseudonym,
    grants: [],
    language: 'sv',
    staffing: [{ recordedAt: at, engagements: [{ category, from: dateOf(now) }], leaves: [] }],
    decisions: [],
    reminders: [],
    lessonsDone: Object.fromEntries(track.required.map((slug) => [slug, { at, courseVersion: course.version }])),
    lastLesson: track.required.at(-1),
    createdAt: at,
  } as const;
  const attempt = startAttempt(course, track, undefined, now, random);
  const answers = attempt.items.flatMap(({ scenario: id }) => {
    const scenario = course.scenarios.get(id);
    return scenario ? [[id, rightAnswer(scenario)] as const] : [];
  });
  const answered = { ...attempt, answers: Object.fromEntries(answers), handedInAt: addMinutes(at, 8) };
  const holder = certificateHolder(person, category, now);
  const issuer = 'Exempelkommun, vård- och omsorgsnämnden';
  return {
    ...person,
    attempts: [{ ...answered, result: gradeAttempt(answered, course) }],
    certificates: [issueCertificate({ holder, track: category, course, issuer, now, random })],
  };
}
