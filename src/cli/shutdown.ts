import { systemErrorCode } from '#adapters/lowdb/durable-fs.ts';

/** Milliseconds. Container engines kill ten seconds after they have asked. */
const deadline = 8_000;

export interface Ending {
  /** Lets replies that are under way be finished, and takes no more. */
  readonly drain: () => Promise<void>;
  /** What has to be brought to an end, in order. One that fails does not keep the others. */
  readonly steps: readonly (() => void | Promise<void>)[];
}

/**
 * Ends the process in order and once: drained, everything closed, and at the latest when the deadline has passed, whatever a disk or a
 * connection does meanwhile.
 */
export function createShutdown({ drain, steps }: Ending, exit: (code: number) => void = (code) => process.exit(code)) {
  let ending: Promise<void> | undefined;
  const run = async (code: number): Promise<void> => {
    // Not unref'd: nothing else may keep the process alive until then.
    setTimeout(() => {
      console.error('Allt hann inte avslutas i tid. Det som är sparat finns kvar.');
      exit(code);
    }, deadline);
    for (const step of [drain, ...steps]) {
      try {
        await step();
      } catch (error) {
        console.error(`Vid avslutningen: ${faultOf(error)}`);
      }
    }
    exit(code);
  };
  return (code: number): Promise<void> => {
    ending ??= run(code);
    return ending;
  };
}

/**
 * What went wrong and where, and nothing that somebody has written: a message may quote a document, the lines of a stack do not.
 * @example 'TypeError\n    at saveAnswer (…)'
 */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'okänt fel';
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = systemErrorCode(error) ?? systemErrorCode(error.cause);
  return [code ? `${error.name} (${code})` : error.name, ...places.slice(0, 8)].join('\n');
}
