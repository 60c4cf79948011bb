import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { heading, plain, tagsOf } from '../support/html.ts';
import {
  type MadeGroup,
  makeAdministrator,
  makeGroup,
  makeParticipant,
  passExam,
  readLessons,
  startExam,
  ticketFor,
  type WithRole,
  wordsIn,
} from '../support/people.ts';
import { Visitor } from '../support/visitor.ts';
import { t } from '../support/words.ts';

let app: RunningApp;
let admin: WithRole;
beforeAll(async () => {
  app = await startApp();
  admin = await makeAdministrator(app);
});
afterAll(() => endApp(app));

let made = 0;
const newGroup = () => makeGroup(admin, { name: `Grupp ${++made}`, size: 10 });
const at = (group: MadeGroup) => `/grupp/${group.code}`;

async function membersOf(group: MadeGroup): Promise<string> {
  return plain((await admin.visitor.get(`/enhet/grupper/${group.id}`)).text);
}

/** The cookies that open a session, or show the words. */
function opening({ cookies }: Visitor): string[] {
  return cookies.map(({ name }) => name).filter((name) => ['session', 'grupp'].includes(name));
}

/** Joins and stands at the page with the words. */
async function join(group: MadeGroup, name: string, more: Readonly<Record<string, string>> = {}) {
  const visitor = new Visitor(app.url);
  const fields = { name, ticket: await ticketFor(visitor, group), language: 'sv', ...more };
  return { visitor, fields, reply: await visitor.post(at(group), fields) };
}

const codePage = '/min-sida/koden';

describe('learners m2: the answer to the form is a redirect', () => {
  test('to a page that shows the words until they have been saved', async () => {
    const { visitor, reply } = await join(await newGroup(), 'Åsa Öberg');
    expect([reply.status, reply.location]).toEqual([303, codePage]);
    const shown = await visitor.get(codePage);
    expect(wordsIn(shown.text).split(' ')).toHaveLength(5);
    expect(plain(shown.text)).toContain(t('ownName.preview'));
    expect(wordsIn((await visitor.get(codePage)).text)).toBe(wordsIn(shown.text));
    expect((await visitor.post(codePage)).location).toBe('/min-sida');
    expect((await visitor.get(codePage)).location).toBe('/min-sida');
  });

  test('and the words open the same account on another telephone', async () => {
    const { visitor } = await join(await newGroup(), 'Åsa Öberg');
    const code = wordsIn((await visitor.get(codePage)).text);
    const other = new Visitor(app.url);
    expect((await other.post('/kom-tillbaka', { code })).location).toBe('/min-sida');
    // Only the device that joined shows them.
    expect((await other.get(codePage)).location).toBe('/min-sida');
    expect(heading((await other.get('/min-sida')).text)).toBe(t('myPage.hello', { name: 'Åsa Öberg' }));
  });

  test('in the language that was chosen', async () => {
    const { visitor } = await join(await newGroup(), 'Åsa Öberg', { language: 'en' });
    expect((await visitor.get(codePage)).text).toContain('lang="en"');
  });
});

describe('bugs F2: on a shared device, after signing out', () => {
  test.each([
    ['with the words saved', true],
    ['without', false],
  ])('the form sent again opens nothing, %s', async (_, isSaved) => {
    const group = await newGroup();
    const { visitor, fields } = await join(group, 'Åsa Öberg');
    const words = wordsIn((await visitor.get(codePage)).text);
    if (isSaved) await visitor.post(codePage);
    await visitor.post('/logga-ut');
    expect(opening(visitor)).toEqual([]);
    for (const name of ['Åsa Öberg', 'Bo Ek']) {
      const again = await visitor.post(at(group), { ...fields, name });
      expect(again.status).toBe(200);
      expect(again.text).not.toContain(words);
      expect(plain(again.text)).toContain(t('join.again'));
      expect(again.text).not.toContain('error-summary');
      const kept = tagsOf(again.text, 'input').find((input) => input['name'] === 'name');
      expect(kept?.['value']).toBe(name);
    }
    expect((await visitor.get('/min-sida')).location).toContain('/logga-in');
    expect((await visitor.get(codePage)).location).toContain('/logga-in');
    expect((await membersOf(group)).match(/Åsa Öberg/g)?.length).toBeGreaterThan(0);
    expect(await membersOf(group)).not.toContain('Bo Ek');
  });

  test('the next one joins as themselves', async () => {
    const group = await newGroup();
    const { visitor } = await join(group, 'Åsa Öberg');
    const first = wordsIn((await visitor.get(codePage)).text);
    await visitor.post('/logga-ut');
    await visitor.post(at(group), { name: 'Bo Ek', ticket: await ticketFor(visitor, group), language: 'sv' });
    expect(heading((await visitor.get('/min-sida')).text)).toBe(t('myPage.hello', { name: 'Bo Ek' }));
    expect(wordsIn((await visitor.get(codePage)).text)).not.toBe(first);
  });

  test('another device that has the form’s ticket is let in nowhere', async () => {
    const group = await newGroup();
    const { fields } = await join(group, 'Åsa Öberg');
    const thief = new Visitor(app.url);
    expect((await thief.post(at(group), fields)).status).toBe(200);
    expect((await thief.get('/min-sida')).location).toContain('/logga-in');
  });
});

test('security F8: a ticket that is not ours makes nobody', async () => {
  const group = await newGroup();
  const visitor = new Visitor(app.url);
  for (const ticket of ['0'.repeat(26), '0'.repeat(61), '']) {
    await visitor.get(at(group));
    expect((await visitor.post(at(group), { name: 'Åsa Öberg', ticket, language: 'sv' })).status).toBe(200);
  }
  expect(await membersOf(group)).not.toContain('Åsa Öberg');
});

describe('learners S1: the poster scanned again', () => {
  test('asks who is signed in whether to go on as themselves', async () => {
    const group = await newGroup();
    const person = await makeParticipant(app, group, 'Åsa-Märta Ek');
    await readLessons(person);
    await passExam(person);
    const page = await person.visitor.get(at(group));
    expect(page.status).toBe(200);
    expect(heading(page.text)).toBe(t('continue.title', { name: 'Åsa-Märta Ek' }));
    expect(page.text).not.toContain('name="ticket"');
    const sent = await person.visitor.post(at(group), { name: 'Åsa-Märta Ek', ticket: '', language: 'sv' });
    expect(sent.status).toBe(409);
    expect((await person.visitor.get('/min-sida')).text).toContain('/intyg/');
    expect((await membersOf(group)).match(/Åsa-Märta Ek/g)).toHaveLength(
      (await membersOf(group)).split('Åsa-Märta Ek').length - 1,
    );
  });

  test('signs out first for somebody else', async () => {
    const group = await newGroup();
    const { visitor } = await makeParticipant(app, group, 'Åsa Öberg');
    const session = visitor.cookies.find(({ name }) => name === 'session');
    const left = await visitor.post(at(group), { action: 'someone-else' });
    expect([left.status, left.location]).toEqual([303, at({ ...group, code: group.code.replace('-', '') })]);
    expect(opening(visitor)).toEqual([]);
    const old = await visitor.get('/min-sida', { cookie: `session=${session?.value}` });
    expect(old.location).toContain('/logga-in');
    expect((await visitor.get(at(group))).text).toContain('name="ticket"');
  });

  test('asks who writes nearly the same name, and leads to the code', async () => {
    const group = await newGroup();
    await makeParticipant(app, group, 'Amina Hassan');
    const { visitor, fields, reply } = await join(group, 'amina  HASAN');
    expect(reply.status).toBe(409);
    expect(heading(reply.text)).toBe(t('joinQuestion.title'));
    expect(reply.text).toContain('href="/kom-tillbaka"');
    expect(reply.text).not.toContain('Amina Hassan');
    expect((await visitor.get('/min-sida')).location).toContain('/logga-in');
    expect(await membersOf(group)).toContain(t('group.members', { count: 1, size: 10 }));
    expect((await visitor.post(at(group), { ...fields, new: 'ja' })).location).toBe(codePage);
    expect(await membersOf(group)).toContain(t('group.members', { count: 2, size: 10 }));
  });
});

describe('bugs F15: back, and the name corrected', () => {
  test('is one person with the right name', async () => {
    const group = await newGroup();
    const { visitor, fields } = await join(group, 'Amina Berg');
    const words = wordsIn((await visitor.get(codePage)).text);
    expect((await visitor.post(at(group), { ...fields, name: 'Amina Bergh' })).location).toBe(codePage);
    const shown = await visitor.get(codePage);
    expect(wordsIn(shown.text)).toBe(words);
    expect(shown.text).toContain('Amina Bergh');
    expect(await membersOf(group)).toContain(t('group.members', { count: 1, size: 10 }));
  });

  test('after the words have been saved asks first', async () => {
    const group = await newGroup();
    const { visitor, fields } = await join(group, 'Amina Berg');
    await visitor.post(codePage);
    const asked = await visitor.post(at(group), { ...fields, name: 'Amina Bergh' });
    expect(asked.status).toBe(409);
    expect(plain(asked.text)).toContain(t('continue.rename', { name: 'Amina Bergh' }));
    const renamed = await visitor.post(at(group), { action: 'rename', name: 'Amina Bergh' });
    expect(renamed.location).toBe('/min-sida');
    expect(heading((await visitor.get('/min-sida')).text)).toBe(t('myPage.hello', { name: 'Amina Bergh' }));
    expect(await membersOf(group)).toContain(t('group.members', { count: 1, size: 10 }));
  });
});

describe('learners M6: the name is mended by its bearer', () => {
  test('until the exam is begun, and by nobody after that', async () => {
    const person = await makeParticipant(app, await newGroup(), 'Ola');
    const page = await person.visitor.get('/min-sida');
    expect(plain(page.text)).toContain(t('ownName.preview'));
    expect(page.text).toContain('href="/min-sida/namn"');
    expect((await person.visitor.post('/min-sida/namn', { name: '20080101-1234' })).status).toBe(422);
    expect((await person.visitor.post('/min-sida/namn', { name: 'Ola Berg' })).location).toBe('/min-sida');
    expect(heading((await person.visitor.get('/min-sida')).text)).toBe(t('myPage.hello', { name: 'Ola Berg' }));
    await readLessons(person);
    await startExam(person);
    const late = await person.visitor.post('/min-sida/namn', { name: 'Nisse Berg' });
    expect(late.status).toBe(409);
    expect(plain(late.text)).toContain(t('refusal.name-fixed'));
    expect((await person.visitor.get('/min-sida')).text).not.toContain('/min-sida/namn');
    expect(heading((await person.visitor.get('/min-sida')).text)).toBe(t('myPage.hello', { name: 'Ola Berg' }));
  });

  test('learners S2: letters that the paper cannot show are taken, with a word about them', async () => {
    const { visitor, reply } = await join(await newGroup(), 'محمد العلي');
    expect(reply.status).toBe(303);
    expect(plain((await visitor.get(codePage)).text)).toContain(t('ownName.letters'));
    const latin = await join(await newGroup(), 'Ольга Łukasz');
    expect(plain((await latin.visitor.get(codePage)).text)).not.toContain(t('ownName.letters'));
  });
});

test('security F8: many who join from one network are told until when, and a group is not filled', {
  timeout: 120_000,
}, async () => {
  const crowded = await startApp();
  const group = await makeGroup(await makeAdministrator(crowded), { size: 400 });
  const visitor = new Visitor(crowded.url);
  let status = 303;
  let joined = 0;
  for (; joined < 200 && status === 303; joined++) {
    const alone = new Visitor(crowded.url);
    const ticket = await ticketFor(alone, group);
    status = (await alone.post(at(group), { name: 'Åsa Öberg', ticket, language: 'sv', new: 'ja' })).status;
  }
  // Sixty in a minute; a slow machine lets some of the next minute in.
  expect(status).toBe(429);
  expect(joined).toBeLessThanOrEqual(121);
  expect((await visitor.get(at(group))).status).toBe(200);
  await endApp(crowded);
});
