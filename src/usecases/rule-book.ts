import { type AssignmentRules, type RuleBook, ruleBook } from '#domain/assignment.ts';
import { type Tree, treeOf } from '#domain/organisation.ts';
import type { Services } from '#src/services.ts';

// A tree stays the same until the organisation is changed, and what the rules say of it is not worked out for each page.
const books = new WeakMap<AssignmentRules, WeakMap<Tree, RuleBook>>();

/** The rules for who must take what, on the places there are now. */
export async function currentRuleBook({
  store,
  assignmentRules,
}: Pick<Services, 'store' | 'assignmentRules'>): Promise<RuleBook> {
  return ruleBookOn(assignmentRules, treeOf(await store.organisation.get()));
}

/** The rules for who must take what, on these places. The same book for the same tree. */
export function ruleBookOn(rules: AssignmentRules, tree: Tree): RuleBook {
  const ofRules = books.get(rules) ?? new WeakMap<Tree, RuleBook>();
  books.set(rules, ofRules);
  const book = ofRules.get(tree) ?? ruleBook(rules, tree);
  ofRules.set(tree, book);
  return book;
}
