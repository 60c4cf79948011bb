import { describe, expect, test } from 'vitest';
import { administeredThrough } from '#domain/access/administration.ts';
import { type ActingPerson, type AwakeGrant, awakeGrants, type GrantBasis } from '#domain/access/grant-days.ts';
import { factorGate, isOpenedByCode } from '#domain/account/session.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { actors, mailboxOf, municipality, objection, reachOf, trustedReach, type World } from './reach.ts';
import { type Dice, type Hands, inGoodFaith, planted, type Request, requests } from './requests.ts';

const sequences = 5_000;
const longest = 7;

function diceOf(seed: number): Dice {
  const random = seededRandom(seed);
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  return { upTo, of: (from) => from[upTo(from.length - 1)] as (typeof from)[number] };
}

interface Rules {
  readonly steps?: number;
  /** What somebody may act by today. */
  readonly awake?: (person: Person, basis: GrantBasis) => readonly AwakeGrant[];
}

/** Who asks for the next thing, and as whom: the one it is about, as those whose mail or sessions they have; or the other, in good faith. */
async function nextAsk(
  world: World,
  first: Person,
  hands: Hands,
  dice: Dice,
  also: Request | undefined,
): Promise<{ readonly what: string; readonly who: ActingPerson; readonly ask: Request } | undefined> {
  if (dice.upTo(5) === 0) {
    const who = await world.acting('root' as PersonId);
    const [what, ask] = dice.of(Object.entries(inGoodFaith));
    return who && { what: `in good faith ${what}`, who, ask };
  }
  const asks = Object.entries(requests);
  const [what, ask] = also && dice.upTo(4) === 0 ? (['planted', also] as const) : dice.of(asks);
  if (hands.cookies.size > 0 && dice.upTo(3) === 0) {
    const session = await world.session(dice.of([...hands.cookies]));
    // As the routes hold it: a session that words opened uses no role.
    if (session)
      return { what, ask, who: isOpenedByCode(session) ? { ...session.person, grants: [] } : session.person };
  }
  const theirs = (await world.everybody()).filter(
    ({ email }) => email !== undefined && hands.mailboxes.includes(email),
  );
  const who = await world.acting((theirs.length > 0 ? dice.of(theirs) : first).id);
  return who && { what, who, ask };
}

/**
 * One person, of a role below “everything”, asks for one thing after the other, as themselves or as anybody whose mailbox, personal code
 * or session they have come to have; days go by between. @returns what must not have happened
 */
async function run(seed: number, { awake, steps = longest }: Rules, also?: Request): Promise<string | undefined> {
  const dice = diceOf(seed);
  const world = await municipality();
  const name = dice.of(actors);
  const first = (await world.everybody()).find(({ id }) => id === name);
  if (!first) throw new Error('nobody by that name');
  const mailboxes = [mailboxOf(name), ...[1, 2, 3].map((number) => `${name}-${number}@elsewhere.example`)];
  const hands: Hands = { mailboxes, codes: new Set(), cookies: new Set() };
  const trusted = trustedReach(first, await world.basis());
  const done: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    const next = await nextAsk(world, first, hands, dice, also);
    if (!next) break;
    const { what, who, ask } = next;
    done.push(`${who.id} asks to ${what}`);
    const people = await world.everybody();
    const isOther = who.id === 'root';
    const isTheirs = ({ email }: Person) => email !== undefined && mailboxes.includes(email);
    const known = await world.basis();
    const could = ({ id }: Person) => {
      const before = people.find((person) => person.id === id);
      return before && trustedReach(before, known);
    };
    // In good faith nobody is given a role whose mail goes astray.
    const about = isOther && what.includes('role') ? people.filter((person) => !isTheirs(person)) : people;
    await ask({ world, actor: who, people: about, hands, mailbox: dice.of(mailboxes), dice });
    if (dice.upTo(2) === 0) world.pass(1 + dice.upTo(2));
    const awakeOf = awake ?? awakeGrants;
    const wrong = await whatIsWrong(world, { hands, trusted, could: isOther ? undefined : could, awakeOf });
    if (wrong) return `seed ${seed}: ${done.join(', ')}: ${wrong}`;
  }
  const basis = await world.basis();
  const isAdministered = administeredThrough(await world.services.store.people.staffWithGrants(), basis) === undefined;
  return isAdministered ? undefined : `seed ${seed}: ${done.join(', ')}: nobody administers everything`;
}

interface Known {
  readonly hands: Hands;
  readonly trusted: ReadonlySet<string>;
  /** What everybody could before; undefined where whoever is given everything has given somebody more. */
  readonly could: ((person: Person) => ReadonlySet<string> | undefined) | undefined;
  readonly awakeOf: NonNullable<Rules['awake']>;
}

async function whatIsWrong(world: World, { hands, trusted, could, awakeOf }: Known): Promise<string | undefined> {
  const basis = await world.basis();
  for (const person of await world.everybody()) {
    const grants = awakeOf(person, basis);
    for (const grant of grants) {
      const against = objection(grant, person, basis.date);
      if (against) return `${person.id} is ${grant.role} at ${grant.place}: ${against}`;
    }
    if (person.codeHash && (person.grants.length > 0 || person.passwordHash))
      return `${person.id} has words beside a role`;
    const isTheirs = person.email !== undefined && hands.mailboxes.includes(person.email);
    if (!isTheirs && !could) continue;
    const might = isTheirs ? trustedReach(person, basis) : reachOf(grants);
    // Whoever is theirs reaches no further than they were trusted with; anybody else no further than that or than before.
    const beyond = [...might].filter((one) => !trusted.has(one));
    const before = isTheirs || beyond.length === 0 ? undefined : could?.(person);
    const grown = beyond.find((one) => !before?.has(one));
    if (grown) return `${person.id} can now ${grown}`;
  }
  return wrongSession(world, hands);
}

/** Of the sessions that they have opened: by words one uses no role and adds no factor; by mail one is in for as long as one reads it. */
async function wrongSession(world: World, hands: Hands): Promise<string | undefined> {
  for (const cookie of hands.cookies) {
    const session = await world.session(cookie);
    if (!session) {
      hands.cookies.delete(cookie);
      continue;
    }
    const { person } = session;
    if (isOpenedByCode(session)) {
      if (person.grants.length > 0) return `${person.id} has a role, and their words have opened a session`;
      if (factorGate(session, person, world.services.clock()) === 'open')
        return `${person.id} could add a factor by words`;
    } else if (!hands.mailboxes.includes(person.email ?? '')) {
      return `${person.id} is signed in to by who does not read their mail`;
    }
  }
  return undefined;
}

async function firstWrong(count: number, rules: Rules = {}, also?: Request): Promise<string | undefined> {
  for (let seed = 1; seed <= count; seed += 1) {
    const wrong = await run(seed, rules, also);
    if (wrong) return wrong;
  }
  return undefined;
}

describe('security F1, F2, F10, F12: whatever anybody below “everything” asks for, in any order', () => {
  test(`nobody reaches further by it, no role outlives its work, and somebody administers everything: ${sequences} sequences`, {
    timeout: 600_000,
  }, async () => {
    expect(await firstWrong(sequences)).toBeUndefined();
  });

  test.each([
    ['whoever edits a person could have their mail', planted['an address'], /can now/],
    ['a link outlived the address that it was sent to', planted['a link'], /does not read their mail/],
    ['words stood beside a role', planted['a code'], /words beside a role/],
  ])('and it would be seen if %s', { timeout: 60_000 }, async (_, also, found) => {
    expect(await firstWrong(1_000, { steps: 25 }, also)).toMatch(found);
  });

  test('and it would be seen if a role did not rest on work', { timeout: 60_000 }, async () => {
    const stored = ({ grants }: Person) => grants as readonly AwakeGrant[];
    expect(await firstWrong(1_000, { awake: stored })).toMatch(/: (no work|on leave|too early|too late)$/);
  });
});
