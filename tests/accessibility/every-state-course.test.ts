import { areas } from './areas.ts';
import { lookAtStates } from './every-state.ts';

lookAtStates('course', areas.course);
