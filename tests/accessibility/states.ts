import { areas } from './areas.ts';
import type { States } from './states/state.ts';

/** The states of every route that is a page. A test holds this table against the built list of routes. */
export const states: States = Object.assign({}, ...Object.values(areas));
