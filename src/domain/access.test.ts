import { expect, test } from 'vitest';
import { personId } from '../../tests/contract/sample-documents.ts';
import { type Actor, can, type Permission } from './access.ts';

const learner: Actor = { id: personId('anna'), roles: ['learner'] };
const administrator: Actor = { id: personId('maria'), roles: ['learner', 'administrator'] };

const actors: readonly (readonly [string, Actor])[] = [
  ['nobody', undefined],
  ['a learner', learner],
  ['an administrator', administrator],
];
const aboutAPerson: readonly Permission[] = ['read:own-record', 'take:exam'];
const aboutNobody: readonly Permission[] = ['manage:people', 'manage:groups'];

for (const [who, actor] of actors) {
  test.for(aboutAPerson)(`${who} may %s for nobody else, administrator or not`, (permission) => {
    expect(can(actor, permission, personId('bo'))).toBe(false);
    expect(can(actor, permission)).toBe(false);
  });

  test.for(aboutNobody)(`whether ${who} may %s depends on being an administrator`, (permission) => {
    expect(can(actor, permission)).toBe(actor === administrator);
  });
}

test.for(aboutAPerson)('whoever is signed in may %s for themselves', (permission) => {
  expect(can(learner, permission, personId('anna'))).toBe(true);
  expect(can(administrator, permission, personId('maria'))).toBe(true);
});
