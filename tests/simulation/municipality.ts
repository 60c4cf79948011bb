import type { Certificate } from '#domain/exam/certificate.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate, CertificateCode, Instant, NodeId, PersonId, Pseudonym } from '#domain/kernel/ids.ts';
import type { Organisation } from '#domain/people/organisation.ts';
import type { Decision, Person } from '#domain/people/person.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import type { Store } from '#ports/store.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { seededBytes } from '../support/seeded-bytes.ts';
import { type Fact, isAway, isEmployed, openOn, plus } from './oracle.ts';

export const units = ['u1', 'u2', 'u3', 'u4'];
const date = (day: string) => day as CalendarDate;

/** Two committees: u1 and u2 belong to one, u3 and u4 to the other. */
export function organisation(recordedAt: Instant): Organisation {
  const place = (id: string, kind: 'committee' | 'unit', parent?: string) => ({
    id: id as NodeId,
    kind,
    versions: [{ recordedAt, name: `Plats ${id}`, parent: parent as NodeId | undefined }],
  });
  const nodes = [
    place('c1', 'committee'),
    place('c2', 'committee'),
    ...units.map((unit) => place(unit, 'unit', unit < 'u3' ? 'c1' : 'c2')),
  ];
  return { id: 'organisation', nodes };
}

/** People and what happens to them, written both to the store and to the oracle's own facts. */
export class Municipality {
  readonly facts: Fact[] = [];
  readonly #random: () => number;
  #store: Store;
  #number = 0;

  constructor(random: () => number, store: Store) {
    this.#random = random;
    this.#store = store;
  }

  reopened(store: Store): void {
    this.#store = store;
  }

  async addManagers(day: string, now: Date): Promise<void> {
    for (const [place, leads] of [
      ['u1', ['u1']],
      ['u2', ['u2']],
      ['c2', ['u3', 'u4']],
    ] as const) {
      await this.#add({ category: 'unit-manager', leads, unit: leads[0], from: day, place }, now);
    }
  }

  /** What happens on a morning or an evening, all at one moment. */
  async live(day: string, now: Date): Promise<void> {
    if (this.#chance(0.06)) await this.#start(day, now);
    for (const fact of this.facts) {
      if (this.#chance(0.004)) await this.#move(fact, day, now);
      if (this.#chance(0.006)) await this.#goOnLeave(fact, day, now);
      if (this.#chance(0.0015)) await this.#end(fact, day, now);
      if (this.#chance(0.03)) await this.#comeBack(fact, day, now);
      if (this.#chance(0.03)) await this.#pass(fact, day, now);
      if (this.#chance(0.006)) await this.#moveDue(fact, day, now);
      if (this.#chance(0.002)) await this.#exempt(fact, day, now);
      if (this.#chance(0.002)) await this.#giveExtra(fact, day, now);
      if (this.#chance(0.2)) await this.#acceptInvitation(fact, now);
    }
  }

  async #start(day: string, now: Date): Promise<void> {
    const isTemporary = this.#chance(0.4);
    const from = plus(day, this.#upTo(20));
    const to = isTemporary ? plus(from, 5 + this.#upTo(120)) : undefined;
    const inviteOn = this.#chance(0.5) ? plus(day, this.#upTo(25)) : undefined;
    const category = isTemporary ? 'temporary-staff' : 'new-employee';
    await this.#add({ category, leads: [], unit: this.#unit(), from, to, inviteOn }, now);
  }

  async #add(
    given: {
      category: Fact['category'];
      leads: readonly string[];
      unit: string;
      from: string;
      to?: string | undefined;
      inviteOn?: string | undefined;
      place?: string;
    },
    now: Date,
  ): Promise<void> {
    const { category, leads, unit, from, to, inviteOn, place } = given;
    this.#number += 1;
    const id = `p${String(this.#number).padStart(3, '0')}`;
    const isManager = leads.length > 0;
    const hasEmail = isManager || !this.#chance(0.15);
    const isProtected = !isManager && this.#chance(0.1);
    const fact: Fact = {
      ...{
        id,
        name: `Person ${id}`,
        hasEmail,
        isProtected,
        category,
        leads,
        inviteOn: hasEmail ? inviteOn : undefined,
      },
      ...{ work: [{ unit, from, to }], leaves: [], certificates: [], moved: new Map(), exempt: new Map() },
      ...{ hasAccount: inviteOn === undefined, sent: new Set<string>(), toldByInvitation: [] },
    };
    this.facts.push(fact);
    const person = newPerson(
      {
        id: id as PersonId,
        name: fact.name,
        nameGivenBy: 'employer',
        email: hasEmail ? `${id}@lindala.example` : undefined,
        passwordHash: fact.hasAccount ? 'x' : undefined,
        inviteOn: fact.inviteOn === undefined ? undefined : date(fact.inviteOn),
        protectedIdentity: isProtected || undefined,
        grants: place ? [{ role: 'unit-manager', place: place as NodeId }] : [],
      },
      { unit: unit as NodeId, category, from: date(from), to: to === undefined ? undefined : date(to) },
      now,
      seededBytes(this.#number),
    );
    await this.#store.people.create(person);
  }

  async #move(fact: Fact, day: string, now: Date): Promise<void> {
    const last = fact.work.at(-1);
    if (!last || last.to !== undefined || last.from >= day || fact.leads.length > 0) return;
    last.to = plus(day, this.#upTo(5));
    fact.work.push({ unit: this.#unit(), from: plus(last.to, 1) });
    await this.#record(fact, now);
  }

  async #goOnLeave(fact: Fact, day: string, now: Date): Promise<void> {
    const from = plus(day, this.#upTo(3));
    fact.leaves.push({ from, to: plus(from, this.#upTo(40)) });
    await this.#record(fact, now);
  }

  async #end(fact: Fact, day: string, now: Date): Promise<void> {
    const last = fact.work.at(-1);
    if (!last || last.to !== undefined || last.from > day || fact.leads.length > 0) return;
    last.to = plus(day, this.#upTo(20));
    await this.#record(fact, now);
  }

  async #comeBack(fact: Fact, day: string, now: Date): Promise<void> {
    if (isEmployed(fact, day)) return;
    const from = plus(day, 2 + this.#upTo(8));
    const to = fact.category === 'temporary-staff' ? plus(from, 5 + this.#upTo(60)) : undefined;
    fact.work.push({ unit: this.#unit(), from, to });
    await this.#record(fact, now);
  }

  async #pass(fact: Fact, day: string, now: Date): Promise<void> {
    const [thing] = openOn(fact, day);
    if (!thing || !fact.hasAccount || isAway(fact, day)) return;
    const until = plus(day, 70 + this.#upTo(150));
    const code = `${fact.id.slice(1)}${fact.certificates.length}`.padStart(20, '0');
    fact.certificates.push({ track: thing.track, on: day, until, code });
    const certificate: Certificate = {
      ...{ code: code as CertificateCode, name: fact.name, nameGivenBy: 'employer', track: thing.track as Category },
      ...{ courseVersion: '1', guidelines: {}, issuedAt: now.toISOString(), issuedOn: date(day) },
      ...{ validUntil: date(until), issuer: 'Lindala' },
    };
    await this.#change(fact, (person) => ({ ...person, certificates: [...person.certificates, certificate] }));
  }

  async #moveDue(fact: Fact, day: string, now: Date): Promise<void> {
    const [thing] = openOn(fact, day);
    if (!thing) return;
    const due = plus(day, this.#upTo(30));
    fact.moved.set(thing.name, due);
    fact.exempt.delete(thing.track);
    await this.#decide(fact, now, { kind: 'move-due', track: thing.track as Category, due: date(due) });
  }

  async #exempt(fact: Fact, day: string, now: Date): Promise<void> {
    const [thing] = openOn(fact, day);
    if (!thing) return;
    const until = this.#chance(0.5) ? plus(day, this.#upTo(40)) : undefined;
    fact.exempt.set(thing.track, { until });
    const track = thing.track as Category;
    await this.#decide(fact, now, { kind: 'exempt', track, until: until === undefined ? undefined : date(until) });
  }

  async #giveExtra(fact: Fact, day: string, now: Date): Promise<void> {
    if (fact.extra || !isEmployed(fact, day)) return;
    const due = plus(day, this.#upTo(30));
    fact.extra = { due, thing: 'student:extra' };
    await this.#decide(fact, now, { kind: 'assign', track: 'student', due: date(due) });
  }

  async #acceptInvitation(fact: Fact, now: Date): Promise<void> {
    if (!fact.invitedOn || fact.hasAccount) return;
    fact.hasAccount = true;
    await this.#change(fact, (person) => ({
      ...person,
      passwordHash: 'x',
      invitation: person.invitation && { ...person.invitation, usedAt: now.toISOString() },
    }));
  }

  #decide(
    fact: Fact,
    now: Date,
    made:
      | { kind: 'assign' | 'move-due'; track: Category; due: CalendarDate }
      | { kind: 'exempt'; track: Category; until: CalendarDate | undefined },
  ): Promise<void> {
    return this.#change(fact, (person) => {
      const id = `${fact.id}-${person.decisions.length}`;
      const decision: Decision = { ...made, id, at: now.toISOString(), by: 'chef' as Pseudonym, reason: '' };
      return { ...person, decisions: [...person.decisions, decision] };
    });
  }

  /** Work and leave as the facts have them now, as a new record. */
  #record({ id, work, leaves, category }: Fact, now: Date): Promise<void> {
    const engagements = work.map(({ unit, from, to }) => ({
      ...{ unit: unit as NodeId, category, from: date(from), to: to === undefined ? undefined : date(to) },
    }));
    const away = leaves.map(({ from, to }) => ({ from: date(from), to: date(to) }));
    return this.#change({ id }, (person) => {
      if (currentStaffing(person).recordedAt > now.toISOString()) throw new Error('time went backwards');
      const staffing = { recordedAt: now.toISOString(), engagements, leaves: away };
      return { ...person, staffing: [...person.staffing, staffing] };
    });
  }

  #change({ id }: Pick<Fact, 'id'>, change: (person: Person) => Person): Promise<void> {
    return this.#store.people.update(id as PersonId, (person) => ({ save: change(person), result: undefined }));
  }

  #unit(): string {
    return units[this.#upTo(units.length - 1)] ?? 'u1';
  }

  #chance(of: number): boolean {
    return this.#random() < of;
  }

  /** A whole number from 0 through this. */
  #upTo(most: number): number {
    return Math.floor(this.#random() * (most + 1));
  }
}
