import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { practiceQuestion } from '#content/practice-question.ts';
import { choiceIds, toPublicQuestion } from '#domain/course/question.ts';
import type { OptionText, Scenario, ScenarioText } from '#domain/course/scenario.ts';
import { drawItem } from '#domain/exam/exam.ts';
import { type Language, languages } from '#domain/kernel/language.ts';
import { translate } from '#i18n/translate.ts';
import { examTexts, practiceTexts } from '#islands/texts.ts';
import { languageOfPath } from '#src/paths.ts';
import { answerFields, rightAnswer, wrongAnswer } from '../support/answers.ts';
import { type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import {
  courseWithOtherKey,
  makeRootWithOtherKey,
  type OtherServer,
  startFrom,
  withOtherKey,
} from '../support/other-key.ts';
import {
  course,
  handIn,
  makeAdministrator,
  makeEmployee,
  readLessons,
  type StartedExam,
  startExam,
  type WithPassword,
} from '../support/people.ts';
import { islandProps, publicQuestionShape } from '../support/public-question.ts';
import { builtFiles } from '../support/routes.ts';
import { Visitor } from '../support/visitor.ts';

/**
 * Nothing that reaches a browser before the answer is in may depend on the key. Three ways of looking:
 * by the words (feedback and exam texts in built files), by the shape (what islands are given has exactly the fields of
 * `PublicQuestion`), and by the bytes (the same site on a course with another key must answer the same).
 */

const scenarios = [...course.scenarios.values()];
const practice = scenarios.filter(({ use }) => use === 'practice');
const examItems = scenarios.filter(({ use }) => use === 'exam');
const files = builtFiles();
const pages = files.filter(({ path }) => path.endsWith('.html'));

describe('the words of the key', () => {
  // Escapes and line breaks differ between HTML, JSON and scripts: only letters and digits are compared.
  const contents = files.map(({ path, text }) => ({ path, letters: lettersOf(decoded(text)) }));
  const filesWith = (text: string) =>
    contents.filter(({ letters }) => letters.includes(lettersOf(text))).map(({ path }) => path);

  test.each([...course.exercises.keys()])('no built file holds the feedback of the exercise %s', (id) => {
    const feedback = Object.values(course.exerciseTexts.get(id) ?? {}).flatMap(({ parts }) =>
      Object.values(parts).map((part) => part.feedback),
    );
    expect(feedback.length).toBeGreaterThan(5);
    expect(feedback.flatMap((text) => filesWith(text).map((path) => ({ path, text })))).toEqual([]);
  });

  // Fails if feedback is put into a page, into the props of an island or into a bundle.
  test.each(scenarios.map(({ id }) => id))('no built file holds the feedback of %s', (id) => {
    const feedback = textsOf(id).flatMap((text) => optionTexts(text).map((option) => option.feedback));
    expect(feedback.length).toBeGreaterThan(1);
    expect(feedback.flatMap((text) => filesWith(text).map((path) => ({ path, text })))).toEqual([]);
  });

  // Fails if the list of situations, a lesson or a bundle takes exam items along with practice items.
  test.each(examItems.map(({ id }) => id))('no built file holds anything of the exam item %s', (id) => {
    const words = textsOf(id).flatMap((text) => [
      text.title,
      text.situation,
      text.remember ?? '',
      ...optionTexts(text).map((option) => option.text),
      ...Object.values(text.nodes ?? {}).map((node) => node.text),
    ]);
    // What is said in two words ("Jag väntar.") is said elsewhere too.
    const long = words.filter((text) => lettersOf(text).length >= 20);
    expect(long.length).toBeGreaterThan(1);
    expect(long.flatMap((text) => filesWith(text).map((path) => ({ path, text })))).toEqual([]);
    expect(files.filter(({ text }) => text.includes(id)).map(({ path }) => path)).toEqual([]);
  });

  // Fails if the compressed copies, which are what browsers get, are of another build.
  test('compressed files hold what the plain ones hold', () => {
    const stale = files.filter(({ path, text }) => {
      const copies = [
        [`${path}.br`, brotliDecompressSync],
        [`${path}.gz`, gunzipSync],
      ] as const;
      return copies.some(([name, open]) => {
        const file = join('dist/client', name);
        return existsSync(file) && open(readFileSync(file)).toString() !== text;
      });
    });
    expect(stale.map(({ path }) => path)).toEqual([]);
  });

  // Fails if the content itself, or a map back to the source, is copied beside the pages.
  test('nothing but pages, styles, scripts and pictures is handed out', () => {
    expect(files.map(({ path }) => path).filter((path) => !/\.(html|css|js|svg|txt)$/.test(path))).toEqual([]);
  });
});

describe('the shape of what islands are given', () => {
  const practiceProps = (language: Language) =>
    z.strictObject({
      question: publicQuestionShape,
      action: z.string(),
      language: z.literal(language),
      texts: z.literal(JSON.stringify(practiceTexts(translate(language)))),
    });
  const withTextsAsOne = (props: unknown) => {
    const { texts, ...rest } = z.looseObject({ texts: z.unknown() }).parse(props);
    return { ...rest, texts: JSON.stringify(texts) };
  };

  // Fails if a question is handed over with one field more: `right`, `claims`, `feedback`, `use`, `critical`, …
  test.each(pages.map(({ path }) => path))('%s gives its islands public questions and interface texts only', (path) => {
    const { text = '' } = pages.find((page) => page.path === path) ?? {};
    for (const props of islandProps(text)) {
      const parsed = practiceProps(languageOfPath(`/${path}`)).safeParse(withTextsAsOne(props));
      expect(parsed.error?.issues).toBeUndefined();
      const { question } = practiceProps(languageOfPath(`/${path}`)).parse(withTextsAsOne(props));
      // And the values are those of a course with another key.
      const other = practiceQuestion(courseWithOtherKey(course), question.id, languageOfPath(`/${path}`));
      if (other?.kind !== 'order') expect(JSON.stringify(question)).toBe(JSON.stringify(other));
    }
  });

  test('lessons do have practice items, so the test above has something to look at', () => {
    expect(pages.flatMap(({ text }) => islandProps(text)).length).toBeGreaterThanOrEqual(12);
  });

  // Fails if a right option gets a class, a data attribute or a tick of its own.
  test.each(pages.map(({ path }) => path))('%s marks up every choice of a question alike', (path) => {
    const { text = '' } = pages.find((page) => page.path === path) ?? {};
    for (const [, choices = ''] of text.matchAll(/<fieldset class="choices">(.*?)<\/fieldset>/gs)) {
      const labels = [...choices.matchAll(/<label.*?<\/label>|<li.*?<\/li>/gs)].map(([markup]) => skeleton(markup));
      expect(new Set(labels).size).toBe(1);
    }
  });
});

describe('two courses that differ only in their key', () => {
  const constant = () => {
    let next = 0;
    return (count: number) => Uint8Array.from({ length: count }, () => (next = (next * 181 + 59) % 251));
  };

  // Fails if `toPublicQuestion` lets anything through that depends on the key, or sorts by it.
  test.each(scenarios.map(({ id }) => id))('give the same public question of %s', (id) => {
    const scenario = scenarioOf(id);
    const order = choiceIds(scenario);
    for (const [language, text] of Object.entries(course.texts.get(id) ?? {})) {
      for (const answer of [undefined, rightAnswer(scenario), wrongAnswer(scenario)]) {
        const one = JSON.stringify(toPublicQuestion(scenario, text, order, answer));
        expect(JSON.stringify(toPublicQuestion(withOtherKey(scenario), text, order, answer)), language).toBe(one);
      }
    }
  });

  // Fails if options are drawn in an order that depends on which is right. (Steps are: never in their right order.)
  test.each(scenarios.filter(({ kind }) => kind !== 'order').map(({ id }) => id))(
    'are drawn in the same order: %s',
    (id) => {
      expect(drawItem(withOtherKey(scenarioOf(id)), constant())).toEqual(drawItem(scenarioOf(id), constant()));
    },
  );

  test('do differ: the check would see a key', () => {
    for (const scenario of scenarios) expect(JSON.stringify(withOtherKey(scenario))).not.toBe(JSON.stringify(scenario));
  });
});

describe('the running site, on two courses that differ only in their key', () => {
  let first: Replies;
  let second: Replies;
  let app: RunningApp;
  let other: OtherServer;
  let person: WithPassword;
  let exam: StartedExam;
  let judged: { readonly before: string; readonly after: string };

  /** The same requests, in the same order, of the same person with the same attempt. */
  beforeAll(async () => {
    app = await startApp();
    const admin = await makeAdministrator(app);
    person = await makeEmployee(app, admin, { name: 'Sonja Svar', email: 'sonja@lindala.example' });
    await readLessons(person);
    exam = await startExam(person);
    const scenario = practice.find(({ kind }) => kind === 'choose-one') ?? practice[0];
    const judge = async (url: string) =>
      scenario
        ? (await new Visitor(url).post(`/ova/${scenario.id}`, answerFields(scenario, rightAnswer(scenario)))).text
        : '';
    // Answers are given before either is listened to: saving one is itself a change of the page.
    await collectReplies(person, exam, app.url);
    first = await collectReplies(person, exam, app.url);
    const before = await judge(app.url);
    await app.stop();
    other = await startFrom(await makeRootWithOtherKey(course), app.dataDir, Number(new URL(app.url).port));
    second = await collectReplies(person, exam, other.url);
    judged = { before, after: await judge(other.url) };
  }, 120_000);

  afterAll(async () => {
    await other?.stop();
    await removeDataDir(app.dataDir);
  });

  // Fails if any page, props, saved answer or record depends on the key before the exam is handed in.
  test('answer every request before handing in with the same bytes', () => {
    expect(Object.keys(first).length).toBeGreaterThan(practice.length + 2 * exam.scenarios.length);
    for (const [request, reply] of Object.entries(first))
      expect({ request, reply: second[request] }).toEqual({ request, reply });
  });

  // Without this, two servers on one key would pass the test above.
  test('judge differently once the answer is in', async () => {
    expect(judged.after).not.toBe(judged.before);
    expect(Object.values(first).join('')).not.toContain(feedbackOf(exam.scenarios[0]));
    expect(await handIn(person, exam)).toBe(`/prov/${exam.attempt}/resultat`);
  });

  test('say which questions were wrong to nobody, not even after handing in', async () => {
    const replies = await Promise.all(
      ['/min-sida', `/prov/${exam.attempt}/resultat`].map((path) => person.visitor.get(path)),
    );
    for (const { text, status } of replies) {
      expect(status).toBe(200);
      for (const scenario of exam.scenarios) {
        expect(text).not.toContain(scenario.id);
        expect(lettersOf(decoded(text))).not.toContain(lettersOf(course.texts.get(scenario.id)?.sv?.title ?? '-'));
      }
    }
  });
});

describe('the exam as it is handed to a browser', () => {
  let app: RunningApp;
  let html: string;
  let exam: StartedExam;
  let visitor: Visitor;

  beforeAll(async () => {
    app = await startApp();
    const admin = await makeAdministrator(app);
    const person = await makeEmployee(app, admin, { name: 'Pia Prov', email: 'pia@lindala.example' });
    await readLessons(person);
    exam = await startExam(person);
    visitor = person.visitor;
    html = (await visitor.get(`/prov/${exam.attempt}`)).text;
  });
  afterAll(() => endApp(app));

  // Fails if the props of the exam's island get a field more, in a question or beside them.
  test('gives its island public questions, own answers and interface texts only', () => {
    const shape = z.strictObject({
      attempt: z.literal(exam.attempt),
      questions: z.array(publicQuestionShape).length(exam.scenarios.length),
      answers: z.strictObject({}),
      action: z.string(),
      answerAction: z.string(),
      signInUrl: z.string(),
      texts: z.unknown(),
    });
    const [props, ...others] = islandProps(html);
    expect(others).toEqual([]);
    expect(shape.safeParse(props).error?.issues).toBeUndefined();
    expect(shape.parse(props).texts).toEqual(examTexts(translate('sv')));
  });

  // Fails if `/ova` judges, or shows, whatever scenario it is asked for.
  test.each(examItems.map(({ id }) => id))('the exam item %s cannot be tried out as practice', async (id) => {
    const scenario = scenarioOf(id);
    const seen = await visitor.get(`/ova/${id}`);
    const tried = await visitor.post(`/ova/${id}`, answerFields(scenario, rightAnswer(scenario)));
    expect(seen.status).toBe(404);
    expect(tried.status).toBeGreaterThanOrEqual(404);
    const absent = await visitor.post('/ova/finns-inte-alls', answerFields(scenario, rightAnswer(scenario)));
    expect(lettersOf(tried.text.replaceAll(id, ''))).toBe(lettersOf(absent.text.replaceAll('finns-inte-alls', '')));
  });

  test.each(languages)('nor can what is practised be read before the answer: %s', async (language) => {
    const reader = new Visitor(app.url);
    await reader.post('/sprak', { language, return: '/' });
    for (const { id } of practice) {
      const { text } = await reader.get(`/ova/${id}`);
      for (const one of textsOf(id).flatMap(optionTexts))
        expect(lettersOf(decoded(text))).not.toContain(lettersOf(one.feedback));
    }
  });
});

type Replies = Readonly<Record<string, string>>;

/** Everything a person can be told before handing in: pages, props, every answer saved, right and wrong. */
async function collectReplies(person: WithPassword, exam: StartedExam, url: string): Promise<Replies> {
  const replies: Record<string, string> = {};
  const passer = new Visitor(url);
  for (const { id, kind } of practice)
    if (kind !== 'order') replies[`GET /ova/${id}`] = (await passer.get(`/ova/${id}`)).text;
  const paths = ['/min-sida', '/min-sida/uppgifter.json', `/prov/${exam.attempt}`, `/prov/${exam.attempt}/granska`];
  for (const answerTo of [wrongAnswer, rightAnswer]) {
    for (const scenario of exam.scenarios) {
      const answer = answerTo(scenario);
      const saved = await person.visitor.postJson(`/prov/${exam.attempt}/svar`, { scenario: scenario.id, answer });
      replies[`${answerTo.name} to ${scenario.id}`] = `${saved.status} ${saved.text}`;
    }
    for (const path of paths) replies[`${answerTo.name}, GET ${path}`] = (await person.visitor.get(path)).text;
    const form = await person.visitor.post(`/prov/${exam.attempt}`, { action: 'save:1' });
    replies[`${answerTo.name}, saving by the form`] = `${form.status} ${form.location} ${form.text}`;
  }
  return replies;
}

function scenarioOf(id: string): Scenario {
  const scenario = course.scenarios.get(id);
  if (!scenario) throw new Error(`no scenario ${id}`);
  return scenario;
}

function feedbackOf(scenario: Scenario | undefined): string {
  return textsOf(scenario?.id ?? '').flatMap(optionTexts)[0]?.feedback ?? '-';
}

/** The prose of a scenario in each of its languages. */
function textsOf(id: string): ScenarioText[] {
  return Object.values(course.texts.get(id) ?? {});
}

function optionTexts(text: ScenarioText): OptionText[] {
  const replies = Object.values(text.nodes ?? {}).flatMap((node) => Object.values(node.replies));
  return [...Object.values(text.options ?? {}), ...Object.values(text.steps ?? {}), ...replies];
}

function decoded(text: string): string {
  const entities: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'" };
  return text
    .replace(/\\u([0-9a-f]{4})|&#x([0-9a-f]+);/gi, (_, one: string, two: string) =>
      String.fromCodePoint(Number.parseInt(one ?? two, 16)),
    )
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(quot|amp|lt|gt|apos);/g, (_, name: string) => entities[name] ?? '')
    .replace(/\\[ntr]/g, ' ');
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Markup with what must differ between choices taken out: their texts, ids, and a step's place. */
function skeleton(markup: string): string {
  return markup
    .replace(/<select.*?<\/select>/gs, '<select>')
    .replace(/ (value|aria-label|name)="[^"]*"/g, '')
    .replace(/>[^<]+</g, '><');
}
