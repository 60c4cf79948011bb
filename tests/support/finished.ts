import type { Steps } from '#domain/kernel/steps.ts';

/** What a piece of work comes to that is not put down in between. */
export function finished<R>(work: Steps<R>): R {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
