import type { ActingPerson } from '#domain/access/grant-days.ts';
import { assuranceOf } from '#domain/account/second-factor.ts';
import { type ColumnMapping, headingsKey, mappingByHeadings, missingFields } from '#domain/import/columns.ts';
import {
  changesAddresses,
  type ImportChoices,
  type ImportPlan,
  type ImportWorld,
  planImport,
} from '#domain/import/plan-import.ts';
import { type PlanWithRoles, planWithRoles } from '#domain/import/role-ends.ts';
import {
  type ImportId,
  importLifeHours,
  type OpenImport,
  rememberedLayouts,
  type StaffImport,
} from '#domain/import/staff-import.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import { randomCode } from '#domain/kernel/random.ts';
import type { Tree } from '#domain/people/organisation.ts';
import { grantBasis } from '#ports/acting-person.ts';
import type { ReadStaffListResult } from '#ports/staff-lists.ts';
import { isDocumentId } from '#ports/store.ts';
import type { Services } from '#src/services.ts';
import type { CredentialNeeds } from '#usecases/account/change-credentials.ts';
import type { Acting } from '#usecases/people/administer-person.ts';
import { hintHolder } from '#usecases/people/hint-holder.ts';
import { guardingAdministration } from '#usecases/people/keep-administrator.ts';
import { inTurns } from '#usecases/shared/in-turns.ts';
import { decidedImport, finishImport } from './finish-imports.ts';
import { importPlaces, importWorld } from './import-world.ts';
import { type ImportMails, mailsOfImport } from './mails-of-import.ts';

type Needs = Pick<
  Services,
  'store' | 'audit' | 'clock' | 'random' | 'secrets' | 'readStaffList' | 'course' | 'assignmentRules' | 'reminderRules'
>;

/** Why a file is not read; on which line, where one is to blame; and the limit that it goes beyond. */
type NotRead = Extract<ReadStaffListResult, { readonly ok: false }> & {
  readonly line?: number;
  readonly limit?: number;
};

/** Reads a file and keeps it for a day, to be looked at before anything of it is stored among the people. */
export async function readStaffFile(
  needs: Needs,
  actor: ActingPerson,
  bytes: Uint8Array,
  choices: ImportChoices,
): Promise<{ readonly ok: true; readonly id: ImportId } | NotRead> {
  const { store, clock, random, secrets } = needs;
  const read = await needs.readStaffList(bytes);
  if (!read.ok) return read;
  const { columns, left } = read.list;
  const { layouts } = await store.importLayouts.get();
  const known = layouts.find((layout) => layout.headings === secrets.hashToken(headingsKey(columns)));
  const opened: OpenImport = {
    ...{ id: randomCode(16, random) as ImportId, by: actor.pseudonym, createdAt: instantOf(clock()), state: 'open' },
    ...read.list,
    mapping: known ? withoutColumns(known.mapping, left) : mappingByHeadings(columns, left),
    choices: { ...choices, otherCategory: choices.otherCategory ?? known?.otherCategory },
  };
  await removeOldImports(needs);
  await store.imports.create(opened);
  return { ok: true, id: opened.id };
}

function withoutColumns(mapping: ColumnMapping, left: readonly number[]): ColumnMapping {
  return Object.fromEntries(Object.entries(mapping).filter(([, column]) => !left.includes(column)));
}

/** What would change, and what tells this plan from another. */
export interface DryRun {
  readonly plan: PlanWithRoles;
  readonly mails: ImportMails;
  readonly fingerprint: string;
}

/** What is shown of an import: a plan, where the columns say enough for one. */
export interface ShownImport {
  readonly staffImport: StaffImport;
  readonly tree: Tree;
  readonly dryRun?: DryRun | undefined;
}

/** An administrator's own import, with nothing shown of anybody. */
export async function ownImport(
  { store }: Pick<Needs, 'store'>,
  actor: ActingPerson,
  id: ImportId,
): Promise<StaffImport | undefined> {
  if (!isDocumentId(id)) return undefined;
  const staffImport = await store.imports.get(id);
  return staffImport?.by === actor.pseudonym ? staffImport : undefined;
}

/** An administrator's own import; undefined for what is not there and for somebody else's alike. The look is in the log. */
export async function openImport(needs: Needs, actor: ActingPerson, id: ImportId): Promise<ShownImport | undefined> {
  const { audit, clock } = needs;
  const entry = { at: instantOf(clock()), actor: actor.pseudonym };
  const staffImport = await ownImport(needs, actor, id);
  if (!staffImport) {
    await audit.append({ ...entry, action: 'refused' });
    return undefined;
  }
  const { world, tree } = await importWorld(needs, actor);
  if (staffImport.state !== 'open' || missingFields(staffImport.mapping).length > 0) return { staffImport, tree };
  const plan = await planOf(needs, staffImport, world);
  // The list of who would end shows people who are not in the file.
  for (const place of importPlaces(actor, tree)) await audit.append({ ...entry, action: 'open-list', place });
  const mails = await mailsOfImport(needs, plan, world, staffImport.choices.inviteOn);
  return { staffImport, tree, dryRun: { plan, mails, fingerprint: fingerprintOf(needs, plan, staffImport.choices) } };
}

/** Other columns, or other choices, for a file that has been read; remembered for the next file with the same headings. */
export async function changeImport(
  needs: Pick<Needs, 'store' | 'secrets' | 'clock'>,
  actor: ActingPerson,
  id: ImportId,
  change: Pick<OpenImport, 'mapping' | 'choices'>,
): Promise<boolean> {
  const { store, secrets, clock } = needs;
  const staffImport = await ownImport(needs, actor, id);
  if (staffImport?.state !== 'open') return false;
  const mapping = withoutColumns(change.mapping, staffImport.left);
  await store.imports.update(id, (current) =>
    current.state === 'open' ? { save: { ...current, ...change, mapping }, result: undefined } : { result: undefined },
  );
  const { otherCategory } = change.choices;
  const layout = {
    headings: secrets.hashToken(headingsKey(staffImport.columns)),
    ...{ mapping, otherCategory, usedAt: instantOf(clock()) },
  };
  await store.importLayouts.update((before) => ({ save: rememberedLayouts(before, layout), result: undefined }));
  return true;
}

type ApplyNeeds = Needs & CredentialNeeds & Pick<Services, 'throttle'>;

export type ApplyRefusal =
  | 'not-confirmed'
  | 'import-gone'
  | 'import-changed'
  | 'import-nothing'
  | 'import-missing-unconfirmed';

/**
 * Stores what the dry run has shown, all of it or nothing: the decision is one durable write, after which the import is
 * finished even if the server stops. If the world has changed since it was shown, nothing is stored.
 *
 * @param confirmed the fingerprint of the plan that was shown, and whether ending many who are missing was agreed to
 */
export async function applyImport(
  needs: ApplyNeeds,
  session: Acting,
  id: ImportId,
  confirmed: { readonly fingerprint: string; readonly missing: boolean },
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: ApplyRefusal }> {
  // From the plan until it is done nobody else may take away the administrator whom it counts on.
  return guardingAdministration(needs, () => decideAndFinish(needs, session, id, confirmed));
}

async function decideAndFinish(
  needs: ApplyNeeds,
  session: Acting,
  id: ImportId,
  confirmed: { readonly fingerprint: string; readonly missing: boolean },
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: ApplyRefusal }> {
  const { store, audit, clock, random } = needs;
  const actor = session.person;
  const staffImport = await ownImport(needs, actor, id);
  if (!staffImport) return { ok: false, reason: 'import-gone' };
  if (staffImport.state === 'open') {
    const { world, tree } = await importWorld(needs, actor);
    const plan = await planOf(needs, staffImport, world);
    if (fingerprintOf(needs, plan, staffImport.choices) !== confirmed.fingerprint) {
      return { ok: false, reason: 'import-changed' };
    }
    if (plan.changes.length === 0) return { ok: false, reason: 'import-nothing' };
    if (changesAddresses(plan) && assuranceOf(session.strongAt, clock()) !== 'fresh') {
      return { ok: false, reason: 'not-confirmed' };
    }
    if (plan.asksAboutMissing && !confirmed.missing) return { ok: false, reason: 'import-missing-unconfirmed' };
    const at = instantOf(clock());
    for (const place of importPlaces(actor, tree)) {
      await audit.append({ at, actor: actor.pseudonym, action: 'import', place });
    }
    const decided = await inTurns(decidedImport(staffImport, plan, at, random));
    const isDecided = await store.imports.update(id, (current) => {
      if (current.state !== 'open') return { result: true };
      return isReadAlike(current, staffImport) ? { save: decided, result: true } : { result: false };
    });
    if (!isDecided) return { ok: false, reason: 'import-changed' };
    await noteAddresses(needs, actor, plan);
    for (const { isHeldElsewhere, email } of plan.changes)
      if (isHeldElsewhere && email) await hintHolder(needs, actor, email);
  }
  await finishImport(needs, id);
  return { ok: true };
}

/** Each changed address is in the log of its own, about whose it is. */
async function noteAddresses(
  { store, audit, clock }: Needs,
  actor: ActingPerson,
  { changes }: ImportPlan,
): Promise<void> {
  const entry = { at: instantOf(clock()), actor: actor.pseudonym, action: 'change-email' } as const;
  for (const { id, details } of changes) {
    const person = id && details.includes('email') ? await store.people.get(id) : undefined;
    if (person) await audit.append({ ...entry, subject: person.pseudonym });
  }
}

/** Whether nobody has chosen other columns meanwhile, in another tab. */
function isReadAlike(one: OpenImport, other: OpenImport): boolean {
  const read = ({ mapping, choices }: OpenImport) => JSON.stringify([mapping, choices]);
  return read(one) === read(other);
}

/** Removes a dry run at once. Nobody else's, and none that has been decided on. */
export async function discardImport(
  { store }: Pick<Needs, 'store'>,
  actor: ActingPerson,
  id: ImportId,
): Promise<boolean> {
  const staffImport = await ownImport({ store }, actor, id);
  if (!staffImport || staffImport.state === 'decided') return false;
  await store.imports.delete(id);
  return true;
}

/** Dry runs and done imports of more than a day ago go: they are full of people, or of no use. */
export async function removeOldImports({ store, clock }: Pick<Needs, 'store' | 'clock'>): Promise<void> {
  const oldest = new Date(clock().getTime() - importLifeHours * 60 * 60 * 1000);
  for (const { id, state, createdAt } of await store.imports.list()) {
    if (state !== 'decided' && createdAt <= instantOf(oldest)) await store.imports.delete(id);
  }
}

async function planOf(
  { store, clock }: Pick<Needs, 'store' | 'clock'>,
  { rows, columns, mapping, choices }: OpenImport,
  world: ImportWorld,
): Promise<PlanWithRoles> {
  const plan = await inTurns(planImport({ rows, columns: columns.length, mapping }, choices, world));
  const basis = await grantBasis(store, world.today);
  return planWithRoles(plan, await store.people.staffWithGrants(), basis, instantOf(clock()));
}

/** The same for two plans that do the same with the same people. */
function fingerprintOf(
  { secrets }: Pick<Needs, 'secrets'>,
  { changes }: ImportPlan,
  { inviteOn }: ImportChoices,
): string {
  return secrets.hashToken(JSON.stringify([changes, inviteOn]));
}
