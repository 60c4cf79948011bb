import { expect, test } from 'vitest';
import { languages } from '#domain/kernel/language.ts';
import type { Person } from '#domain/people/person.ts';
import { afterTheReply, testServices } from '../../../tests/support/test-services.ts';
import { tellOfChange } from './tell-of-change.ts';

const anna: Pick<Person, 'name' | 'email' | 'language'> = {
  name: 'Anna Andersson',
  email: 'anna@lindala.example',
  language: 'sv',
};

test.each(languages)('the person is told what happened, when, and whom to ring, in %s', async (language) => {
  const { services, mails } = testServices('2026-06-10T12:00:00Z');
  tellOfChange(services, { ...anna, language }, 'password-changed');
  await afterTheReply();
  expect(mails).toHaveLength(1);
  expect(mails[0]?.to).toBe(anna.email);
  expect(mails[0]?.text).toContain('Anna Andersson');
  expect(mails[0]?.text).toContain('2026');
  expect(mails[0]?.text).toContain('14:00');
  expect(mails[0]?.text).toContain(services.municipality.contact.signInHelp);
  expect(mails[0]?.text).not.toMatch(/\{\w+\}|https?:/);
});

test('a changed address is told at both addresses, and the old one is given no name and not the new address', async () => {
  const { services, mails } = testServices();
  tellOfChange(services, anna, 'email-changed', { formerEmail: 'gammal@lindala.example' });
  await afterTheReply();
  expect(mails.map(({ to }) => to)).toEqual(['anna@lindala.example', 'gammal@lindala.example']);
  expect(mails[1]?.text).not.toMatch(/Andersson|anna@/);
});

test('a role is named with its place', async () => {
  const { services, mails } = testServices();
  tellOfChange(services, anna, 'role-given', { grant: { role: 'administrator', place: 'everything' } });
  await afterTheReply();
  expect(mails[0]?.text).toContain('Administratör, Alla nämnder');
});

test('who has no address is sent nothing', async () => {
  const { services, mails } = testServices();
  tellOfChange(services, { ...anna, email: undefined }, 'code-replaced');
  await afterTheReply();
  expect(mails).toEqual([]);
});
