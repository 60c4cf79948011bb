import type { Category } from '#domain/kernel/category.ts';

/** The first that fits: a holiday stand-in (sommarvikarie) is a stand-in, a manager on a fixed term is a manager. */
const words: readonly (readonly [RegExp, Category])[] = [
  [/chef|unitmanager/, 'unit-manager'],
  [/elev|praktik|student|studerande|vfu|^apl|^lia$|auskult/, 'student'],
  [/vik|tim(avl|anst|lön)|visstid|säva|^ava$|tidsbegräns|intermittent|behovsanst|temporarystaff/, 'temporary-staff'],
  [/ferie|sommararb|sommarjobb|summerworker/, 'summer-worker'],
  [/tillsvidare|^tv$|^tvid|^fast|provanst|ordinarie|månadsavl|nyanst|newemployee/, 'new-employee'],
];

/** The category that a word for a form of employment or a job title means; undefined for one that says nothing of it. */
export function categoryOfWord(word: string): Category | undefined {
  const simple = word
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');
  return words.find(([pattern]) => pattern.test(simple))?.[1];
}

/** The word that is written for each category in a list that is handed out; `categoryOfWord` reads it back. */
export const wordOfCategory: Readonly<Record<Category, string>> = {
  'new-employee': 'Tillsvidare',
  'temporary-staff': 'Vikarie',
  student: 'Elev',
  'summer-worker': 'Feriearbetare',
  'unit-manager': 'Enhetschef',
};
