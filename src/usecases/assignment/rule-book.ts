import { type AssignmentRules, type RuleBook, ruleBook } from '#domain/assignment/assignment.ts';
import { type Tree, treeOf } from '#domain/people/organisation.ts';
import type { Introduction } from '#domain/settings/introduction.ts';
import { currentIntroduction } from '#domain/settings/own-settings.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'store' | 'assignmentRules'>;

interface Kept {
  readonly rules: AssignmentRules;
  readonly introduction: Introduction | undefined;
  readonly book: RuleBook;
}

// A tree stays the same until the organisation is changed, and what the rules say of it is not worked out for each page.
const books = new WeakMap<Tree, Kept>();

/** The rules for who must take what by when, on the places there are now. */
export async function currentRuleBook(needs: Needs): Promise<RuleBook> {
  return ruleBookOn(needs, treeOf(await needs.store.organisation.get()));
}

/** The rules for who must take what by when, on these places. The same book for the same tree and introduction. */
export async function ruleBookOn({ store, assignmentRules: rules }: Needs, tree: Tree): Promise<RuleBook> {
  const introduction = currentIntroduction(await store.settings.get());
  const last = books.get(tree);
  if (last?.rules === rules && isSame(last.introduction, introduction)) return last.book;
  const book = ruleBook(rules, tree, introduction);
  books.set(tree, { rules, introduction, book });
  return book;
}

function isSame(one: Introduction | undefined, other: Introduction | undefined): boolean {
  return one?.on === other?.on && one?.days === other?.days;
}
