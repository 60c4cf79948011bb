import type { Answer, ConversationScenario, Scenario } from '#domain/course/scenario.ts';
import type { Attempt, ExamResult } from '#domain/exam/exam.ts';
import type { RandomBytes } from '#domain/kernel/ids.ts';
import { randomIndex } from '#domain/kernel/random.ts';

interface Guess {
  readonly answer: Answer;
  /** How likely it is to be the right one, as far as the bot knows. */
  weight: number;
}

/**
 * A program that has read nothing. It knows each question's answers that can be given, tries the likeliest, and learns from
 * all that a failed exam says: how many were right, and which lessons are to be read again (where one is not named, every
 * question of it was right). It keeps what it has learnt from one attempt, and from one person, to the next.
 */
export class GuessingBot {
  readonly #guesses = new Map<string, Guess[]>();
  readonly #random: RandomBytes;

  constructor(random: RandomBytes) {
    this.#random = random;
  }

  answersTo(scenarios: readonly Scenario[]): Record<string, Answer> {
    return Object.fromEntries(scenarios.map((scenario) => [scenario.id, this.#likeliest(scenario).answer]));
  }

  /** @param attempt with the bot's own answers, just judged */
  learn(attempt: Attempt, { right, total, reread }: ExamResult, scenarios: readonly Scenario[]): void {
    const tried = scenarios.map((scenario) => {
      const said = JSON.stringify(attempt.answers[scenario.id]);
      const guesses = this.#guessesOf(scenario);
      const guess = guesses.find(({ answer }) => JSON.stringify(answer) === said);
      if (!guess) throw new Error('the bot has answered something else');
      return { guesses, guess, lesson: scenario.lesson, before: guess.weight };
    });
    const fits = (chances: readonly number[]) =>
      chanceOf(
        tried.map(({ lesson }, place) => ({ lesson, chance: chances[place] ?? 0 })),
        total - right,
        reread,
      );
    const prior = tried.map(({ before }) => before);
    const whole = fits(prior);
    if (whole <= 0) return;
    for (const [place, { guesses, guess, before }] of tried.entries()) {
      const ifRight = fits(prior.map((chance, other) => (other === place ? 1 : chance)));
      const after = Math.min(1, (before * ifRight) / whole);
      const rest = before < 1 ? (1 - after) / (1 - before) : 0;
      for (const other of guesses) other.weight = other === guess ? after : other.weight * rest;
    }
  }

  #likeliest(scenario: Scenario): Guess {
    const guesses = this.#guessesOf(scenario);
    const most = Math.max(...guesses.map(({ weight }) => weight));
    const best = guesses.filter(({ weight }) => weight >= most - 1e-9);
    return best[randomIndex(best.length, this.#random)] as Guess;
  }

  #guessesOf(scenario: Scenario): Guess[] {
    const known = this.#guesses.get(scenario.id);
    if (known) return known;
    const answers = everyAnswerTo(scenario);
    const guesses = answers.map((answer) => ({ answer, weight: 1 / answers.length }));
    this.#guesses.set(scenario.id, guesses);
    return guesses;
  }
}

/** How likely so many wrong ones are, at least one of them in each lesson to be read again and none in any other. */
function chanceOf(
  questions: readonly { readonly lesson: string; readonly chance: number }[],
  wrong: number,
  reread: readonly string[],
): number {
  let byWrong = [1];
  for (const [lesson, ofLesson] of Map.groupBy(questions, (question) => question.lesson)) {
    let own = [1];
    for (const { chance } of ofLesson) own = product(own, [chance, 1 - chance]);
    const allowed = own.map((likely, count) => (count > 0 === reread.includes(lesson) ? likely : 0));
    byWrong = product(byWrong, allowed);
  }
  return byWrong[wrong] ?? 0;
}

function product(one: readonly number[], other: readonly number[]): number[] {
  const both = Array.from({ length: one.length + other.length - 1 }, () => 0);
  for (const [a, first] of one.entries()) {
    for (const [b, second] of other.entries()) both[a + b] = (both[a + b] ?? 0) + first * second;
  }
  return both;
}

function everyAnswerTo(scenario: Scenario): Answer[] {
  switch (scenario.kind) {
    case 'choose-one':
      return scenario.options.map(({ id }) => ({ kind: 'choose-one', option: id }));
    case 'choose-all':
      return subsets(scenario.options.map(({ id }) => id)).map((options) => ({ kind: 'choose-all', options }));
    case 'order':
      return permutations(scenario.steps.map(({ id }) => id)).map((steps) => ({ kind: 'order', steps }));
    case 'conversation':
      return ways(scenario, scenario.start).map((path) => ({ kind: 'conversation', path }));
  }
}

/** Two at least: the question says that several are right. */
function subsets(ids: readonly string[]): string[][] {
  const all: string[][] = [[]];
  for (const id of ids) all.push(...all.map((one) => [...one, id]));
  return all.filter(({ length }) => length >= 2);
}

function permutations(ids: readonly string[]): string[][] {
  if (ids.length <= 1) return [[...ids]];
  return ids.flatMap((id) => permutations(ids.filter((other) => other !== id)).map((rest) => [id, ...rest]));
}

function ways({ nodes }: ConversationScenario, node: string): string[][] {
  const replies = nodes[node]?.replies ?? [];
  if (replies.length === 0) return [[]];
  return replies.flatMap(({ id, to }) => ways({ nodes } as ConversationScenario, to).map((rest) => [id, ...rest]));
}
