import { progressOf } from '#domain/assignment/progress.ts';
import type { Answer } from '#domain/course/scenario.ts';
import { type Certificate, issueCertificate } from '#domain/exam/certificate.ts';
import {
  type Attempt,
  gradeAttempt,
  refreshAttempt,
  type SaveRefusal,
  startAttempt,
  unanswered,
  withAnswer,
} from '#domain/exam/exam.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { AttemptId, Instant, PersonId } from '#domain/kernel/ids.ts';
import { certificateHolder } from '#domain/people/certificate-holder.ts';
import type { Person } from '#domain/people/person.ts';
import type { Services } from '#src/services.ts';
import { currentPolicy } from '#usecases/assignment/assignment-policy.ts';

type Needs = Pick<Services, 'store' | 'course' | 'clock' | 'random'>;

export type StartResult =
  | { readonly ok: true; readonly attempt: AttemptId }
  | { readonly ok: false; readonly reason: 'lessons-left' | 'already-certified' | 'not-employed' }
  | { readonly ok: false; readonly reason: 'exam-paused'; readonly until: Instant };

/** Starts an attempt, or goes on with the open one. */
export async function startExam(
  services: Needs & Pick<Services, 'assignmentRules'>,
  id: PersonId,
): Promise<StartResult> {
  const { store, course, clock, random } = services;
  const policy = await currentPolicy(services);
  return store.people.update<StartResult>(id, (person) => {
    const now = clock();
    const { next, track } = progressOf(person, course, policy, now);
    switch (next.state) {
      case 'gone':
        return { result: { ok: false, reason: 'not-employed' } };
      case 'done':
        return { result: { ok: false, reason: 'already-certified' } };
      case 'reading':
        return { result: { ok: false, reason: 'lessons-left' } };
      case 'paused':
        return { result: { ok: false, reason: 'exam-paused', until: next.until } };
      case 'under-way':
        return { result: { ok: true, attempt: next.attempt.id } };
      case 'ready': {
        const attempt = startAttempt(course, track, person.attempts.at(-1), now, random);
        return {
          save: { ...person, attempts: [...person.attempts, attempt] },
          result: { ok: true, attempt: attempt.id },
        };
      }
    }
  });
}

/** The person's own attempt, on the course as it is now. Undefined for anybody else's, as for none. */
export async function openAttempt(
  { store, course, random }: Needs,
  person: Person,
  id: string,
): Promise<Attempt | undefined> {
  const attempt = person.attempts.find((candidate) => candidate.id === id);
  if (!attempt) return undefined;
  const current = refreshAttempt(attempt, course, random);
  if (current === attempt) return attempt;
  return store.people.update(person.id, (newest) => {
    const stored = newest.attempts.find((candidate) => candidate.id === id) ?? attempt;
    const renewed = refreshAttempt(stored, course, random);
    return { save: withAttempt(newest, renewed), result: renewed };
  });
}

export type GivenAnswers = Readonly<Record<string, Answer>>;
export type SaveResult = { readonly ok: true } | { readonly ok: false; readonly reason: SaveRefusal | 'no-attempt' };

/** Saves answers as they are given: all of them or, if one cannot be, none. */
export function saveAnswers(
  { store, course }: Needs,
  person: PersonId,
  id: string,
  given: GivenAnswers,
): Promise<SaveResult> {
  return store.people.update<SaveResult>(person, (stored) => {
    const saved = attemptWith(stored, course, id, given);
    return saved.ok ? { save: withAttempt(stored, saved.attempt), result: { ok: true } } : { result: saved };
  });
}

export type HandInResult =
  | { readonly ok: true; readonly attempt: Attempt; readonly certificate: Certificate | undefined }
  | { readonly ok: false; readonly reason: SaveRefusal | 'no-attempt' }
  | { readonly ok: false; readonly reason: 'answers-missing'; readonly missing: readonly string[] };

/**
 * Hands in: last answers, result and, on passing, the certificate are one write. Sent again, or from several tabs at
 * once, it answers with the one result there is.
 */
export function handInExam(
  { store, course, clock, random, municipality }: Needs & Pick<Services, 'municipality'>,
  person: PersonId,
  id: string,
  given: GivenAnswers,
): Promise<HandInResult> {
  return store.people.update<HandInResult>(person, (stored) => {
    const earlier = stored.attempts.find((attempt) => attempt.id === id && attempt.result);
    if (earlier) return { result: { ok: true, attempt: earlier, certificate: certificateOf(stored, earlier) } };
    const saved = attemptWith(stored, course, id, given);
    if (!saved.ok) return { result: saved };
    const missing = unanswered(saved.attempt, course);
    if (missing.length > 0) {
      return { save: withAttempt(stored, saved.attempt), result: { ok: false, reason: 'answers-missing', missing } };
    }
    const now = clock();
    const attempt = { ...saved.attempt, handedInAt: instantOf(now), result: gradeAttempt(saved.attempt, course) };
    const { track } = attempt;
    const holder = certificateHolder(stored, track, now);
    const certificate = attempt.result.passed
      ? issueCertificate({ holder, track, course, issuer: municipality.issuer, now, random })
      : undefined;
    const certificates = certificate ? [...stored.certificates, certificate] : stored.certificates;
    return { save: { ...withAttempt(stored, attempt), certificates }, result: { ok: true, attempt, certificate } };
  });
}

/** The certificate that an attempt gave: issued at the moment it was handed in. */
export function certificateOf(person: Person, attempt: Attempt): Certificate | undefined {
  return attempt.result?.passed
    ? person.certificates.find((certificate) => certificate.issuedAt === attempt.handedInAt)
    : undefined;
}

function attemptWith(
  person: Person,
  course: Services['course'],
  id: string,
  given: GivenAnswers,
): { ok: true; attempt: Attempt } | { ok: false; reason: SaveRefusal | 'no-attempt' } {
  let attempt = person.attempts.find((candidate) => candidate.id === id);
  if (!attempt) return { ok: false, reason: 'no-attempt' };
  for (const [scenario, answer] of Object.entries(given)) {
    const saved = withAnswer(attempt, course.scenarios.get(scenario), answer);
    if (!saved.ok) return saved;
    attempt = saved.attempt;
  }
  return { ok: true, attempt };
}

function withAttempt(person: Person, attempt: Attempt): Person {
  return { ...person, attempts: person.attempts.map((other) => (other.id === attempt.id ? attempt : other)) };
}
