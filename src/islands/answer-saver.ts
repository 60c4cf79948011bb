import type { PublicQuestion } from '#domain/course/question.ts';
import type { Answer } from '#domain/course/scenario.ts';
import { keepSpare, spareOf } from './spare-copy.ts';

export type SaveState = 'idle' | 'saving' | 'saved' | 'failed' | 'signed-out';

export interface AnswerSaverOptions {
  readonly attempt: string;
  readonly address: string;
  /** Ids of the questions on the page. */
  readonly questions: readonly string[];
  readonly report: (state: SaveState) => void;
  readonly onQuestion: (question: PublicQuestion) => void;
}

/**
 * Sends answers one at a time, the newest of each question. What could not be sent is kept in the tab, survives a
 * reload where the browser lets it, and is sent again when the network is back or the person asks. An answer to a question that is no longer in
 * the exam (a new edition of the course withdrew it) is let go, so that it does not stand in the way of the others.
 */
export class AnswerSaver {
  #waiting: Map<string, Answer>;
  #sending = false;
  readonly #key: string;
  readonly #address: string;
  readonly #report: (state: SaveState) => void;
  readonly #onQuestion: (question: PublicQuestion) => void;
  readonly #onOnline = () => void this.#send();

  constructor({ attempt, address, questions, report, onQuestion }: AnswerSaverOptions) {
    this.#key = `prov:${attempt}`;
    this.#address = address;
    this.#report = report;
    this.#onQuestion = onQuestion;
    const kept = (spareOf(this.#key) ?? []) as [string, Answer][];
    this.#waiting = new Map(kept.filter(([scenario]) => questions.includes(scenario)));
    this.#keep();
    addEventListener('online', this.#onOnline);
    if (this.#waiting.size > 0) void this.#send();
  }

  /** Answers of an earlier load of this page that have not reached the server. */
  get unsaved(): Readonly<Record<string, Answer>> {
    return Object.fromEntries(this.#waiting);
  }

  save(scenario: string, answer: Answer): void {
    this.#waiting.set(scenario, answer);
    this.#keep();
    void this.#send();
  }

  retry(): void {
    void this.#send();
  }

  stop(): void {
    removeEventListener('online', this.#onOnline);
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    this.#report('saving');
    let state: SaveState = 'saved';
    let isOutdated = false;
    for (const [scenario, answer] of this.#waiting) {
      const reply = await this.#post(scenario, answer);
      if (reply !== 'saved' && reply !== 'refused') {
        state = reply;
        break;
      }
      isOutdated ||= reply === 'refused';
      if (this.#waiting.get(scenario) === answer) this.#waiting.delete(scenario);
      this.#keep();
    }
    this.#sending = false;
    if (state === 'saved' && this.#waiting.size > 0) return this.#send();
    // The page shows a question that the server no longer asks.
    if (isOutdated && state === 'saved') return location.reload();
    this.#report(state);
  }

  async #post(scenario: string, answer: Answer): Promise<SaveState | 'refused'> {
    try {
      const response = await fetch(this.#address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ scenario, answer }),
      });
      if (response.status === 401) return 'signed-out';
      // Already handed in, in another tab: the result is what there is to see now.
      if (response.status === 409) location.reload();
      if (response.status === 422) return 'refused';
      if (!response.ok) return 'failed';
      const { question } = (await response.json()) as { question?: PublicQuestion };
      if (question) this.#onQuestion(question);
      return 'saved';
    } catch {
      // fetch rejects when the network is gone.
      return 'failed';
    }
  }

  #keep(): void {
    keepSpare(this.#key, this.#waiting.size === 0 ? undefined : [...this.#waiting]);
  }
}
