import { describe, expect, test } from 'vitest';
import { progressOf } from '#domain/assignment/progress.ts';
import { requiredRight } from '#domain/exam/exam.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import { categories } from '#domain/kernel/category.ts';
import { currentPolicy } from '#usecases/assignment/assignment-policy.ts';
import { answersTo, begin, fail } from '../../../tests/support/attempts.ts';
import { everybody, learner, testServices } from '../../../tests/support/test-services.ts';
import { findCertificate } from './find-certificate.ts';
import { certificateOf, handInExam, openAttempt, saveAnswers, startExam } from './take-exam.ts';

describe('starting', () => {
  test('needs every lesson of the track', async () => {
    const world = testServices();
    const id = await learner(world, { readAll: false });
    expect(await startExam(world.services, id)).toEqual({ ok: false, reason: 'lessons-left' });
    expect((await world.person(id)).attempts).toEqual([]);
  });

  test('again, or in ten tabs at once, goes on with the attempt there is', async () => {
    const world = testServices();
    const id = await learner(world);
    const results = await Promise.all(Array.from({ length: 10 }, () => startExam(world.services, id)));
    expect(new Set(results.map((result) => (result.ok ? result.attempt : result.reason))).size).toBe(1);
    expect((await world.person(id)).attempts).toHaveLength(1);
  });

  test('is refused to whoever holds a valid certificate, and open when it has expired', async () => {
    const world = testServices();
    const id = await learner(world);
    const { attempt, scenarios } = await begin(world, id);
    await handInExam(world.services, id, attempt.id, answersTo(scenarios));
    expect(await startExam(world.services, id)).toEqual({ ok: false, reason: 'already-certified' });
    world.pass({ minutes: 366 * 24 * 60 });
    expect((await startExam(world.services, id)).ok).toBe(true);
  });

  test('is open again 60 days before the certificate ends, and a new one comes beside it', async () => {
    const world = testServices();
    const id = await learner(world);
    const first = await begin(world, id);
    await handInExam(world.services, id, first.attempt.id, answersTo(first.scenarios));
    world.pass({ minutes: (365 - 61) * 24 * 60 });
    expect(await startExam(world.services, id)).toEqual({ ok: false, reason: 'already-certified' });
    world.pass({ minutes: 24 * 60 });
    const second = await begin(world, id);
    expect((await world.person(id)).certificates).toHaveLength(1);
    await handInExam(world.services, id, second.attempt.id, answersTo(second.scenarios));
    const [old, renewed] = (await world.person(id)).certificates;
    expect([old?.validUntil, renewed?.validUntil]).toEqual(['2027-06-10', '2028-04-11']);
    expect(await findCertificate(world.services, old?.code ?? '', undefined)).toMatchObject({ state: 'valid' });
    expect(await startExam(world.services, id)).toEqual({ ok: false, reason: 'already-certified' });
  });

  test('is of the course that is to be taken now: an extra one when the own is done', async () => {
    const world = testServices();
    const id = await learner(world);
    const own = await begin(world, id);
    await handInExam(world.services, id, own.attempt.id, answersTo(own.scenarios));
    await world.services.store.people.update(id, (person) => {
      const at = world.services.clock().toISOString();
      const due = dateOf(world.services.clock());
      const given = { track: 'summer-worker', at, by: person.pseudonym, reason: 'Därför', due } as const;
      return { save: { ...person, decisions: [{ kind: 'assign', id: 'a', ...given }] }, result: undefined };
    });
    const extra = await begin(world, id);
    expect(extra.attempt.track).toBe('summer-worker');
    await handInExam(world.services, id, extra.attempt.id, answersTo(extra.scenarios));
    expect((await world.person(id)).certificates.map(({ track }) => track)).toEqual(['new-employee', 'summer-worker']);
    expect(await startExam(world.services, id)).toEqual({ ok: false, reason: 'already-certified' });
  });

  test('is paused after the third failed attempt, for an hour, and after the sixth', async () => {
    const world = testServices();
    const id = await learner(world);
    for (let round = 0; round < 2; round++) {
      for (let time = 0; time < 3; time++) await fail(world, id);
      const until = new Date(world.services.clock().getTime() + 60 * 60_000).toISOString();
      expect(await startExam(world.services, id)).toEqual({ ok: false, reason: 'exam-paused', until });
      world.pass({ minutes: 59 });
      expect(await startExam(world.services, id)).toMatchObject({ reason: 'exam-paused' });
      world.pass({ minutes: 1 });
    }
    expect((await startExam(world.services, id)).ok).toBe(true);
  });

  test('after a failed attempt draws other questions while there are any', async () => {
    const world = testServices();
    const id = await learner(world);
    await fail(world, id);
    const { attempt } = await begin(world, id);
    const [first] = (await world.person(id)).attempts;
    const before = new Set(first?.items.map(({ scenario }) => scenario));
    const again = attempt.items.filter(({ scenario }) => before.has(scenario));
    expect(again.length).toBeLessThan(attempt.items.length / 2);
  });
});

describe('saving', () => {
  test('keeps each answer, in the person’s own document, and the last one counts', async () => {
    const world = testServices();
    const id = await learner(world);
    const { attempt, scenarios } = await begin(world, id);
    const [wrong, right] = [answersTo(scenarios, () => false), answersTo(scenarios)];
    for (const scenario of scenarios) {
      for (const answers of [wrong, right]) {
        const given = { [scenario.id]: answers[scenario.id] ?? { kind: 'choose-one', option: '' } };
        expect(await saveAnswers(world.services, id, attempt.id, given)).toEqual({ ok: true });
      }
    }
    expect((await world.person(id)).attempts[0]?.answers).toEqual(right);
  });

  test('from many tabs at once loses none', async () => {
    const world = testServices();
    const id = await learner(world);
    const { attempt, scenarios } = await begin(world, id);
    const answers = answersTo(scenarios);
    await Promise.all(
      Object.entries(answers).map(([one, answer]) => saveAnswers(world.services, id, attempt.id, { [one]: answer })),
    );
    expect((await world.person(id)).attempts[0]?.answers).toEqual(answers);
  });

  test('keeps all that were sent together, or none', async () => {
    const world = testServices();
    const id = await learner(world);
    const { attempt, scenarios } = await begin(world, id);
    const answers = { ...answersTo(scenarios), 'finns-inte': { kind: 'choose-one', option: 'a' } as const };
    expect(await saveAnswers(world.services, id, attempt.id, answers)).toEqual({ ok: false, reason: 'not-in-attempt' });
    expect((await world.person(id)).attempts[0]?.answers).toEqual({});
  });

  test('to an exam item that was not drawn is refused', async () => {
    const world = testServices();
    const id = await learner(world);
    const { attempt, scenarios } = await begin(world, id);
    const other = [...world.services.course.scenarios.values()].filter(
      (one) => one.use === 'exam' && !scenarios.includes(one),
    );
    expect(await saveAnswers(world.services, id, attempt.id, answersTo(other.slice(0, 1)))).toEqual({
      ok: false,
      reason: 'not-in-attempt',
    });
  });

  test('into somebody else’s attempt, or none, is refused', async () => {
    const world = testServices();
    const [anna, bo] = [await learner(world), await learner(world)];
    const { attempt, scenarios } = await begin(world, anna);
    const before = await everybody(world);
    for (const attemptId of [attempt.id, 'FINNSINTE', '']) {
      expect(await saveAnswers(world.services, bo, attemptId, answersTo(scenarios))).toEqual({
        ok: false,
        reason: 'no-attempt',
      });
      expect(await handInExam(world.services, bo, attemptId, answersTo(scenarios))).toEqual({
        ok: false,
        reason: 'no-attempt',
      });
    }
    expect(await openAttempt(world.services, await world.person(bo), attempt.id)).toBeUndefined();
    expect(await everybody(world)).toEqual(before);
  });

  test('after handing in is refused: an attempt is never changed again', async () => {
    const world = testServices();
    const id = await learner(world);
    const { attempt, scenarios } = await begin(world, id);
    await handInExam(
      world.services,
      id,
      attempt.id,
      answersTo(scenarios, () => false),
    );
    const before = await world.person(id);
    expect(await saveAnswers(world.services, id, attempt.id, answersTo(scenarios))).toEqual({
      ok: false,
      reason: 'handed-in',
    });
    expect(await world.person(id)).toEqual(before);
  });
});

describe('looking at an attempt', () => {
  test('changes nothing', async () => {
    const world = testServices();
    const id = await learner(world);
    const { attempt } = await begin(world, id);
    const before = await everybody(world);
    expect(await openAttempt(world.services, await world.person(id), attempt.id)).toEqual(attempt);
    expect(await everybody(world)).toEqual(before);
  });

  test('after the course has changed brings it up to date, once, and keeps what was answered', async () => {
    const world = testServices();
    const id = await learner(world);
    const { attempt, scenarios } = await begin(world, id);
    const answers = answersTo(scenarios);
    await saveAnswers(world.services, id, attempt.id, answers);
    const [changed] = scenarios;
    if (!changed) throw new Error('nothing was drawn');
    const newer = new Map(world.services.course.scenarios).set(changed.id, {
      ...changed,
      version: changed.version + 1,
    });
    const services = { ...world.services, course: { ...world.services.course, version: 'next', scenarios: newer } };
    const renewed = await openAttempt(services, await world.person(id), attempt.id);
    const { [changed.id]: _gone, ...kept } = answers;
    expect(renewed).toMatchObject({ id: attempt.id, courseVersion: 'next', answers: kept });
    expect(await openAttempt(services, await world.person(id), attempt.id)).toEqual(renewed);
    expect((await world.person(id)).attempts).toEqual([renewed]);
  });
});

describe('handing in', () => {
  test.for(categories)('%s: all right gives a certificate at once, which a stranger finds', async (category) => {
    const world = testServices();
    const id = await learner(world, { category, to: '2026-08-14' });
    const { attempt, scenarios } = await begin(world, id);
    const result = await handInExam(world.services, id, attempt.id, answersTo(scenarios));
    if (!result.ok || !result.certificate) throw new Error('no certificate');
    expect(result.certificate).toMatchObject({
      name: 'Åsa Öberg',
      track: category,
      issuedOn: '2026-06-10',
      validUntil: ['new-employee', 'unit-manager'].includes(category) ? '2027-06-10' : '2026-08-14',
      issuer: world.services.municipality.issuer,
    });
    const found = await findCertificate(world.services, result.certificate.code, undefined);
    expect(found).toMatchObject({ certificate: result.certificate, state: 'valid' });
    expect(
      progressOf(
        await world.person(id),
        world.services.course,
        await currentPolicy(world.services),
        world.services.clock(),
      ).next.state,
    ).toBe('done');
  });

  test('with just enough right passes, with one fewer it does not', async () => {
    for (const [spare, passed] of [
      [0, true],
      [1, false],
    ] as const) {
      const world = testServices();
      const id = await learner(world);
      const { attempt, scenarios } = await begin(world, id);
      const wrongOnes = scenarios.length - requiredRight(scenarios.length, world.services.course.pass) + spare;
      const wrong = new Set(scenarios.filter(({ critical }) => !critical).slice(0, wrongOnes));
      const result = await handInExam(
        world.services,
        id,
        attempt.id,
        answersTo(scenarios, (scenario) => !wrong.has(scenario)),
      );
      expect(wrong.size).toBe(wrongOnes);
      expect(result).toMatchObject({ ok: true, attempt: { result: { passed, criticalMissed: false } } });
      expect(result.ok && result.certificate !== undefined).toBe(passed);
    }
  });

  test('with one critical question wrong and all others right does not pass', async () => {
    const world = testServices();
    const id = await learner(world);
    const { attempt, scenarios } = await begin(world, id);
    const critical = scenarios.find((scenario) => scenario.critical);
    expect(critical).toBeDefined();
    const result = await handInExam(
      world.services,
      id,
      attempt.id,
      answersTo(scenarios, (scenario) => scenario !== critical),
    );
    expect(result).toMatchObject({
      ok: true,
      certificate: undefined,
      attempt: { result: { right: scenarios.length - 1, passed: false, criticalMissed: true } },
    });
  });

  test('a failed exam points to lessons of the track and tells of no answer', async () => {
    const world = testServices();
    const id = await learner(world);
    const { attempt, scenarios } = await begin(world, id);
    const result = await handInExam(
      world.services,
      id,
      attempt.id,
      answersTo(scenarios, () => false),
    );
    const kept = result.ok ? result.attempt.result : undefined;
    const reread = kept?.reread ?? [];
    expect(reread.length).toBeGreaterThan(0);
    expect(world.services.course.tracks['new-employee'].required).toEqual(expect.arrayContaining([...reread]));
    expect(Object.keys(kept ?? {}).sort()).toEqual(['criticalMissed', 'passed', 'reread', 'right', 'total']);
  });

  test('with questions left says which, saves the others, and hands nothing in', async () => {
    const world = testServices();
    const id = await learner(world);
    const { attempt, scenarios } = await begin(world, id);
    const given = answersTo(scenarios.slice(2));
    const missing = scenarios.slice(0, 2).map((scenario) => scenario.id);
    expect(await handInExam(world.services, id, attempt.id, given)).toEqual({
      ok: false,
      reason: 'answers-missing',
      missing,
    });
    const [stored] = (await world.person(id)).attempts;
    expect(stored?.answers).toEqual(given);
    expect(stored?.handedInAt).toBeUndefined();
  });

  test('fifty times at once gives one result and one certificate, and everybody gets that', async () => {
    const world = testServices();
    const id = await learner(world);
    const { attempt, scenarios } = await begin(world, id);
    const answers = answersTo(scenarios);
    const results = await Promise.all(
      Array.from({ length: 50 }, () => handInExam(world.services, id, attempt.id, answers)),
    );
    const { attempts, certificates } = await world.person(id);
    expect(attempts).toHaveLength(1);
    expect(certificates).toHaveLength(1);
    for (const result of results)
      expect(result).toEqual({ ok: true, attempt: attempts[0], certificate: certificates[0] });
  });

  test('from two tabs with different answers gives the one result, whoever came first', async () => {
    const world = testServices();
    const id = await learner(world);
    const { attempt, scenarios } = await begin(world, id);
    const sent = [answersTo(scenarios, () => false), answersTo(scenarios)];
    const [first, second] = await Promise.all(
      sent.map((answers) => handInExam(world.services, id, attempt.id, answers)),
    );
    expect(second).toEqual(first);
    expect((await world.person(id)).certificates).toEqual([]);
  });

  test('after a newer attempt still finds the earlier attempt’s own certificate', async () => {
    const world = testServices();
    const id = await learner(world);
    const first = await begin(world, id);
    const passed = await handInExam(world.services, id, first.attempt.id, answersTo(first.scenarios));
    world.pass({ minutes: 400 * 24 * 60 });
    const second = await begin(world, id);
    const renewed = await handInExam(world.services, id, second.attempt.id, answersTo(second.scenarios));
    const person = await world.person(id);
    const codes = person.attempts.map((one) => certificateOf(person, one)?.code);
    expect(codes).toEqual([passed, renewed].map((result) => (result.ok ? result.certificate?.code : '')));
    expect(new Set(codes).size).toBe(2);
  });
});
