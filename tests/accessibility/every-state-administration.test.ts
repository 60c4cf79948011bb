import { areas } from './areas.ts';
import { lookAtStates } from './every-state.ts';

lookAtStates('administration', areas.administration);
