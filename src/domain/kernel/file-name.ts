/**
 * A name as part of a file's name: letters that every system and header takes, words joined by hyphens.
 *
 * @example fileNamePart('Hemtjänst Söder') // 'hemtjanst-soder'
 */
export function fileNamePart(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
}
