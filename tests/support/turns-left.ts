import { vi } from 'vitest';

/**
 * How often others are let in while something is done, on a machine on which each look at the clock finds it a millisecond later:
 * counted by steps of the work, and not by the time that a busy machine takes.
 */
export async function turnsLeftToOthers(work: () => Promise<unknown>): Promise<number> {
  let milliseconds = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    milliseconds += 1;
    return milliseconds;
  });
  let turns = 0;
  let isOver = false;
  const others = () => {
    turns += 1;
    if (!isOver) setImmediate(others);
  };
  setImmediate(others);
  try {
    await work();
  } finally {
    isOver = true;
    clock.mockRestore();
  }
  return turns;
}
