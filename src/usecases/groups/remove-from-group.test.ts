import { describe, expect, test } from 'vitest';
import { signInWithCode } from '#usecases/account/sign-in.ts';
import { handInExam } from '#usecases/exam/take-exam.ts';
import { sampleCertificate } from '../../../tests/contract/sample-documents.ts';
import { begin } from '../../../tests/support/attempts.ts';
import { groupWorld, wanted } from '../../../tests/support/group-world.ts';
import { joinGroup } from './join-group.ts';
import { removeFromGroup } from './remove-from-group.ts';

describe('removing a stranger from a group', () => {
  test('ends the work the day before, by a record of its own, and leaves the earlier one as it was', async () => {
    const { services, manager, group, join, person } = await groupWorld();
    const { id } = await join('Okänd Person');
    const [joined] = (await person(id)).staffing;
    expect(await removeFromGroup(services, manager, group, id)).toEqual({ ok: true });
    const engagement = { unit: 'north', category: 'summer-worker', from: '2026-06-10', to: '2026-06-09' };
    expect((await person(id)).staffing).toEqual([
      joined,
      { recordedAt: '2026-06-10T12:00:00.000Z', engagements: [engagement], leaves: [] },
    ]);
  });

  test('gives the seat to the next who comes', async () => {
    const { services, manager, group, join, seats } = await groupWorld({ size: 1 });
    const { id } = await join('Okänd Person');
    await expect(join('Åsa Öberg')).rejects.toThrow('group-full');
    await removeFromGroup(services, manager, group, id);
    expect(await seats()).toEqual([]);
    const next = await join('Åsa Öberg');
    expect(await seats()).toEqual([next.id]);
  });

  test('signs the person out, and neither the code nor the form that gave it opens anything again', async () => {
    const { services, signedIn, manager, group, join } = await groupWorld();
    const { id, cookie, code, form } = await join('Okänd Person');
    await removeFromGroup(services, manager, group, id);
    expect(await signedIn(cookie)).toBeUndefined();
    expect(await signInWithCode(services, { code, address: '10.0.0.1' })).toEqual({ ok: false, reason: 'wrong-code' });
    expect(await joinGroup(services, group, { ...wanted, ...form, name: 'Okänd Person' })).toEqual({
      ok: false,
      reason: 'removed-from-group',
    });
    expect(await services.store.people.findByGroup(group.id)).toEqual([]);
  });

  test('takes the exam that was under way with it', async () => {
    const world = await groupWorld();
    const { services, manager, group, join } = world;
    const { id } = await join('Okänd Person');
    await services.store.people.update(id, (person) => {
      const { required } = services.course.tracks['summer-worker'];
      const at = '2026-06-10T12:00:00.000Z';
      const lessonsDone = Object.fromEntries(required.map((slug) => [slug, { at, courseVersion: '2026.1' }]));
      return { save: { ...person, lessonsDone }, result: undefined };
    });
    const { attempt } = await begin(world, id);
    await removeFromGroup(services, manager, group, id);
    expect(await handInExam(services, id, attempt.id, {})).toEqual({ ok: false, reason: 'no-attempt' });
  });

  test('is in the log, once, under the unit', async () => {
    const { services, manager, group, join, person, entries } = await groupWorld();
    const { id } = await join('Okänd Person');
    await removeFromGroup(services, manager, group, id);
    const { pseudonym } = await person(id);
    expect(await entries()).toEqual([
      { actor: manager.pseudonym, subject: pseudonym, action: 'remove-from-group', place: 'north', why: undefined },
    ]);
  });

  test('is refused once there is a certificate: it would go on saying that it is valid', async () => {
    const { services, manager, group, join, person, seats, entries } = await groupWorld();
    const { id } = await join('Okänd Person');
    await services.store.people.update(id, (found) => ({
      save: { ...found, certificates: [sampleCertificate('okänd')] },
      result: undefined,
    }));
    const before = await person(id);
    expect(await removeFromGroup(services, manager, group, id)).toEqual({ ok: false, reason: 'has-certificate' });
    expect([await person(id), await seats(), await entries()]).toEqual([before, [id], []]);
  });

  test('twice at once removes once, and frees one seat', async () => {
    const { services, manager, group, join, seats } = await groupWorld();
    const { id } = await join('Okänd Person');
    const other = await join('Åsa Öberg');
    const results = await Promise.all([1, 2].map(() => removeFromGroup(services, manager, group, id)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await seats()).toEqual([other.id]);
  });

  test('does not reach who works in another unit, and the attempt is in the log', async () => {
    const { services, withGrant, group, join, person, entries } = await groupWorld();
    const { id } = await join('Åsa Öberg');
    const before = await person(id);
    const other = await withGrant('other', 'unit-manager', 'south');
    expect(await removeFromGroup(services, other, group, id)).toEqual({ ok: false, reason: 'not-found' });
    expect(await person(id)).toEqual(before);
    expect((await entries()).map(({ action }) => action)).toEqual(['refused']);
  });
});
