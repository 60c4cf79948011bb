import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { plain, tagsOf, textOf } from '../support/html.ts';
import {
  course,
  invite,
  type MadeGroup,
  makeAdministrator,
  makeEmployee,
  makeGroup,
  type WithPassword,
} from '../support/people.ts';
import { type Reply, Visitor } from '../support/visitor.ts';
import { t } from '../support/words.ts';

describe('a form that is filled in wrong', () => {
  let app: RunningApp;
  let firstStart: RunningApp;
  let admin: WithPassword;
  let group: MadeGroup;
  let invitation: string;
  let sent = 0;
  beforeAll(async () => {
    [app, firstStart] = await Promise.all([startApp(), startApp()]);
    admin = await makeAdministrator(app);
    group = await makeGroup(admin);
    invitation = await invite(app, admin, { name: 'Nora Ny', email: 'nora@lindala.example' });
  });
  afterAll(() => Promise.all([endApp(app), endApp(firstStart)]));

  interface FormCase {
    readonly send: () => Promise<Reply>;
    readonly status: number;
    /** Fields that are wrong, by their ids. */
    readonly wrong: readonly string[];
    /** What was typed and must be there still. */
    readonly kept?: Readonly<Record<string, string>>;
  }

  const cases: Readonly<Record<string, FormCase>> = {
    'the first administrator, with nothing': {
      send: () => new Visitor(firstStart.url).post(firstStart.firstLink ?? '', {}),
      status: 422,
      wrong: ['name', 'email'],
    },
    'the first administrator, with a short password': {
      send: () =>
        new Visitor(firstStart.url).post(firstStart.firstLink ?? '', {
          name: 'Eva Ek',
          email: 'eva@lindala.example',
          password: 'kort',
        }),
      status: 422,
      wrong: ['password'],
      kept: { name: 'Eva Ek', email: 'eva@lindala.example' },
    },
    'an invitation with a short password': {
      send: () => new Visitor(app.url).post(invitation, { password: 'kort', language: 'en' }),
      status: 422,
      wrong: ['password'],
      kept: { en: 'checked' },
    },
    'an invitation with a password of one letter': {
      send: () => new Visitor(app.url).post(invitation, { password: 'a'.repeat(20) }),
      status: 422,
      wrong: ['password'],
    },
    'an invitation with one’s own address as password': {
      send: () => new Visitor(app.url).post(invitation, { password: 'nora@lindala.example' }),
      status: 422,
      wrong: ['password'],
    },
    'an invitation with a password without end': {
      send: () => new Visitor(app.url).post(invitation, { password: 'abcde '.repeat(100) }),
      status: 422,
      wrong: ['password'],
    },
    'signing in with a wrong password': {
      send: () => new Visitor(app.url).post('/logga-in', { email: 'maria.ek@lindala.example', password: 'fel' }),
      status: 401,
      wrong: ['email'],
      kept: { email: 'maria.ek@lindala.example' },
    },
    'coming back with a wrong code': {
      send: () => new Visitor(app.url).post('/kom-tillbaka', { code: 'fem "fel" ord & mer' }),
      status: 401,
      wrong: ['code'],
      kept: { code: 'fem "fel" ord & mer' },
    },
    'a group code that is wrong': {
      send: () => new Visitor(app.url).get('/grupp?kod=ABCD-1'),
      status: 404,
      wrong: ['kod'],
      kept: { kod: 'ABCD-1' },
    },
    'joining without a name': {
      send: () =>
        new Visitor(app.url).post(`/grupp/${group.code}`, { name: 'X', ticket: 'T'.repeat(26), language: 'en' }),
      status: 422,
      wrong: ['name'],
      kept: { name: 'X', en: 'checked' },
    },
    'a certificate’s number that is wrong': {
      send: () => new Visitor(app.url).get('/intyg?kod=ABC'),
      status: 404,
      wrong: ['kod'],
      kept: { kod: 'ABC' },
    },
    'inviting with nothing right': {
      send: () =>
        admin.visitor.post('/admin', {
          action: 'invite',
          name: '<b>',
          email: 'inte en adress',
          category: 'student',
          to: '2020-01-01',
        }),
      status: 422,
      wrong: ['name', 'email', 'to'],
      kept: { name: '<b>', email: 'inte en adress', to: '2020-01-01', student: 'selected' },
    },
    'inviting somebody who leaves, without a last day': {
      send: () =>
        admin.visitor.post('/admin', {
          action: 'invite',
          name: 'Vera Vik',
          email: 'vera@lindala.example',
          category: 'temporary-staff',
        }),
      status: 422,
      wrong: ['to'],
      kept: { name: 'Vera Vik', email: 'vera@lindala.example', 'temporary-staff': 'selected' },
    },
    'inviting somebody who is there': {
      send: () =>
        admin.visitor.post('/admin', {
          action: 'invite',
          name: 'Nora Två',
          email: 'NORA@lindala.example',
          category: 'new-employee',
        }),
      status: 422,
      wrong: ['email'],
      kept: { name: 'Nora Två', email: 'NORA@lindala.example' },
    },
    'making a group with nothing right': {
      send: () =>
        admin.visitor.post('/admin', {
          action: 'group',
          group: '',
          category: 'student',
          lastDay: '2026-02-30',
          size: '501',
        }),
      status: 422,
      wrong: ['group', 'lastDay', 'size'],
      kept: { lastDay: '2026-02-30', size: '501', student: 'selected' },
    },
    'inviting again who has come in': {
      send: async () => {
        const one = await makeEmployee(app, admin, { name: 'Inne Inger', email: `inger${++sent}@lindala.example` });
        const { id } = JSON.parse((await one.visitor.get('/min-sida/uppgifter.json')).text) as { id: string };
        return admin.visitor.post(`/admin/personer/${id}`, { action: 'again' });
      },
      status: 422,
      wrong: ['again'],
    },
    'adding a place that there is no room for': {
      send: () =>
        admin.visitor.post('/admin/organisation', { action: 'add', kind: 'unit', placeName: 'Norr', parent: '' }),
      status: 422,
      wrong: ['parent'],
      kept: { placeName: 'Norr', unit: 'selected' },
    },
    'work that ends before it begins': {
      send: async () => {
        const one = await makeEmployee(app, admin, { name: 'Tid Tora', email: `tora${++sent}@lindala.example` });
        const { id } = JSON.parse((await one.visitor.get('/min-sida/uppgifter.json')).text) as { id: string };
        return admin.visitor.post(`/admin/personer/${id}`, {
          action: 'add',
          category: 'student',
          from: '2026-03-01',
          to: '2026-02-01',
        });
      },
      status: 422,
      wrong: ['to'],
      kept: { student: 'selected', to: '2026-02-01' },
    },
  };

  test.each(Object.entries(cases))(
    '%s: errors are named in a summary and at the fields',
    async (_name, { send, status, wrong }) => {
      const { status: got, text } = await send();
      expect(got).toBe(status);
      const summary = /<div class="error-summary"[^>]*>.*?<\/div>/s.exec(text)?.[0] ?? '';
      const linked = tagsOf(summary, 'a').map((link) => link['href']?.slice(1));
      expect(linked).toEqual(wrong);
      expect(tagsOf(text, 'div').filter((tag) => tag['class'] === 'error-summary')).toEqual([
        expect.objectContaining({ role: 'alert', tabindex: '-1' }),
      ]);
      for (const id of linked) {
        const field = tagsOf(text, 'input', 'select', 'button', 'textarea').find((tag) => tag['id'] === id);
        expect({ id, invalid: field?.['aria-invalid'] }).toEqual({ id, invalid: 'true' });
        const described = (field?.['aria-describedby'] ?? '').split(' ').map((key) => textOf(text, { id: key }));
        expect(plain(summary)).toContain(described.at(-1));
      }
    },
  );

  test.each(Object.entries(cases).filter(([, { kept }]) => kept))(
    '%s: what was typed is kept',
    async (_name, { send, kept = {} }) => {
      const { text } = await send();
      const controls = tagsOf(text, 'input', 'option');
      for (const [name, value] of Object.entries(kept)) {
        const found =
          value === 'checked' || value === 'selected'
            ? controls.some((tag) => tag['value'] === name && value in tag)
            : controls.some((tag) => tag['name'] === name && tag['value'] === value);
        expect({ name, value, found }).toEqual({ name, value, found: true });
      }
    },
  );

  test('a password is never sent back', async () => {
    for (const { send } of Object.values(cases)) {
      for (const input of tagsOf((await send()).text, 'input').filter((tag) => tag['type'] === 'password'))
        expect(input['value']).toBeUndefined();
    }
  });

  test('steps of practice given the same place are kept as they were given', async () => {
    const scenario = [...course.scenarios.values()].find(({ use, kind }) => use === 'practice' && kind === 'order');
    if (scenario?.kind !== 'order') throw new Error('no order to practise');
    const fields = Object.fromEntries(scenario.steps.map(({ id }) => [`q.${scenario.id}.${id}`, '2']));
    const reply = await new Visitor(app.url).post(`/ova/${scenario.id}`, fields);
    expect(reply.status).toBe(422);
    expect(plain(reply.text)).toContain(t('refusal.equal-places'));
    expect(
      tagsOf(reply.text, 'option')
        .filter((option) => 'selected' in option)
        .map((option) => option['value']),
    ).toEqual(scenario.steps.map(() => '2'));
  });
});
