import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { heading, plain } from '../support/html.ts';
import { type Staff, startManaged } from '../support/managed-app.ts';
import { type MadeGroup, makeParticipant, passExam, readLessons, type SignedIn } from '../support/people.ts';
import { expectStatus, Visitor } from '../support/visitor.ts';
import { t } from '../support/words.ts';

let app: RunningApp;
let staff: Readonly<Record<Staff, SignedIn>>;
beforeAll(async () => {
  ({ app, staff } = await startManaged());
});
afterAll(() => endApp(app));

const fields = { group: 'Feriearbetare vecka 25', category: 'summer-worker', lastDay: '2099-06-30', size: '2' };

async function makeUnitGroup(by: SignedIn, unit: string, more: Partial<typeof fields> = {}): Promise<MadeGroup> {
  const made = expectStatus(await by.visitor.post(`/enhet/${unit}/grupper`, { ...fields, ...more }), 303, 'a group');
  const id = made.location?.split('/').at(-1) ?? '';
  const page = expectStatus(await by.visitor.get(`/enhet/grupper/${id}`), 200, 'its page');
  const code = /class="code"[^>]*>([0-9A-Z]{4}-[0-9A-Z]{4})</.exec(page.text)?.[1] ?? '';
  return { id, code, name: fields.group };
}

/** The id that the buttons beside a name send. */
async function idOf(by: SignedIn, group: MadeGroup, name: string): Promise<string> {
  const { text } = await by.visitor.get(`/enhet/grupper/${group.id}`);
  const row = text.slice(text.indexOf(`>${name}</th>`));
  return /name="(?:chosen|person)" value="(\w+)"/.exec(row)?.[1] ?? '';
}

describe('who reaches a unit’s groups', () => {
  let group: MadeGroup;
  beforeAll(async () => {
    group = await makeUnitGroup(staff.north, 'north', { size: '20' });
    await makeParticipant(app, group, 'Freja Ferie');
  });

  const reach: Readonly<Record<Staff, boolean>> = {
    north: true,
    social: true,
    everything: true,
    south: false,
    oak: false,
    head: false,
    learner: false,
  };
  describe.each(Object.entries(reach) as [Staff, boolean][])('%s: %s', (who, isReached) => {
    const nowhere = 'Z'.repeat(16);

    test('the list', async () => {
      const reply = await staff[who].visitor.get('/enhet/north/grupper');
      expect(reply.status).toBe(isReached ? 200 : 404);
      expect(reply.text.includes(group.name)).toBe(isReached);
    });

    test('the group, and its people by name', async () => {
      const reply = await staff[who].visitor.get(`/enhet/grupper/${group.id}`);
      expect(reply.status).toBe(isReached ? 200 : 404);
      expect(reply.text.includes('Freja Ferie')).toBe(isReached);
      expect(reply.text.includes(group.code)).toBe(isReached);
    });

    test('what is out of reach looks as what is not there', async () => {
      if (isReached) return expect((await staff[who].visitor.get(`/enhet/grupper/${nowhere}`)).status).toBe(404);
      for (const [real, unreal] of [
        [`/enhet/grupper/${group.id}`, `/enhet/grupper/${nowhere}`],
        ['/enhet/north/grupper', `/enhet/${nowhere}/grupper`],
      ] as const) {
        for (const method of ['GET', 'POST'] as const) {
          const ask = async (path: string) => {
            const body = new URLSearchParams({ ...fields, action: 'close' });
            const reply = await staff[who].visitor.request(method, path, method === 'POST' ? { body } : {});
            return [reply.status, heading(reply.text), reply.text.replaceAll(path, '…')];
          };
          expect(await ask(real)).toEqual(await ask(unreal));
        }
      }
    });
  });

  test('signed out, both lead to signing in, and what was sent is not done', async () => {
    const visitor = new Visitor(app.url);
    for (const path of ['/enhet/north/grupper', `/enhet/grupper/${group.id}`]) {
      expect((await visitor.get(path)).location).toContain('/logga-in');
      expect((await visitor.post(path, { ...fields, action: 'close' })).location).toContain('/logga-in');
    }
    expect((await staff.north.visitor.get(`/enhet/grupper/${group.id}`)).text).toContain(group.code);
  });

  test('nobody who is refused has closed it, made another or removed anybody', async () => {
    const list = (await staff.north.visitor.get('/enhet/north/grupper')).text;
    expect(list.match(/href="\/enhet\/grupper\//g)).toHaveLength(1);
    expect(list).toContain(t('groups.count', { joined: 1, size: 20 }));
  });
});

test('a group that is filled in wrong says what to mend, and keeps what was typed', async () => {
  const reply = await staff.north.visitor.post('/enhet/north/grupper', { ...fields, size: '0', lastDay: '2020-01-01' });
  expect(reply.status).toBe(422);
  for (const key of ['field.size.error', 'field.lastDay.error'] as const) expect(reply.text).toContain(t(key));
  expect(reply.text).toContain(`value="${fields.group}"`);
});

test('a stranger is removed, and another takes the place', async () => {
  const group = await makeUnitGroup(staff.north, 'north', { size: '1' });
  const stranger = await makeParticipant(app, group, 'Okänd Person');
  const page = `/enhet/grupper/${group.id}`;
  const removed = { action: 'remove', chosen: await idOf(staff.north, group, 'Okänd Person') };
  expect((await staff.north.visitor.post(page, removed)).location).toBe(`${page}?klart=remove`);
  const after = await staff.north.visitor.get(`${page}?klart=remove`);
  expect(after.text).toContain(t('groups.done.remove'));
  expect(after.text).not.toContain('Okänd Person');
  expect((await stranger.visitor.get('/min-sida')).location).toContain('/logga-in');
  expect((await new Visitor(app.url).post('/kom-tillbaka', { code: stranger.code })).status).toBe(401);
  await makeParticipant(app, group, 'Åsa Öberg');
  expect((await staff.north.visitor.post(page, removed)).status).toBe(422);
});

test('who has a certificate stays, and the page says why', async () => {
  const group = await makeUnitGroup(staff.north, 'north');
  const participant = await makeParticipant(app, group, 'Freja Färdig');
  await readLessons(participant);
  const certificate = await passExam(participant);
  const chosen = await idOf(staff.north, group, 'Freja Färdig');
  const reply = await staff.north.visitor.post(`/enhet/grupper/${group.id}`, { action: 'remove', chosen });
  expect(reply.status).toBe(422);
  expect(reply.text).toContain(t('refusal.has-certificate'));
  expect((await new Visitor(app.url).get(`/intyg/${certificate}`)).status).toBe(200);
});

test('managers M4: identity is confirmed for one, and for all who stood on the page once their names have been shown', async () => {
  const group = await makeUnitGroup(staff.north, 'north', { size: '3' });
  const page = `/enhet/grupper/${group.id}`;
  await makeParticipant(app, group, 'Anna Ett');
  await makeParticipant(app, group, 'Bo Två');
  const confirmed = async () => (await staff.north.visitor.get(page)).text.split('class="done"').length - 1;
  const anna = await idOf(staff.north, group, 'Anna Ett');
  const bo = await idOf(staff.north, group, 'Bo Två');
  expect((await staff.north.visitor.post(page, { action: 'confirm' })).status).toBe(422);
  expect((await staff.north.visitor.post(page, { action: 'confirm', chosen: anna })).status).toBe(303);
  expect(await confirmed()).toBe(1);
  // Somebody joins after the manager has opened the page.
  await makeParticipant(app, group, 'Cia Sen');
  const all = new URLSearchParams([
    ['action', 'confirm-all'],
    ['shown', bo],
  ]);
  const asked = await staff.north.visitor.post(page, all);
  expect(asked.status).toBe(200);
  expect(plain(asked.text)).toContain(t('groups.askConfirm', { count: 1 }));
  expect(asked.text).toContain('Bo Två');
  expect(asked.text).not.toContain('Cia Sen');
  expect(await confirmed()).toBe(1);
  expect((await staff.north.visitor.post(page, { action: 'confirm', chosen: bo })).status).toBe(303);
  expect(await confirmed()).toBe(2);
});

test('security F8: several are removed at once, after a page that names them and says how many', async () => {
  const group = await makeUnitGroup(staff.north, 'north', { size: '6' });
  const page = `/enhet/grupper/${group.id}`;
  const names = ['Nemo Ett', 'Kim Sträng', 'Vega Tre'];
  const strangers = [];
  for (const name of names) strangers.push(await makeParticipant(app, group, name));
  const certified = await makeParticipant(app, group, 'Freja Färdig');
  await readLessons(certified);
  await passExam(certified);
  await makeParticipant(app, group, 'Åsa Öberg');
  const ids = await Promise.all([...names, 'Freja Färdig'].map((name) => idOf(staff.north, group, name)));
  const ticked = (action: string, chosen: readonly string[]) =>
    new URLSearchParams([['action', action], ...chosen.map((id): [string, string] => ['chosen', id])]);

  expect((await staff.north.visitor.post(page, { action: 'remove-chosen' })).status).toBe(422);
  const asked = await staff.north.visitor.post(page, ticked('remove-chosen', ids));
  expect(asked.status).toBe(200);
  expect(plain(asked.text)).toContain(t('groups.askRemove', { count: 3 }));
  for (const name of [...names, 'Freja Färdig']) expect(asked.text).toContain(name);
  expect(asked.text).toContain(t('groups.staying', { count: 1 }));
  expect(asked.text).not.toContain('Åsa Öberg');
  expect((await staff.north.visitor.get(page)).text).toContain('Nemo Ett');

  const removed = await staff.north.visitor.post(page, ticked('remove', ids.slice(0, 3)));
  expect(removed.location).toBe(`${page}?klart=remove&antal=3`);
  const after = await staff.north.visitor.get(removed.location ?? '');
  expect(after.text).toContain(t('groups.done.removeSeveral', { count: 3 }));
  for (const name of names) expect(after.text).not.toContain(name);
  expect(after.text).toContain('Åsa Öberg');
  for (const { visitor } of strangers) expect((await visitor.get('/min-sida')).location).toContain('/logga-in');
});

test('managers M3: two of the same name are told apart by when they came and how their code ends', async () => {
  const group = await makeUnitGroup(staff.north, 'north', { size: '5' });
  const twins = [await makeParticipant(app, group, 'Ali Hassan'), await makeParticipant(app, group, 'ALI Hassan')];
  await makeParticipant(app, group, 'Åsa Öberg');
  const list = plain((await staff.north.visitor.get(`/enhet/grupper/${group.id}`)).text);
  for (const { code } of twins) expect(list).toContain(t('sameName.code', { ending: code.slice(-2) }));
  expect(list.match(new RegExp(t('sameName.code', { ending: '..' }), 'g'))?.length).toBeGreaterThanOrEqual(2);
  expect(list).not.toContain(`Åsa Öberg, ${t('sameName.joined', { time: '' })}`);

  const paper = `/enhet/grupper/${group.id}/papper`;
  await staff.north.visitor.post(paper, { count: '1' });
  const sheet = plain((await staff.north.visitor.get(`${paper}/1`)).text);
  for (const { code } of twins) expect(sheet).toContain(t('sameName.code', { ending: code.slice(-2) }));
});

test('a group that is closed shows no poster and takes nobody', async () => {
  const group = await makeUnitGroup(staff.north, 'north');
  const page = `/enhet/grupper/${group.id}`;
  expect((await staff.north.visitor.post(page, { action: 'close' })).status).toBe(303);
  const { text } = await staff.north.visitor.get(page);
  expect(text).toContain(t('group.closed'));
  expect(text).not.toContain(group.code);
  expect((await new Visitor(app.url).get(`/grupp/${group.code}`)).status).toBe(410);
});
