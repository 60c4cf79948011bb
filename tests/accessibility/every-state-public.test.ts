import { areas } from './areas.ts';
import { lookAtStates } from './every-state.ts';

lookAtStates('public', areas.public);
