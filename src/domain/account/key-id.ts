import type { KeyId } from '#domain/kernel/ids.ts';

/** What was made before there were several keys bears no id: it is this one's. */
export const firstKeyId = 'k1' as KeyId;

const marked = /^(k[1-9]\d{0,5}):/;

/** The key that a hash or a sealed value was made with: `k2` for `k2:9f3a…`. */
export function keyIdOf(value: string): KeyId {
  return (marked.exec(value)?.[1] ?? firstKeyId) as KeyId;
}

/** @example withKeyId('k2' as KeyId, '9f3a') // 'k2:9f3a' */
export function withKeyId(id: KeyId, value: string): string {
  return id === firstKeyId ? value : `${id}:${value}`;
}

export function withoutKeyId(value: string): string {
  return value.replace(marked, '');
}

/** An id is never used again: the next one is one more than the greatest there is. */
export function nextKeyId(newest: KeyId): KeyId {
  return `k${keyNumber(newest) + 1}` as KeyId;
}

export function keyNumber(id: KeyId): number {
  return Number(id.slice(1));
}
