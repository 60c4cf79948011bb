import type { Person } from '#domain/people/person.ts';
import type { Services } from '#src/services.ts';

const longest = 100;

/**
 * What somebody has searched for by name, for the address of the page that shows it: sealed, and readable in that person's own pages
 * only. So Back, reload and the next page work as with any address, and no history, proxy or log holds whom one has looked for.
 *
 * @returns '' for nothing
 */
export function hideSearch(
  { secrets }: Pick<Services, 'secrets'>,
  searcher: Pick<Person, 'id'>,
  typed: string,
): string {
  const text = typed.normalize('NFC').trim().slice(0, longest);
  return text === '' ? '' : secrets.seal(purposeOf(searcher), Buffer.from(text));
}

/** @returns '' for what was not sealed here for this person, as typed by hand or sent by somebody else */
export function readSearch(
  { secrets }: Pick<Services, 'secrets'>,
  searcher: Pick<Person, 'id'>,
  hidden: string | null,
): string {
  const bytes = hidden ? secrets.unseal(purposeOf(searcher), hidden) : undefined;
  return bytes ? Buffer.from(bytes).toString('utf8') : '';
}

function purposeOf({ id }: Pick<Person, 'id'>): string {
  return `search:${id}`;
}
