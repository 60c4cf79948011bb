import { expect, test } from 'vitest';
import { learner, testServices } from '../../../tests/support/test-services.ts';
import { changeLanguage } from './change-language.ts';

test('the language follows the person and changes nothing else', async () => {
  const world = testServices();
  const id = await learner(world);
  const before = await world.person(id);
  await changeLanguage(world.services, id, 'sv-simple');
  expect(await world.person(id)).toEqual({ ...before, language: 'sv-simple' });
});
