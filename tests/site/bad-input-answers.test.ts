import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scenario } from '#domain/course/scenario.ts';
import { rightAnswer } from '../support/answers.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { plain } from '../support/html.ts';
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
import { saying } from '../support/words.ts';

describe('an answer that is none', () => {
  let app: RunningApp;
  let person: WithPassword;
  let exam: StartedExam;
  beforeAll(async () => {
    app = await startApp();
    person = await makeEmployee(app, await makeAdministrator(app), {
      name: 'Sanna Svar',
      email: 'sanna@lindala.example',
    });
    await readLessons(person);
    exam = await startExam(person);
  });
  afterAll(() => endApp(app));

  /** A right answer to the first scenario of the course that is like this. */
  const answerTo = (isLike: (scenario: Scenario) => boolean) => {
    const scenario = [...course.scenarios.values()].find(isLike);
    if (!scenario) throw new Error('no such scenario');
    return { scenario: scenario.id, answer: rightAnswer(scenario) };
  };
  const isDrawn = ({ id }: Scenario) => exam.scenarios.some((scenario) => scenario.id === id);
  const one = () => answerTo((scenario) => scenario.kind === 'choose-one' && isDrawn(scenario));
  const notDrawn = () => answerTo((scenario) => scenario.use === 'exam' && !isDrawn(scenario));
  const ofPractice = () => answerTo((scenario) => scenario.use === 'practice');

  const refused: Readonly<Record<string, readonly [status: number, body: () => string]>> = {
    nothing: [400, () => ''],
    'half of it': [400, () => JSON.stringify(one()).slice(0, -3)],
    'a form': [400, () => 'scenario=x&answer=y'],
    null: [400, () => 'null'],
    'a list': [400, () => '[]'],
    'a number': [400, () => '1e999'],
    'a text': [400, () => '"x"'],
    'brackets without end': [400, () => '['.repeat(30_000)],
    'no scenario': [400, () => JSON.stringify({ answer: one().answer })],
    'no answer': [400, () => JSON.stringify({ scenario: one().scenario })],
    'a kind that is none': [
      400,
      () => JSON.stringify({ scenario: one().scenario, answer: { kind: 'guess', option: 'a' } }),
    ],
    'an option that is a number': [
      400,
      () => JSON.stringify({ scenario: one().scenario, answer: { kind: 'choose-one', option: 1 } }),
    ],
    'a list without end': [
      400,
      () =>
        JSON.stringify({
          scenario: one().scenario,
          answer: { kind: 'choose-all', options: Array.from({ length: 5_000 }, () => 'a') },
        }),
    ],
    'a very long option': [
      400,
      () => JSON.stringify({ scenario: one().scenario, answer: { kind: 'choose-one', option: 'a'.repeat(5_000) } }),
    ],
    'an option that is not there': [
      422,
      () => JSON.stringify({ scenario: one().scenario, answer: { kind: 'choose-one', option: 'finns-inte' } }),
    ],
    'an answer of another kind': [
      422,
      () => JSON.stringify({ scenario: one().scenario, answer: { kind: 'order', steps: ['a', 'b'] } }),
    ],
    'an exam question that was not drawn': [422, () => JSON.stringify(notDrawn())],
    'a practice item': [422, () => JSON.stringify(ofPractice())],
    'a scenario that is not there': [422, () => JSON.stringify({ scenario: 'finns-inte', answer: one().answer })],
    'a prototype': [422, () => JSON.stringify({ scenario: '__proto__', answer: one().answer })],
  };

  test.each(Object.entries(refused))(
    '%s is refused with a reason, and nothing is stored',
    async (_name, [status, body]) => {
      const before = (await person.visitor.get('/min-sida/uppgifter.json')).text;
      const reply = await person.visitor.request('POST', `/prov/${exam.attempt}/svar`, {
        body: body(),
        headers: { 'content-type': 'application/json' },
      });
      expect(reply.status).toBe(status);
      expect(JSON.parse(reply.text)).toEqual({
        error: expect.stringMatching(/^[a-z-]+$/),
        text: expect.stringMatching(/\.$/),
      });
      expect((await person.visitor.get('/min-sida/uppgifter.json')).text).toBe(before);
    },
  );

  test('fields beside the answer are not stored', async () => {
    const { scenario, answer } = one();
    const sent = { scenario, answer: { ...answer, right: true, extra: 'x' }, person: 'someone', handedInAt: 'now' };
    expect((await person.visitor.postJson(`/prov/${exam.attempt}/svar`, sent)).status).toBe(200);
    expect((await person.visitor.get('/min-sida/uppgifter.json')).text).not.toMatch(/"extra"|"someone"|handedInAt/);
  });

  test('a form with answers to other questions, or to none, stores none of them', async () => {
    const before = (await person.visitor.get('/min-sida/uppgifter.json')).text;
    const other = notDrawn().scenario;
    await person.visitor.post(`/prov/${exam.attempt}`, {
      [`q.${other}`]: 'a',
      [`q.${one().scenario}`]: 'finns-inte',
      'q.__proto__': 'a',
      action: 'save:999',
    });
    expect((await person.visitor.get('/min-sida/uppgifter.json')).text).toBe(before);
  });

  test('an exam that is not answered is not handed in, and the page says what is missing', async () => {
    expect(await handIn(person, exam)).toBe(`/prov/${exam.attempt}/granska`);
    const review = await person.visitor.get(`/prov/${exam.attempt}/granska`);
    expect(plain(review.text)).toMatch(saying('exam.missing'));
  });
});
