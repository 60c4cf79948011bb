import type { ServerResponse } from 'node:http';
import { paths } from '#src/paths.ts';

/** Where whoever is not signed in can have something done: looked up, hashed, drawn, written. By the first part of the path. */
const doors = new Set(
  [
    paths.signIn(),
    paths.returnWithCode(),
    paths.forgotPassword(),
    paths.newPassword('x'),
    paths.welcome('x'),
    paths.joinGroup(),
    paths.checkCertificate(),
    paths.language(),
  ].map(firstPart),
);

/** Milliseconds between two that begin: 200 a second, which a school's first minute stays below. */
const pause = 5;
/** The longest that a busy server lets them wait for one another. */
const longestPause = 100;
/** Waiting at most. What waits holds its body, at most 64 kB. */
const most = { known: 250, stranger: 1_000 };
/** Of those from one known device; more from it are strangers, so that nobody fills the queue of the known with one device. */
const mostOfDevice = 3;

/**
 * Lets those who are not signed in begin one at a time, with pauses in which everybody else is answered: a thousand at once wait for
 * one another and not others for them (decision 0022). The busier the server, the longer the pauses. Who comes from a known
 * device goes first.
 */
export function createDoors() {
  const waiting: Record<keyof typeof most, (() => void)[]> = { known: [], stranger: [] };
  const ofDevice = new Map<string, number>();
  let isOpen = true;

  const openAgain = () => {
    isOpen = false;
    const began = performance.now();
    setTimeout(() => {
      // A timer that is late says that there is much else to do.
      const late = performance.now() - began - pause;
      setTimeout(letIn, Math.min(2 * Math.max(0, late - 1), longestPause));
    }, pause);
  };
  const letIn = () => {
    const begin = waiting.known.shift() ?? waiting.stranger.shift();
    if (!begin) {
      isOpen = true;
      return;
    }
    begin();
    openAgain();
  };

  return {
    isDoor: (pathname: string) => doors.has(firstPart(pathname)),
    /**
     * @param device the id of a known device
     * @returns false when too many wait already: then nothing is begun, now or later
     */
    enter: (response: ServerResponse, device: string | undefined, begin: () => void): boolean => {
      const before = device === undefined ? mostOfDevice : (ofDevice.get(device) ?? 0);
      const who = before < mostOfDevice ? 'known' : 'stranger';
      if (waiting[who].length >= most[who]) return false;
      if (device !== undefined && who === 'known') ofDevice.set(device, before + 1);
      waiting[who].push(() => {
        if (device !== undefined && who === 'known') countDown(ofDevice, device);
        // Who has gone away while waiting is not begun with.
        if (!response.destroyed) begin();
      });
      if (isOpen) letIn();
      return true;
    },
  };
}

function countDown(counts: Map<string, number>, key: string): void {
  const left = (counts.get(key) ?? 0) - 1;
  if (left > 0) counts.set(key, left);
  else counts.delete(key);
}

function firstPart(path: string): string {
  return path.split('/', 2)[1] ?? '';
}
