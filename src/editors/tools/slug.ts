/** Names of lessons and scenarios: they are folders, addresses and ids at once. */
export function isSlug(text: string): boolean {
  return text.length <= 60 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}

/** @example slugOf('Åtkomst till personuppgifter') // 'atkomst-till-personuppgifter' */
export function slugOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
}
