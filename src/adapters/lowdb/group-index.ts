import type { Group } from '#domain/groups/group.ts';
import type { GroupId, Instant } from '#domain/kernel/ids.ts';
import { byAge } from './by-age.ts';
import type { FillableIndex } from './document-index.ts';
import { type Conflict, type UniqueKey, UniqueKeys, without } from './unique-keys.ts';

export class GroupIndex implements FillableIndex<Group> {
  readonly #keys = new UniqueKeys();
  readonly #createdAt = new Map<string, { readonly id: GroupId; readonly createdAt: Instant }>();

  fill(groups: readonly Group[]): readonly Conflict[] {
    return groups.toSorted(byAge).flatMap((group) => {
      this.#createdAt.set(group.id, { id: group.id, createdAt: group.createdAt });
      return this.#keys.claimFree(group.id, keysOf(group)).map(({ kind }) => ({ id: group.id, kind }));
    });
  }

  claim(before: Group | undefined, after: Group): void {
    this.#keys.claim(after.id, without(keysOf(after), keysOf(before)));
  }

  commit(before: Group | undefined, after: Group | undefined): void {
    if (before !== undefined) {
      this.#keys.release(before.id, without(keysOf(before), keysOf(after)));
      this.#createdAt.delete(before.id);
    }
    if (after !== undefined) this.#createdAt.set(after.id, { id: after.id, createdAt: after.createdAt });
  }

  abandon(before: Group | undefined, after: Group): void {
    this.#keys.release(after.id, without(keysOf(after), keysOf(before)));
  }

  conflicts(): number {
    return this.#keys.conflicts();
  }

  forget(id: string): void {
    this.#keys.releaseAll(id);
    this.#createdAt.delete(id);
  }

  holder(code: string): string | undefined {
    return this.#keys.holder({ kind: 'code', value: code });
  }

  newestFirst(): readonly GroupId[] {
    return [...this.#createdAt.values()]
      .sort(byAge)
      .reverse()
      .map(({ id }) => id);
  }
}

function keysOf(group: Group | undefined): readonly UniqueKey[] {
  return group === undefined ? [] : [{ kind: 'code', value: group.code }];
}
