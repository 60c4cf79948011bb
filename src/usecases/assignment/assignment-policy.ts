import { type AssignmentPolicy, type AssignmentRules, assignmentPolicy } from '#domain/assignment/assignment.ts';
import { type Tree, treeOf } from '#domain/people/organisation.ts';
import type { Introduction } from '#domain/settings/introduction.ts';
import { currentIntroduction } from '#domain/settings/own-settings.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'store' | 'assignmentRules'>;

interface Kept {
  readonly rules: AssignmentRules;
  readonly introduction: Introduction | undefined;
  readonly policy: AssignmentPolicy;
}

// A tree stays the same until the organisation is changed, and what the rules say of it is not worked out for each page.
const policies = new WeakMap<Tree, Kept>();

/** The rules for who must take what by when, on the places there are now. */
export async function currentPolicy(needs: Needs): Promise<AssignmentPolicy> {
  return policyOn(needs, treeOf(await needs.store.organisation.get()));
}

/** The rules for who must take what by when, on these places. The same policy for the same tree and introduction. */
export async function policyOn({ store, assignmentRules: rules }: Needs, tree: Tree): Promise<AssignmentPolicy> {
  const introduction = currentIntroduction(await store.settings.get());
  const last = policies.get(tree);
  if (last?.rules === rules && isSame(last.introduction, introduction)) return last.policy;
  const policy = assignmentPolicy(rules, tree, introduction);
  policies.set(tree, { rules, introduction, policy });
  return policy;
}

function isSame(one: Introduction | undefined, other: Introduction | undefined): boolean {
  return one?.on === other?.on && one?.days === other?.days;
}
