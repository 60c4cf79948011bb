import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Course } from '#domain/course.ts';
import type { Answer } from '#domain/scenario.ts';
import { paths } from '#src/paths.ts';
import { rightAnswer, wrongAnswer } from '../support/answers.ts';
import type { Connections, RawReply } from '../support/connections.ts';
import type { ReadyPerson } from '../support/ready-people.ts';

/** What the server tells a person is stored about them (/min-sida/uppgifter.json), as far as the exam goes. */
const recordSchema = z.object({
  attempts: z.array(
    z.object({
      id: z.string(),
      items: z.array(z.object({ scenario: z.string(), version: z.number(), order: z.array(z.string()) })),
      answers: z.record(z.string(), z.unknown()),
      result: z.looseObject({ passed: z.boolean() }).optional(),
    }),
  ),
  certificates: z.array(z.looseObject({ code: z.string() })),
});
type StoredRecord = z.infer<typeof recordSchema>;
type StoredAttempt = StoredRecord['attempts'][number];

/** One attempt as the person has been told that it is: each part once its reply has come. */
interface KnownAttempt {
  readonly id: string;
  items?: StoredAttempt['items'];
  readonly answers: Map<string, Answer>;
  /** Where handing in led: the certificate's code, or `failed`. */
  outcome?: string;
  result?: StoredAttempt['result'];
}

/** Sent, and no reply has come: the server may have done it or not. */
type Unanswered =
  | { readonly kind: 'start' }
  | { readonly kind: 'answer'; readonly scenario: string; readonly answer: Answer }
  | { readonly kind: 'hand-in' };

export interface Acknowledged {
  answers: number;
  results: number;
  certificates: number;
}

/**
 * A person who takes the exam, at times until it is passed, changes answers on the way, and remembers every reply. After
 * a crash they go on as people do: look at what is there, and send again what got no reply.
 */
export class Examinee {
  readonly acknowledged: Acknowledged = { answers: 0, results: 0, certificates: 0 };
  readonly person: ReadyPerson;
  readonly #course: Course;
  readonly #random: () => number;
  /** So many attempts fail first. */
  readonly #failures: number;
  readonly #attempts: KnownAttempt[] = [];
  /** The public reply to each certificate's code. */
  readonly #certificates = new Map<string, string>();
  #unanswered: Unanswered | undefined;

  constructor(person: ReadyPerson, course: Course, random: () => number) {
    this.person = person;
    this.#course = course;
    this.#random = random;
    this.#failures = Math.floor(random() * 3);
  }

  /** Has a request of theirs been cut off? */
  get isInDoubt(): boolean {
    return this.#unanswered !== undefined;
  }

  get isCertified(): boolean {
    return this.#certificates.size > 0;
  }

  /** Makes the next request there is to make. @throws ConnectionLostError */
  async step(server: Connections): Promise<void> {
    const attempt = this.#attempts.at(-1);
    if (!attempt || attempt.result?.passed === false) return this.#start(server);
    if (!attempt.items) return this.#readDraw(server, attempt);
    const answer = this.#nextAnswer(attempt);
    if (answer) return this.#answer(server, attempt, answer.scenario, answer.answer);
    if (!attempt.outcome) return this.#handIn(server, attempt);
    return this.#readResult(server, attempt);
  }

  async #start(server: Connections): Promise<void> {
    this.#unanswered = { kind: 'start' };
    const reply = await this.#post(server, paths.exam(), {});
    this.#attempts.push({ id: leadsTo(reply, '/prov/'), answers: new Map() });
    this.#unanswered = undefined;
  }

  async #readDraw(server: Connections, attempt: KnownAttempt): Promise<void> {
    expect(await server.get(paths.attempt(attempt.id), this.person.cookie), 200);
    attempt.items = (await this.#record(server)).attempts.find(({ id }) => id === attempt.id)?.items ?? [];
  }

  /** The first question that has no answer yet; now and then, another answer to one that has. */
  #nextAnswer({ items = [], answers, outcome }: KnownAttempt): { scenario: string; answer: Answer } | undefined {
    if (outcome) return undefined;
    const changed = this.#random() < 0.2 ? items[Math.floor(this.#random() * items.length)] : undefined;
    const next = items.find(({ scenario }) => !answers.has(scenario));
    const question = next && changed && answers.has(changed.scenario) ? changed : next;
    const scenario = question && this.#course.scenarios.get(question.scenario);
    if (!scenario) return undefined;
    const isRight = question === next && this.#attempts.length > this.#failures;
    return { scenario: scenario.id, answer: isRight ? rightAnswer(scenario) : wrongAnswer(scenario) };
  }

  async #answer(server: Connections, attempt: KnownAttempt, scenario: string, answer: Answer): Promise<void> {
    this.#unanswered = { kind: 'answer', scenario, answer };
    const json = { scenario, answer };
    expect(await server.post(paths.attemptAnswer(attempt.id), { cookie: this.person.cookie, json }), 200);
    attempt.answers.set(scenario, answer);
    this.#unanswered = undefined;
    this.acknowledged.answers += 1;
  }

  async #handIn(server: Connections, attempt: KnownAttempt): Promise<void> {
    this.#unanswered = { kind: 'hand-in' };
    const reply = await this.#post(server, paths.attempt(attempt.id), { action: 'hand-in' });
    attempt.outcome = await this.#outcome(server, reply, attempt.id);
    this.#unanswered = undefined;
    this.acknowledged.results += 1;
  }

  /** Handed in before, the page leads to the result, and that to the certificate if there is one. */
  async #outcome(server: Connections, reply: RawReply, attempt: string): Promise<string> {
    expect(reply, 303);
    if (reply.headers.location !== paths.attemptResult(attempt)) return leadsTo(reply, '/intyg/');
    const result = await server.get(paths.attemptResult(attempt), this.person.cookie);
    return result.status === 200 ? 'failed' : leadsTo(result, '/intyg/');
  }

  async #readResult(server: Connections, attempt: KnownAttempt): Promise<void> {
    const { outcome = 'failed' } = attempt;
    attempt.result = (await this.#record(server)).attempts.find(({ id }) => id === attempt.id)?.result;
    if (outcome === 'failed') return;
    this.#certificates.set(outcome, expect(await server.get(paths.certificateJson(outcome)), 200).text);
    this.acknowledged.certificates += 1;
  }

  /**
   * Compares what the server has with what the person has been told, and takes over what had been done of the request
   * that got no reply.
   *
   * @returns what was lost, doubled or changed, a sentence each
   */
  async lookForLosses(server: Connections): Promise<readonly string[]> {
    const record = await this.#record(server);
    const wrong = [
      ...this.#wrongAttempts(record),
      ...this.#attempts.flatMap((attempt) => this.#wrongIn(attempt, record)),
      ...wrongCertificates(record),
      ...(await this.#changedCertificates(server)),
    ];
    this.#settle(record);
    return wrong.map((sentence) => `${this.person.id}: ${sentence}`);
  }

  #wrongAttempts({ attempts }: StoredRecord): string[] {
    const known = this.#attempts.map(({ id }) => id);
    const stored = attempts.map(({ id }) => id);
    const mayHaveStarted = this.#unanswered?.kind === 'start' ? [known.length, known.length + 1] : [known.length];
    const isAsTold = known.every((id, place) => stored[place] === id) && new Set(stored).size === stored.length;
    return isAsTold && mayHaveStarted.includes(stored.length) ? [] : [`attempts ${known} have become ${stored}`];
  }

  #wrongIn(attempt: KnownAttempt, { attempts, certificates }: StoredRecord): string[] {
    const stored = attempts.find(({ id }) => id === attempt.id);
    if (!stored) return [`attempt ${attempt.id} is gone`];
    const wrong: string[] = [];
    const inDoubt = attempt === this.#attempts.at(-1) ? this.#unanswered : undefined;
    if (attempt.items && !isDeepStrictEqual(stored.items, attempt.items)) wrong.push('other questions than were drawn');
    for (const scenario of new Set([...attempt.answers.keys(), ...Object.keys(stored.answers)])) {
      const possible = [attempt.answers.get(scenario)];
      if (inDoubt?.kind === 'answer' && inDoubt.scenario === scenario) possible.push(inDoubt.answer);
      if (!possible.some((answer) => isDeepStrictEqual(stored.answers[scenario], answer))) {
        wrong.push(`the answer to ${scenario} is not the one that was saved`);
      }
    }
    if (attempt.outcome ? !stored.result : stored.result && inDoubt?.kind !== 'hand-in') {
      wrong.push(attempt.outcome ? 'the result is gone' : 'a result of an exam that was not handed in');
    }
    if (attempt.result && !isDeepStrictEqual(stored.result, attempt.result)) wrong.push('the result has changed');
    const hasCertificate = certificates.some(({ code }) => code === attempt.outcome);
    if (attempt.outcome && attempt.outcome !== 'failed' && !hasCertificate) wrong.push('the certificate is gone');
    return wrong;
  }

  async #changedCertificates(server: Connections): Promise<string[]> {
    const wrong: string[] = [];
    for (const [code, text] of this.#certificates) {
      const reply = await server.get(paths.certificateJson(code));
      if (reply.status !== 200 || reply.text !== text) wrong.push(`certificate ${code}: ${reply.status} ${reply.text}`);
    }
    return wrong;
  }

  #settle(record: StoredRecord): void {
    const unanswered = this.#unanswered;
    this.#unanswered = undefined;
    if (unanswered?.kind === 'start') {
      const started = record.attempts[this.#attempts.length];
      if (started) this.#attempts.push({ id: started.id, answers: new Map() });
    }
    const attempt = this.#attempts.at(-1);
    const stored = record.attempts.find(({ id }) => id === attempt?.id);
    if (unanswered?.kind === 'answer' && isDeepStrictEqual(stored?.answers[unanswered.scenario], unanswered.answer)) {
      attempt?.answers.set(unanswered.scenario, unanswered.answer);
    }
    // Handed in without a reply, the person presses the button again. If the server had it, there must be one result still.
    if (unanswered?.kind === 'hand-in' && attempt && stored?.result) attempt.result = stored.result;
  }

  async #record(server: Connections): Promise<StoredRecord> {
    const reply = expect(await server.get(paths.myRecord(), this.person.cookie), 200);
    return recordSchema.parse(JSON.parse(reply.text));
  }

  #post(server: Connections, path: string, form: Readonly<Record<string, string>>): Promise<RawReply> {
    return server.post(path, { cookie: this.person.cookie, form });
  }
}

function wrongCertificates({ attempts, certificates }: StoredRecord): string[] {
  const passed = attempts.filter(({ result }) => result?.passed).length;
  return passed === certificates.length ? [] : [`${passed} exams passed and ${certificates.length} certificates`];
}

function leadsTo(reply: RawReply, start: string): string {
  const location = expect(reply, 303).headers.location ?? '';
  if (!location.startsWith(start)) throw new Error(`leads to ${location} and not to ${start}…`);
  return location.slice(start.length);
}

function expect(reply: RawReply, status: number): RawReply {
  if (reply.status !== status) throw new Error(`${reply.status} instead of ${status}: ${reply.text.slice(0, 300)}`);
  return reply;
}
