import { describe, expect, test } from 'vitest';
import type { NodeId } from '#domain/kernel/ids.ts';
import type { Grant } from '#domain/people/person.ts';
import { actingPerson } from '#ports/acting-person.ts';
import { samplePerson, sampleStaffing } from '../../../tests/contract/sample-documents.ts';
import { testServices } from '../../../tests/support/test-services.ts';
import { ownSignIns, reviewSecurity } from './review-security.ts';
import { whoLooked } from './who-looked.ts';

const from = { address: '192.0.2.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };

async function world(grant: Grant = { role: 'administrator', place: 'everything' }) {
  const { services } = testServices('2026-06-20T12:00:00Z');
  const { store, whereabouts } = services;
  const add = async (...args: Parameters<typeof samplePerson>) => {
    const person = samplePerson(...args);
    await store.people.create(person);
    return person;
  };
  const admin = await add('admin', { name: 'Maria Ek', staffing: [sampleStaffing({})], grants: [grant] });
  const anna = await add('anna', { name: 'Anna Andersson' });
  const hidden = await add('hidden', { name: 'Petra Hemlig', protectedIdentity: true });
  const now = services.clock();
  const acting = await actingPerson(store, admin, '2026-06-20' as never);
  return {
    services,
    admin,
    anna,
    hidden,
    now,
    acting,
    within: (work: () => unknown) => whereabouts.within(from, work),
  };
}

describe('the review of security', () => {
  test('security F14: counts what happened, and shows failures, limits and refusals one by one', async () => {
    const { services, acting, anna, within } = await world();
    await within(async () => {
      services.watch.signedIn(anna, 'password');
      services.watch.signInFailed('password', anna);
      services.watch.signInFailed('code');
      services.watch.refusedRoute('/admin/roller', anna);
    });
    const review = await reviewSecurity(services, acting, 30);
    expect(review?.counts).toEqual([
      { event: 'sign-in', count: 1 },
      { event: 'sign-in-failed', count: 2 },
      { event: 'refused-route', count: 1 },
    ]);
    const known = { kind: 'known', name: 'Anna Andersson' };
    expect(review?.events).toMatchObject([
      { event: 'refused-route', what: '/admin/roller', person: known },
      { event: 'sign-in-failed', what: 'code', person: { kind: 'nobody' } },
      { event: 'sign-in-failed', what: 'password', person: known },
    ]);
    expect(review?.events[0]?.device).toMatch(/^linux-/);
    expect(JSON.stringify(review)).not.toContain('192.0');
  });

  test('security F14: shows changes of credentials under actions of their own, with device and network', async () => {
    const { services, admin, acting, anna, within } = await world();
    const at = services.clock().toISOString();
    for (const action of ['change-email', 'reset-factors', 'send-invitation'] as const) {
      await within(() => services.audit.append({ at, actor: admin.pseudonym, action, subject: anna.pseudonym }));
    }
    await within(() =>
      services.audit.append({ at, actor: admin.pseudonym, action: 'open-person', subject: anna.pseudonym }),
    );
    const changes = (await reviewSecurity(services, acting, 30))?.changes ?? [];
    expect(changes.map(({ action }) => action)).toEqual(['send-invitation', 'reset-factors', 'change-email']);
    expect(changes[0]).toMatchObject({
      by: { kind: 'known', name: 'Maria Ek' },
      about: { kind: 'known', name: 'Anna Andersson' },
      device: expect.stringMatching(/^linux-\w{8}$/),
      network: expect.stringMatching(/^\w{8}$/),
    });
    // A look is no change, and says nothing of where it came from.
    const [look] = (await services.audit.about(anna.pseudonym, [])).filter(({ action }) => action === 'open-person');
    expect(look).not.toHaveProperty('network');
  });

  test('tells who is named by it that the log was reviewed, and names nobody who is protected', async () => {
    const { services, acting, anna, hidden } = await world();
    services.watch.signInFailed('password', anna);
    services.watch.signInFailed('password', hidden);
    const review = await reviewSecurity(services, acting, 30);
    expect(review?.events.map(({ person }) => person.kind)).toEqual(['protected', 'known']);
    expect(JSON.stringify(review)).not.toContain('Petra');
    expect((await whoLooked(services, anna)).map(({ action }) => action)).toEqual(['review-log']);
  });

  test('is for who reviews everything', async () => {
    const { services, acting } = await world({ role: 'administrator', place: 'north' as NodeId });
    expect(await reviewSecurity(services, acting, 30)).toBeUndefined();
  });

  test('one’s own sign-ins are one’s own to see', async () => {
    const { services, anna, admin } = await world();
    services.watch.signedIn(anna, 'password');
    services.watch.signInFailed('password', anna);
    services.watch.signedIn(admin, 'password');
    expect((await ownSignIns(services, anna)).map(({ event }) => event)).toEqual(['sign-in-failed', 'sign-in']);
  });

  test('a person sees changes of their own credentials, also those they made themselves', async () => {
    const { services, anna } = await world();
    const at = services.clock().toISOString();
    const own = { at, actor: anna.pseudonym, subject: anna.pseudonym };
    await services.audit.append({ ...own, action: 'change-password' });
    await services.audit.append({ ...own, action: 'open-person' });
    expect(await whoLooked(services, anna)).toEqual([
      { at, by: { kind: 'self' }, action: 'change-password', place: undefined, why: undefined },
    ]);
  });
});
