import type { PublicQuestion } from '#domain/question.ts';
import type { Answer } from '#domain/scenario.ts';

export type SaveState = 'idle' | 'saving' | 'saved' | 'failed' | 'signed-out';

/**
 * Sends answers one at a time, the newest of each question. What could not be sent is kept in the tab, survives a
 * reload, and is sent again when the network is back or the person asks.
 */
export class AnswerSaver {
  #waiting: Map<string, Answer>;
  #sending = false;
  readonly #key: string;
  readonly #address: string;
  readonly #report: (state: SaveState) => void;
  readonly #onQuestion: (question: PublicQuestion) => void;
  readonly #onOnline = () => void this.#send();

  constructor(
    attempt: string,
    address: string,
    report: (state: SaveState) => void,
    onQuestion: (question: PublicQuestion) => void,
  ) {
    this.#key = `prov:${attempt}`;
    this.#address = address;
    this.#report = report;
    this.#onQuestion = onQuestion;
    this.#waiting = new Map(JSON.parse(sessionStorage.getItem(this.#key) ?? '[]') as [string, Answer][]);
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
    for (const [scenario, answer] of this.#waiting) {
      state = await this.#post(scenario, answer);
      if (state !== 'saved') break;
      if (this.#waiting.get(scenario) === answer) this.#waiting.delete(scenario);
      this.#keep();
    }
    this.#sending = false;
    if (state === 'saved' && this.#waiting.size > 0) return this.#send();
    this.#report(state);
  }

  async #post(scenario: string, answer: Answer): Promise<SaveState> {
    try {
      const response = await fetch(this.#address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ scenario, answer }),
      });
      if (response.status === 401) return 'signed-out';
      // Already handed in, in another tab: the result is what there is to see now.
      if (response.status === 409) location.reload();
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
    if (this.#waiting.size === 0) sessionStorage.removeItem(this.#key);
    else sessionStorage.setItem(this.#key, JSON.stringify([...this.#waiting]));
  }
}
