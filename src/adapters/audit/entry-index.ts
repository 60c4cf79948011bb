import { addDays, endOfDay } from '#domain/kernel/calendar.ts';
import type { CalendarDate, Instant, NodeId, Pseudonym } from '#domain/kernel/ids.ts';
import type { AuditEntry } from '#ports/audit-log.ts';

/** Where an entry's line stands. */
export interface LinePlace {
  readonly file: string;
  readonly position: number;
  readonly length: number;
}

type Span = { readonly place: NodeId; readonly from: CalendarDate; readonly to?: CalendarDate | undefined };

/** Numbers, eight bytes each, of which there may be many. */
class Numbers {
  #values = new Float64Array(1024);
  #count = 0;

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const more = new Float64Array(this.#values.length * 2);
      more.set(this.#values);
      this.#values = more;
    }
    this.#values[this.#count] = value;
    this.#count += 1;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
  }
}

/** Finds entries by whom and which list they are about: some 30 bytes for each, and nothing of what it says. */
export class EntryIndex {
  readonly #files: string[] = [];
  readonly #fileNumbers = new Numbers();
  readonly #positions = new Numbers();
  readonly #lengths = new Numbers();
  readonly #times = new Numbers();
  readonly #bySubject = new Map<Pseudonym, number[]>();
  readonly #lists = new Map<NodeId, number[]>();
  #count = 0;

  add({ file, position, length }: LinePlace, { at, subject, action, place }: AuditEntry): void {
    const number = this.#count;
    this.#count += 1;
    if (this.#files.at(-1) !== file) this.#files.push(file);
    this.#fileNumbers.push(this.#files.length - 1);
    this.#positions.push(position);
    this.#lengths.push(length);
    this.#times.push(Date.parse(at));
    if (subject) listUnder(this.#bySubject, subject).push(number);
    if (place && (action === 'open-list' || action === 'export-list')) listUnder(this.#lists, place).push(number);
  }

  /** Oldest first. */
  about(subject: Pseudonym, lists: readonly Span[], newest: number): readonly LinePlace[] {
    const found = new Set(this.#bySubject.get(subject));
    for (const { place, from, to } of lists) {
      const begins = Date.parse(endOfDay(addDays(from, -1)));
      const ends = to === undefined ? Number.POSITIVE_INFINITY : Date.parse(endOfDay(to));
      for (const number of this.#lists.get(place) ?? []) {
        const time = this.#times.at(number);
        if (begins < time && time <= ends) found.add(number);
      }
    }
    const inOrder = Float64Array.from(found).sort();
    return [...inOrder.subarray(Math.max(inOrder.length - newest, 0))].map((number) => this.#placeOf(number));
  }

  /** Oldest first. */
  since(from: Instant): readonly LinePlace[] {
    const begins = Date.parse(from);
    const places: LinePlace[] = [];
    for (let number = 0; number < this.#count; number += 1) {
      if (this.#times.at(number) >= begins) places.push(this.#placeOf(number));
    }
    return places;
  }

  #placeOf(number: number): LinePlace {
    return {
      file: this.#files[this.#fileNumbers.at(number)] ?? '',
      position: this.#positions.at(number),
      length: this.#lengths.at(number),
    };
  }
}

function listUnder<K>(map: Map<K, number[]>, key: K): number[] {
  const known = map.get(key);
  if (known) return known;
  const list: number[] = [];
  map.set(key, list);
  return list;
}
