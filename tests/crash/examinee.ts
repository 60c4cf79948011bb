import { isDeepStrictEqual } from 'node:util';
import type { Course } from '#domain/course/course.ts';
import type { Answer } from '#domain/course/scenario.ts';
import { paths } from '#src/paths.ts';
import { rightAnswer, wrongAnswer } from '../support/answers.ts';
import type { Connections, RawReply } from '../support/connections.ts';
import type { ReadyPerson } from '../support/ready-people.ts';
import { type KnownAttempt, lossesIn, parseRecord, type StoredRecord, type Unanswered } from './stored-record.ts';

/**
 * A person who takes the exam, up to three times until it is passed, changes answers on the way, and remembers every
 * reply. After a crash they go on as people do: they look at what is there, and send again what got no reply.
 */
export class Examinee {
  /** How many of each kind the server has acknowledged. */
  readonly acknowledged = { answers: 0, results: 0, certificates: 0 };
  readonly #person: ReadyPerson;
  readonly #course: Course;
  readonly #random: () => number;
  /** So many attempts are meant to fail. */
  readonly #failures: number;
  readonly #attempts: KnownAttempt[] = [];
  /** The public reply to each certificate's code. */
  readonly #certificates = new Map<string, string>();
  #unanswered: Unanswered | undefined;

  constructor(person: ReadyPerson, course: Course, random: () => number) {
    this.#person = person;
    this.#course = course;
    this.#random = random;
    this.#failures = Math.floor(random() * 3);
  }

  /** A request of theirs that changes something has got no reply. */
  get isInDoubt(): boolean {
    return this.#unanswered !== undefined;
  }

  get certificates(): readonly string[] {
    return [...this.#certificates.keys()];
  }

  /** Does what is to be done next. @throws ConnectionLostError */
  async step(server: Connections): Promise<void> {
    const attempt = this.#attempts.at(-1);
    if (!attempt || (attempt.outcome === 'failed' && attempt.result)) return this.#start(server);
    if (!attempt.items) return this.#readQuestions(server, attempt);
    const next = this.#nextAnswer(attempt);
    if (next) return this.#answer(server, attempt, next.scenario, next.answer);
    if (!attempt.outcome) return this.#handIn(server, attempt);
    return this.#readResult(server, attempt);
  }

  /**
   * Compares what the server has with what it has said, and finds out about the request that got no reply.
   *
   * @returns what was lost, doubled or changed, a sentence each
   */
  async lookForLosses(server: Connections): Promise<readonly string[]> {
    const record = await this.#record(server);
    const losses = [
      ...lossesIn(record, this.#attempts, this.#unanswered),
      ...(await this.#changedCertificates(server)),
    ];
    this.#takeOver(record);
    return losses.map((sentence) => `${this.#person.id}: ${sentence}`);
  }

  async #start(server: Connections): Promise<void> {
    this.#unanswered = { kind: 'start' };
    const reply = await server.post(paths.exam(), { cookie: this.#person.cookie });
    this.#attempts.push({ id: leadsTo(reply, paths.attempt('')), answers: new Map() });
    this.#unanswered = undefined;
  }

  async #readQuestions(server: Connections, attempt: KnownAttempt): Promise<void> {
    expectStatus(await server.get(paths.attempt(attempt.id), this.#person.cookie), 200);
    attempt.items = (await this.#record(server)).attempts.find(({ id }) => id === attempt.id)?.items ?? [];
  }

  /** To the first question that has none; or, now and then, another one to a question that has been answered. */
  #nextAnswer({ items = [], answers }: KnownAttempt): { scenario: string; answer: Answer } | undefined {
    const first = items.find(({ scenario }) => !answers.has(scenario));
    const earlier = items.filter(({ scenario }) => answers.has(scenario));
    const changed = this.#random() < 0.2 ? earlier[Math.floor(this.#random() * earlier.length)] : undefined;
    const scenario = this.#course.scenarios.get((first && changed ? changed : first)?.scenario ?? '');
    if (!scenario) return undefined;
    const isRight = this.#attempts.length > this.#failures || this.#random() < 0.5;
    return { scenario: scenario.id, answer: isRight ? rightAnswer(scenario) : wrongAnswer(scenario) };
  }

  async #answer(server: Connections, attempt: KnownAttempt, scenario: string, answer: Answer): Promise<void> {
    this.#unanswered = { kind: 'answer', scenario, answer };
    const json = { scenario, answer };
    expectStatus(await server.post(paths.attemptAnswer(attempt.id), { cookie: this.#person.cookie, json }), 200);
    attempt.answers.set(scenario, answer);
    this.#unanswered = undefined;
    this.acknowledged.answers += 1;
  }

  async #handIn(server: Connections, attempt: KnownAttempt): Promise<void> {
    this.#unanswered = { kind: 'hand-in' };
    const form = { action: 'hand-in' };
    const reply = await server.post(paths.attempt(attempt.id), { cookie: this.#person.cookie, form });
    attempt.outcome = await this.#outcome(server, reply, attempt.id);
    this.#unanswered = undefined;
    this.acknowledged.results += 1;
  }

  /** Whoever hands in again is led to the result, and from there to the certificate if there is one. */
  async #outcome(server: Connections, reply: RawReply, attempt: string): Promise<string> {
    if (expectStatus(reply, 303).headers.location !== paths.attemptResult(attempt))
      return leadsTo(reply, paths.certificate(''));
    const result = await server.get(paths.attemptResult(attempt), this.#person.cookie);
    return result.status === 200 ? 'failed' : leadsTo(result, paths.certificate(''));
  }

  async #readResult(server: Connections, attempt: KnownAttempt): Promise<void> {
    const { outcome = 'failed' } = attempt;
    attempt.result = (await this.#record(server)).attempts.find(({ id }) => id === attempt.id)?.result;
    if (outcome === 'failed') return;
    this.#certificates.set(outcome, expectStatus(await server.get(paths.certificateJson(outcome)), 200).text);
    this.acknowledged.certificates += 1;
  }

  async #changedCertificates(server: Connections): Promise<string[]> {
    const losses: string[] = [];
    for (const [code, text] of this.#certificates) {
      const reply = await server.get(paths.certificateJson(code));
      if (reply.status !== 200 || reply.text !== text)
        losses.push(`${code} is answered with ${reply.status} ${reply.text}`);
    }
    return losses;
  }

  #takeOver(record: StoredRecord): void {
    const unanswered = this.#unanswered;
    this.#unanswered = undefined;
    const started = unanswered?.kind === 'start' ? record.attempts[this.#attempts.length] : undefined;
    if (started) this.#attempts.push({ id: started.id, answers: new Map() });
    const attempt = this.#attempts.at(-1);
    const stored = record.attempts.find(({ id }) => id === attempt?.id);
    if (unanswered?.kind === 'answer' && isDeepStrictEqual(stored?.answers[unanswered.scenario], unanswered.answer)) {
      attempt?.answers.set(unanswered.scenario, unanswered.answer);
    }
    // They hand in again all the same: from now on there must be this one result.
    if (unanswered?.kind === 'hand-in' && attempt && stored?.result) attempt.result = stored.result;
  }

  async #record(server: Connections): Promise<StoredRecord> {
    return parseRecord(expectStatus(await server.get(paths.myRecord(), this.#person.cookie), 200).text);
  }
}

/** What comes after `start` in the address that a reply leads to. */
function leadsTo(reply: RawReply, start: string): string {
  const location = expectStatus(reply, 303).headers.location ?? '';
  if (!location.startsWith(start)) throw new Error(`led to ${location}, not to ${start}…`);
  return location.slice(start.length);
}

function expectStatus(reply: RawReply, status: number): RawReply {
  if (reply.status !== status) throw new Error(`${reply.status} instead of ${status}: ${reply.text.slice(0, 300)}`);
  return reply;
}
