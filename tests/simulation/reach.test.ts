import { describe, expect, test } from 'vitest';
import { administeredThrough } from '#domain/administration.ts';
import { type AwakeGrant, awakeGrants, type GrantBasis } from '#domain/grant-days.ts';
import type { Person } from '#domain/person.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { actors, mailboxOf, municipality, objection, reachOf, trustedReach, type World } from './reach.ts';
import { type Dice, planted, requests } from './requests.ts';

const sequences = 5_000;
const longest = 7;

function diceOf(seed: number): Dice {
  const random = seededRandom(seed);
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  return { upTo, of: (from) => from[upTo(from.length - 1)] as (typeof from)[number] };
}

interface Rules {
  /** Asked at random among the others. */
  readonly also?: Parameters<typeof run>[2];
  /** What somebody may act by today. */
  readonly awake?: (person: Person, basis: GrantBasis) => readonly AwakeGrant[];
}

type Ask = (typeof requests)[string];

/**
 * One person, of a role below “everything”, asks for one thing after the other, as themselves or as anybody whose mailbox they have
 * come to read; days go by between. @returns what must not have happened
 */
async function run(seed: number, { awake }: Rules, also?: Ask): Promise<string | undefined> {
  const dice = diceOf(seed);
  const world = await municipality();
  const { services } = world;
  const awakeOf = awake ?? awakeGrants;
  const name = dice.of(actors);
  const first = (await world.everybody()).find(({ id }) => id === name);
  if (!first) throw new Error('nobody by that name');
  const own = new Set([mailboxOf(name), ...[1, 2, 3].map((number) => `${name}-${number}@elsewhere.example`)]);
  const trusted = trustedReach(first, await world.basis());
  const asks = also
    ? [...Object.entries(requests), ...Array.from({ length: 4 }, () => ['planted', also] as const)]
    : Object.entries(requests);
  const done: string[] = [];
  for (let step = 0; step < longest; step += 1) {
    const before = await world.everybody();
    const controlled = before.filter(({ email }) => email !== undefined && own.has(email));
    const who = await world.acting((controlled.length > 0 ? dice.of(controlled) : first).id);
    if (!who) break;
    const [what, ask] = dice.of(asks);
    done.push(`${who.id} asks to ${what}`);
    const known = await world.basis();
    const could = new Map(before.map((person) => [person.id as string, trustedReach(person, known)]));
    await ask({ world, actor: who, people: before, mailbox: dice.of([...own]), dice });
    if (dice.upTo(2) === 0) world.pass(1 + dice.upTo(2));
    const wrong = await whatIsWrong(world, { own, trusted, could, awakeOf });
    if (wrong) return `seed ${seed}: ${done.join(', ')}: ${wrong}`;
  }
  const basis = await world.basis();
  const isAdministered = administeredThrough(await services.store.people.staffWithGrants(), basis) === undefined;
  return isAdministered ? undefined : `seed ${seed}: ${done.join(', ')}: nobody administers everything`;
}

async function whatIsWrong(
  world: World,
  known: {
    readonly own: ReadonlySet<string>;
    readonly trusted: ReadonlySet<string>;
    readonly could: ReadonlyMap<string, ReadonlySet<string>>;
    readonly awakeOf: NonNullable<Rules['awake']>;
  },
): Promise<string | undefined> {
  const basis = await world.basis();
  for (const person of await world.everybody()) {
    const grants = known.awakeOf(person, basis);
    for (const grant of grants) {
      const against = objection(grant, person, basis.date);
      if (against) return `${person.id} is ${grant.role} at ${grant.place}: ${against}`;
    }
    const isTheirs = person.email !== undefined && known.own.has(person.email);
    const might = isTheirs ? trustedReach(person, basis) : reachOf(grants);
    const before = known.could.get(person.id);
    // Whoever is theirs reaches no further than they were trusted with; anybody else no further than that or than before.
    const grown = [...might].filter((one) => !known.trusted.has(one) && (isTheirs || !before?.has(one)));
    if (grown.length > 0) return `${person.id} can now ${grown[0]}`;
  }
  return undefined;
}

async function firstWrong(count: number, rules: Rules = {}, also?: Ask): Promise<string | undefined> {
  for (let seed = 1; seed <= count; seed += 1) {
    const wrong = await run(seed, rules, also);
    if (wrong) return wrong;
  }
  return undefined;
}

describe('security F1, F2: whatever anybody below “everything” asks for, in any order', () => {
  test(`nobody reaches further by it, no role outlives its work, and somebody administers everything: ${sequences} sequences`, {
    timeout: 600_000,
  }, async () => {
    expect(await firstWrong(sequences)).toBeUndefined();
  });

  test('and it would be seen if whoever edits a person could have their mail', { timeout: 60_000 }, async () => {
    expect(await firstWrong(1_000, {}, planted)).toMatch(/can now/);
  });

  test('and it would be seen if a role did not rest on work', { timeout: 60_000 }, async () => {
    const stored = ({ grants }: Person) => grants as readonly AwakeGrant[];
    expect(await firstWrong(1_000, { awake: stored })).toMatch(/: (no work|on leave|too early|too late)$/);
  });
});
