import { expect, test } from 'vitest';
import { testServices } from '../../../tests/support/test-services.ts';
import { refuseNewPassword } from './refuse-password.ts';

const samira = { name: 'Samira Holm', email: 'samira.holm@lindala.example' };

test.for([
  'sommar2026!!',
  'Sommar2026!!',
  'password1234',
  'P@ssw0rd1234',
  '123456789012',
  'qwertyuiop12',
  'aprilapril2026',
  'Hemtjänst2026',
  // What stands around: the name, the address, the municipality, the product.
  'samira!holm26',
  'Holm.Samira.1',
  'lindala2026!',
  'lindalakommun1',
  'sekretess2026!',
  'Sekretesskörkortet1',
])('security F13: “%s” is refused', async (password) => {
  expect(await refuseNewPassword(testServices().services, password, samira)).toBe('password-guessable');
});

test.for(['gurka hatt cykel', 'kaffe stol moln', 'blå himmel grön bil', 'Xk93kd!!lsPq', 'trumpet lampa sjö'])(
  'three or four words that do not belong together are enough, and so is chance: “%s”',
  async (password) => {
    expect(await refuseNewPassword(testServices().services, password, samira)).toBeUndefined();
  },
);

test('a long one is looked at in a moment', async () => {
  const { services } = testServices();
  await refuseNewPassword(services, 'gurka hatt cykel', samira);
  const began = performance.now();
  await refuseNewPassword(services, 'a4p@55w0rd1qaz'.repeat(14), samira);
  expect(performance.now() - began).toBeLessThan(1500);
});
