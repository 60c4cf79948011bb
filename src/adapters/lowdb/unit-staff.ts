import type { CalendarDate, NodeId, PersonId } from '#domain/kernel/ids.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import { worksThereFrom } from '#domain/people/staffing.ts';

/** Who works, will work or has worked in one unit. What is made of it is kept until one of them changes, comes or goes. */
export class UnitStaff {
  readonly #unit: NodeId;
  readonly #records = new Map<PersonId, StaffRecord>();
  #list: readonly StaffRecord[] | undefined;
  #counted: { readonly date: CalendarDate; readonly people: number } | undefined;

  constructor(unit: NodeId) {
    this.#unit = unit;
  }

  /** Adds or replaces. */
  set(record: StaffRecord): void {
    this.#records.set(record.id, record);
    this.#forget();
  }

  delete(id: PersonId): void {
    this.#records.delete(id);
    this.#forget();
  }

  /** In order of id. The same frozen list as long as nothing in it has changed. */
  get list(): readonly StaffRecord[] {
    this.#list ??= Object.freeze([...this.#records.values()].sort(byId));
    return this.#list;
  }

  /** How many work there on a day or later. */
  countFrom(date: CalendarDate): number {
    if (this.#counted?.date !== date) {
      let people = 0;
      for (const record of this.#records.values()) if (worksThereFrom(record, this.#unit, date)) people += 1;
      this.#counted = { date, people };
    }
    return this.#counted.people;
  }

  #forget(): void {
    this.#list = undefined;
    this.#counted = undefined;
  }
}

export function byId(one: StaffRecord, other: StaffRecord): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}
