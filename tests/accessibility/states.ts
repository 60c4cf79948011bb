import { accountStates } from './states/account.ts';
import { adminStates } from './states/admin.ts';
import { adminPeopleStates } from './states/admin-people.ts';
import { courseStates } from './states/course.ts';
import { groupStates } from './states/groups.ts';
import { publicStates } from './states/public.ts';
import type { States } from './states/state.ts';
import { unitStates } from './states/unit.ts';

/** The states of every route that is a page. A test holds this table against the built list of routes. */
export const states: States = {
  ...publicStates,
  ...unitStates,
  ...groupStates,
  ...adminStates,
  ...adminPeopleStates,
  ...accountStates,
  ...courseStates,
};
