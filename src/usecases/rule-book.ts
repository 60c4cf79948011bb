import { type AssignmentRules, type RuleBook, ruleBook } from '#domain/assignment.ts';
import { type Organisation, treeOf } from '#domain/organisation.ts';
import type { Services } from '#src/services.ts';

// Stores hand out the same frozen document until it is changed, and a tree of many places is not made for each page.
const books = new WeakMap<AssignmentRules, WeakMap<Organisation, RuleBook>>();

/** The rules for who must take what, on the places there are now. */
export async function currentRuleBook({
  store,
  assignmentRules,
}: Pick<Services, 'store' | 'assignmentRules'>): Promise<RuleBook> {
  const organisation = await store.organisation.get();
  const ofRules = books.get(assignmentRules) ?? new WeakMap<Organisation, RuleBook>();
  books.set(assignmentRules, ofRules);
  const book = ofRules.get(organisation) ?? ruleBook(assignmentRules, treeOf(organisation));
  ofRules.set(organisation, book);
  return book;
}
