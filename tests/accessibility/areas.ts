import { accountStates } from './states/account.ts';
import { adminStates } from './states/admin.ts';
import { adminPeopleStates } from './states/admin-people.ts';
import { courseStates } from './states/course.ts';
import { groupStates } from './states/groups.ts';
import { publicStates } from './states/public.ts';
import type { States } from './states/state.ts';
import { unitStates } from './states/unit.ts';

/** Each is looked at by a test file of its own, `every-state-….test.ts`, so that they run beside each other. */
export const areas = {
  course: { ...courseStates },
  public: { ...publicStates, ...unitStates },
  account: { ...accountStates },
  administration: { ...groupStates, ...adminStates, ...adminPeopleStates },
} satisfies Record<string, States>;
