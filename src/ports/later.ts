/** Work for after the reply, so that neither the page nor its time tells what there was to do. So much waits and no more. */
export interface Later {
  /** False when too much waits already: then nothing is done. */
  add(job: () => Promise<void>): boolean;
}
