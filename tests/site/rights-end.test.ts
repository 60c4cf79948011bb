import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { Person } from '#domain/people/person.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import { engagementKey } from '#domain/people/staffing-change.ts';
import { nodeId } from '../contract/sample-documents.ts';
import type { RunningApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { type Staff, startManaged } from '../support/managed-app.ts';
import { restartAfter } from '../support/past.ts';
import { makeGroup, makeParticipant, type Participant, type SignedIn } from '../support/people.ts';
import { addSecondFactor, codeWithTime } from '../support/second-factor.ts';
import { hashOf } from '../support/test-services.ts';
import { expectStatus, Visitor } from '../support/visitor.ts';
import { t } from '../support/words.ts';

let app: RunningApp;
let staff: Readonly<Record<Staff, SignedIn>>;

beforeAll(async () => {
  ({ app, staff } = await startManaged());
});
afterAll(() => endApp(app));

const today = dateOf(new Date());
const statusOf = async (visitor: Visitor, path: string) => (await visitor.get(path)).status;

/** The person has worked for a month, and yesterday was the last day, as was said a week ago. */
function leftYesterday(person: Person): Person {
  const at = (days: number) => instantOf(new Date(Date.now() + days * 24 * 60 * 60 * 1000));
  const [work] = currentStaffing(person).engagements;
  const engagement = { category: 'new-employee', unit: work?.unit, from: addDays(today, -30) } as const;
  return {
    ...person,
    createdAt: at(-30),
    staffing: [
      { recordedAt: at(-30), engagements: [engagement], leaves: [] },
      { recordedAt: at(-7), engagements: [{ ...engagement, to: addDays(today, -1) }], leaves: [] },
    ],
  };
}

describe('security F2: a session that was open when the last day of work had been', () => {
  test('opens no page of the role the day after, and the person’s own as before', async () => {
    const { visitor } = staff.north;
    expect(await statusOf(visitor, '/enhet/north')).toBe(200);
    app = await restartAfter(app, { people: (person) => (person.id === 'north' ? leftYesterday(person) : person) });
    for (const path of ['/enhet/north', '/enhet/north/lista.csv', '/enhet', '/enhet/north/personer/learner'])
      expect([path, await statusOf(visitor, path)]).toEqual([path, 404]);
    expect((await visitor.post('/enhet/north', { action: 'remind', person: 'learner' })).status).toBe(404);
    expect(await statusOf(visitor, '/min-sida')).toBe(200);
  });

  test('loses the role at once, and stays open, where an administrator ends the work of one committee and there is other work', async () => {
    const { visitor } = staff.oak;
    const admin = staff.everything.visitor;
    const work = { unit: 'oak', category: 'new-employee', from: addDays(today, -20) };
    expectStatus(await admin.post('/admin/personer/oak', { action: 'add', ...work, to: '' }), 303, 'adding work');
    expect(await statusOf(visitor, '/enhet/oak')).toBe(200);
    const engagement = engagementKey({ ...work, unit: nodeId('oak'), category: 'new-employee' });
    const place = Number(
      /name="engagement" value="[^"]*oak[^"]*"[^>]*>\s*<input type="hidden" name="place" value="(\d+)"/.exec(
        (await admin.get('/admin/personer/oak')).text,
      )?.[1],
    );
    const days = { [`from-${place}`]: work.from, [`to-${place}`]: addDays(today, -1) };
    const ended = await admin.post('/admin/personer/oak', {
      action: 'dates',
      engagement,
      place: String(place),
      ...days,
    });
    expectStatus(ended, 303, 'ending work');
    expect(await statusOf(visitor, '/enhet/oak')).toBe(404);
    expect(await statusOf(visitor, '/min-sida')).toBe(200);
  });

  test('is ended where an administrator says that yesterday was the last day of all work', async () => {
    const { visitor } = staff.south;
    expect(await statusOf(visitor, '/enhet/south')).toBe(200);
    const from = addDays(today, -20);
    const admin = staff.everything.visitor;
    const page = (await admin.get('/admin/personer/south')).text;
    const engagement = /name="engagement" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const days = { 'from-0': from, 'to-0': addDays(today, -1) };
    const ended = await admin.post('/admin/personer/south', { action: 'dates', engagement, place: '0', ...days });
    expectStatus(ended, 303, 'ending work');
    expect((await visitor.get('/enhet/south')).location).toMatch(/^\/logga-in/);
  });
});

describe('security F10: a personal code', () => {
  const email = 'ali@lindala.example';
  const password = 'gurka hatt cykel';
  let participant: Participant;

  beforeAll(async () => {
    const group = await makeGroup(staff.everything, { name: 'Feriearbetare i norr' });
    participant = await makeParticipant(app, group, 'Ali Hassan');
  });

  async function signedInByCode(): Promise<Visitor> {
    const visitor = new Visitor(app.url);
    expectStatus(await visitor.post('/kom-tillbaka', { code: participant.code }), 303, 'signing in by words');
    return visitor;
  }

  test('opens a session in which no first factor can be added', async () => {
    const visitor = await signedInByCode();
    const page = await visitor.get('/min-sida/sakerhet');
    expect([page.status, page.text.includes(t('strong.closed'))]).toEqual([200, true]);
    expect(page.text).not.toMatch(/name="sealed"/);
    await addFromOther(visitor);
    expect(await factorsOf(visitor)).toBeUndefined();
  });

  test('opens no role, if it ever stood beside one, and no first factor; the password of the same person does', async () => {
    const passwordHash = await hashOf(password);
    const withRole = (person: Person): Person =>
      person.name === 'Ali Hassan'
        ? { ...person, email, passwordHash, grants: [{ role: 'unit-manager', place: nodeId('north') }] }
        : person;
    const before = await signedInByCode();
    app = await restartAfter(app, { people: withRole });
    for (const visitor of [before, participant.visitor, await signedInByCode()]) {
      for (const path of ['/enhet/north', '/enhet', '/enhet/north/lista.csv'])
        expect([path, await statusOf(visitor, path)]).toEqual([path, 404]);
      expect((await visitor.get('/min-sida/sakerhet')).location).toMatch(/^\/bekrafta/);
      expect((await visitor.post('/bekrafta', { way: 'words', code: participant.code })).status).not.toBe(500);
      await addFromOther(visitor);
      expect(await factorsOf(visitor)).toBeUndefined();
    }
    const byPassword = new Visitor(app.url);
    expectStatus(await byPassword.post('/logga-in', { email, password }), 303, 'signing in');
    expect((await byPassword.get('/enhet/north')).location).toMatch(/^\/min-sida\/sakerhet/);
    await addSecondFactor(byPassword);
    expect(await statusOf(byPassword, '/enhet/north')).toBe(200);
  });

  test('is gone, with its sessions, once an administrator gives the person an address', async () => {
    const group = await makeGroup(staff.everything, { name: 'Feriearbetare i söder' });
    const other = await makeParticipant(app, group, 'Bo Bok');
    const record = JSON.parse((await other.visitor.get('/min-sida/uppgifter.json')).text) as { id: string };
    const admin = staff.everything.visitor;
    const contact = { action: 'contact', name: 'Bo Bok', email: 'bo@lindala.example', employmentNumber: '' };
    expectStatus(await admin.post(`/admin/personer/${record.id}`, contact), 303, 'an address');
    expect((await other.visitor.get('/min-sida')).location).toMatch(/^\/logga-in/);
    expect((await new Visitor(app.url).post('/kom-tillbaka', { code: other.code })).status).toBe(401);
  });

  async function factorsOf(visitor: Visitor): Promise<unknown> {
    const { text } = await visitor.get('/min-sida/uppgifter.json');
    return (JSON.parse(text) as { secondFactors?: unknown }).secondFactors;
  }

  /** Sends the form of the page, which is not shown, with what another's page offered and a code that is right for it. */
  async function addFromOther(visitor: Visitor): Promise<void> {
    const { text } = await staff.learner.visitor.get('/min-sida/sakerhet');
    const sealed = /name="sealed" value="([\w:-]+)"/.exec(text)?.[1] ?? '';
    const secret = (/class="secret"[^>]*>([A-Z2-7 ]+)</.exec(text)?.[1] ?? '').replaceAll(' ', '');
    expect(sealed).not.toBe('');
    await visitor.post('/min-sida/sakerhet', { action: 'app', sealed, code: await codeWithTime(secret) });
  }
});
