import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { goodPassword, makeAdministrator, makeEmployee, type WithPassword, type WithRole } from '../support/people.ts';
import { addSecondFactor, nextCodeOfApp, recoveryCodesOn, strengthen } from '../support/second-factor.ts';
import { expectStatus, Visitor } from '../support/visitor.ts';
import { t } from '../support/words.ts';

let app: RunningApp;
let admin: WithRole;
let employee: WithPassword;

beforeAll(async () => {
  app = await startApp();
  admin = await makeAdministrator(app);
  employee = await makeEmployee(app, admin, { name: 'Nils Nyberg', email: 'nils@lindala.example' });
});
afterAll(() => endApp(app));

/** The administrator in another browser, by the password alone. */
async function withPasswordOnly(): Promise<Visitor> {
  const visitor = new Visitor(app.url);
  const { email, password } = admin;
  expectStatus(await visitor.post('/logga-in', { email, password }), 303, 'signing in');
  return visitor;
}

const confirm = (visitor: Visitor, fields: Record<string, string>) => visitor.post('/bekrafta', fields);
const sessionOf = (visitor: Visitor) => visitor.cookies.find(({ name }) => name === 'session')?.value;

describe('an administrator with the password alone', () => {
  test('has Min sida and the course', async () => {
    const visitor = await withPasswordOnly();
    expect((await visitor.get('/min-sida')).status).toBe(200);
    expect((await visitor.get('/min-sida/uppgifter.json')).status).toBe(200);
  });

  test('is led from a role’s page to where one confirms, and from there back with what was asked', async () => {
    const visitor = await withPasswordOnly();
    const led = await visitor.get('/admin?efter=ABC');
    expect([led.status, led.location]).toEqual([303, '/bekrafta?till=%2Fadmin%3Fefter%3DABC']);
    const page = await visitor.get(led.location ?? '');
    expect(page.text).toContain(t('strong.title'));
    expect(page.text).not.toContain(t('strong.nothingSaved'));
    const recovery = admin.factor.recoveryCodes.pop() ?? '';
    const shown = await confirm(visitor, { way: 'recovery', recovery, till: '/admin?efter=ABC' });
    expect([shown.status, shown.location]).toEqual([303, '/admin?efter=ABC']);
    expect((await visitor.get('/admin')).status).toBe(200);
  });

  test('is told that a form that was sent changed nothing, and nothing was', async () => {
    const visitor = await withPasswordOnly();
    const fields = { action: 'invite', name: 'Eva Ek', email: 'eva@lindala.example', category: 'new-employee' };
    const led = await visitor.post('/admin', fields);
    expect(led.location).toBe('/bekrafta?till=%2Fadmin&sparat=nej');
    expect((await visitor.get(led.location ?? '')).text).toContain(t('strong.nothingSaved'));
    expect((await admin.visitor.get('/admin')).text).not.toContain('Eva Ek');
  });

  test('does not see and cannot change the factors there are', async () => {
    const visitor = await withPasswordOnly();
    for (const fields of [undefined, { action: 'recovery' }, { action: 'remove' }, { action: 'app', code: '123456' }]) {
      const reply = await (fields ? visitor.post('/min-sida/sakerhet', fields) : visitor.get('/min-sida/sakerhet'));
      expect(reply.status).toBe(303);
      expect(reply.location).toMatch(/^\/bekrafta\?till=%2Fmin-sida%2Fsakerhet/);
    }
  });

  test('is not led to another site', async () => {
    const visitor = await withPasswordOnly();
    const recovery = admin.factor.recoveryCodes.pop() ?? '';
    const reply = await confirm(visitor, { way: 'recovery', recovery, till: '//example.com/' });
    expect(reply.location).toBe('/min-sida');
  });
});

describe('showing a second factor', () => {
  test('goes on under another cookie, and the one before is signed out', async () => {
    const visitor = await withPasswordOnly();
    const before = sessionOf(visitor);
    await strengthen(visitor, admin);
    expect(sessionOf(visitor)).not.toBe(before);
    const old = await new Visitor(app.url).get('/min-sida', { cookie: `session=${before}` });
    expect(old.location).toMatch(/^\/logga-in/);
  });

  test('takes a code of the app, once', async () => {
    const [one, other] = [await withPasswordOnly(), await withPasswordOnly()];
    const code = await nextCodeOfApp(admin.factor.secret);
    const pasted = `${code.slice(0, 3)} ${code.slice(3)}`;
    expect((await confirm(one, { way: 'app', code: pasted })).status).toBe(303);
    const again = await confirm(other, { way: 'app', code });
    expect(again.status).toBe(422);
    expect(again.text).toContain(t('refusal.wrong-app-code'));
    expect(again.text).not.toContain(code);
    expect((await other.get('/admin')).status).toBe(303);
  });

  test('takes a recovery code once, in small letters and without hyphens too', async () => {
    const [one, other] = [await withPasswordOnly(), await withPasswordOnly()];
    const recovery = (admin.factor.recoveryCodes.pop() ?? '').toLowerCase().replaceAll('-', ' ');
    expect((await confirm(one, { way: 'recovery', recovery })).status).toBe(303);
    const again = await confirm(other, { way: 'recovery', recovery });
    expect(again.status).toBe(422);
    expect(again.text).toContain(t('refusal.wrong-recovery-code'));
  });

  test.each([
    {},
    { way: 'app' },
    { way: 'app', code: '１２３４５６' },
    { way: 'recovery' },
    { way: 'passkey' },
    { way: 'passkey', answer: '{' },
    { way: 'passkey', answer: '{"id":"A","rawId":"A","type":"public-key","response":{}}' },
    { way: 'passkey', answer: 'null' },
    { way: 'none' },
  ])('answers %j in words and with 422', async (fields: Record<string, string>) => {
    const visitor = await withPasswordOnly();
    const reply = await confirm(visitor, fields);
    expect(reply.status).toBe(422);
    expect(reply.text).toContain(t('form.wrong'));
    await strengthen(visitor, admin);
  });

  test('is not for who has none: they show the password', async () => {
    const page = await employee.visitor.get('/bekrafta?till=/min-sida');
    expect(page.text).toContain(t('strong.again'));
    const wrong = await confirm(employee.visitor, { way: 'password', password: 'fel lösenord' });
    expect([wrong.status, wrong.text.includes(t('refusal.wrong-password'))]).toEqual([422, true]);
    const { password } = employee;
    const right = await confirm(employee.visitor, { way: 'password', password, till: '/min-sida/sakerhet' });
    expect([right.status, right.location]).toEqual([303, '/min-sida/sakerhet']);
    expect((await confirm(await withPasswordOnly(), { way: 'password', password: admin.password })).status).toBe(422);
  });
});

describe('the factors', () => {
  // One has twenty sessions at most, and all those above have ended the first.
  beforeAll(async () => {
    const { email, password } = admin;
    expectStatus(await admin.visitor.post('/logga-in', { email, password }), 303, 'signing in');
    await strengthen(admin.visitor, admin);
  });

  test('are said to be there in the person’s record, without what they are', async () => {
    const { text } = await admin.visitor.get('/min-sida/uppgifter.json');
    expect(JSON.parse(text).secondFactors).toMatchObject({ passkeys: [], app: { addedAt: expect.any(String) } });
    expect(text).not.toContain(admin.factor.secret);
    expect(text).not.toMatch(/"secret"|"lastStep"|[0-9a-f]{64}/);
  });

  test('the last one stays while one has a role', async () => {
    await strengthen(admin.visitor, admin);
    const reply = await admin.visitor.post('/min-sida/sakerhet', { action: 'remove' });
    expect(reply.status).toBe(422);
    expect(reply.text).toContain(t('refusal.last-factor'));
  });

  test('a wrong code adds no app, and the square stays the same', async () => {
    const visitor = employee.visitor;
    const before = await visitor.get('/min-sida/sakerhet');
    const sealed = /name="sealed" value="([\w:-]+)"/.exec(before.text)?.[1] ?? '';
    const secret = /class="secret"[^>]*>([A-Z2-7 ]+)</.exec(before.text)?.[1] ?? '-';
    const wrong = await visitor.post('/min-sida/sakerhet', { action: 'app', sealed, code: '12' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain(secret);
    const foreign = await admin.visitor.post('/min-sida/sakerhet', { action: 'app', sealed, code: '12' });
    expect(foreign.text).toContain(t('refusal.form-too-old'));
  });

  test('new recovery codes end the old ones', async () => {
    await strengthen(admin.visitor, admin);
    const old = admin.factor.recoveryCodes.at(-1) ?? '';
    const page = await admin.visitor.post('/min-sida/sakerhet', { action: 'recovery' });
    const codes = recoveryCodesOn(page.text);
    expect(codes).toHaveLength(10);
    admin.factor.recoveryCodes.splice(0, Number.POSITIVE_INFINITY, ...codes);
    expect((await confirm(await withPasswordOnly(), { way: 'recovery', recovery: old })).status).toBe(422);
    await strengthen(admin.visitor, admin);
  });

  test('may be had by who has no role, and be taken away again', async () => {
    const factor = await addSecondFactor(employee.visitor);
    expect(factor.recoveryCodes).toHaveLength(10);
    await strengthen(employee.visitor, { factor });
    const removed = await employee.visitor.post('/min-sida/sakerhet', { action: 'remove' });
    expect(removed.location).toBe('/min-sida/sakerhet?till=%2Fmin-sida&klart=remove');
    expect((await employee.visitor.get(removed.location ?? '')).text).toContain(t('strong.done.remove'));
  });
});

test('who guesses is stopped after ten tries for a while, in this browser and every other, right code or not', async () => {
  const who = { name: 'Gun Grön', email: 'gun@lindala.example' };
  const { visitor, email, password } = await makeEmployee(app, admin, who);
  const factor = await addSecondFactor(visitor);
  const onAnotherDevice = async () => {
    const other = new Visitor(app.url);
    expectStatus(await other.post('/logga-in', { email, password }), 303, 'signing in');
    return other;
  };
  const guesser = await onAnotherDevice();
  const statuses: number[] = [];
  for (let tries = 0; tries < 12; tries++)
    statuses.push((await confirm(guesser, { way: 'app', code: '000000' })).status);
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 422), 429, 429]);
  const [recovery = ''] = factor.recoveryCodes;
  expect((await confirm(await onAnotherDevice(), { way: 'recovery', recovery })).status).toBe(429);
  expect((await confirm(guesser, { way: 'recovery', recovery })).status).toBe(429);
});

test('the first sign-in of somebody with a role leads to where one adds a factor', async () => {
  const first = await startApp();
  try {
    const visitor = new Visitor(first.url);
    const fields = { name: 'Maria Ek', email: 'maria@lindala.example', password: goodPassword, language: 'sv' };
    expect((await visitor.post(first.firstLink ?? '', fields)).location).toBe('/min-sida/sakerhet');
    expect((await visitor.get('/admin')).location).toBe('/min-sida/sakerhet?till=%2Fadmin');
  } finally {
    await endApp(first);
  }
});
